namespace Avatar2D.AvatarEngine.Faces;

/// <summary>What is wrong with a picture of a face; none of it means that the picture is good.</summary>
[Flags]
public enum FaceVerdicts
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>No face is in the picture.</summary>
    NoFace = 1,

    /// <summary>More than one face is in the picture.</summary>
    Several = 2,

    /// <summary>The eyes are too near to each other for a sharp avatar.</summary>
    TooSmall = 4,

    /// <summary>The head is turned to the side, up or down.</summary>
    Turned = 8,

    /// <summary>The head is tilted towards a shoulder.</summary>
    Tilted = 16,

    /// <summary>The face is out of focus or was enlarged.</summary>
    Blurred = 32,

    /// <summary>The face is too dark.</summary>
    Dark = 64,

    /// <summary>The face is burnt out.</summary>
    Bright = 128,

    /// <summary>The face has hardly any light and shade.</summary>
    Flat = 256,

    /// <summary>A part of the face lies outside the picture.</summary>
    CutOff = 512,

    /// <summary>It is not certain that this is a face, or something covers it.</summary>
    Doubtful = 1024,

    /// <summary>The eyes are closed.</summary>
    EyesClosed = 2048,
}
