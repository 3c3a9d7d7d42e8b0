namespace Avatar2D.AvatarEngine.Registration;

/// <summary>What is wrong with a picture or video that is to become an avatar.</summary>
public enum SourceVerdict
{
    /// <summary>No face is seen, or too seldom.</summary>
    NoFace,

    /// <summary>Several faces are seen.</summary>
    SeveralFaces,

    /// <summary>The face is smaller than <see cref="RegistrationOptions.MinCheeksPx"/>.</summary>
    TooSmall,

    /// <summary>The head is turned away too far.</summary>
    Turned,

    /// <summary>The head is tilted towards a shoulder.</summary>
    Tilted,

    /// <summary>Something covers the mouth or the face, or it is not certain that it is one.</summary>
    Covered,

    /// <summary>The face is out of focus or was enlarged.</summary>
    Blurred,

    /// <summary>The face is too dark.</summary>
    Dark,

    /// <summary>The face is burnt out.</summary>
    Bright,

    /// <summary>The face has hardly any light and shade.</summary>
    Flat,

    /// <summary>A part of the face lies outside the picture.</summary>
    CutOff,

    /// <summary>The eyes are closed.</summary>
    EyesClosed,

    /// <summary>There is no steady stretch of a face that is long enough.</summary>
    TooShort,

    /// <summary>The film has too few pictures a second.</summary>
    TooSlow,

    /// <summary>The lips are never closed.</summary>
    MouthNeverClosed,

    /// <summary>The mouth is never open, so that teeth have to be guessed.</summary>
    MouthNeverOpen,
}
