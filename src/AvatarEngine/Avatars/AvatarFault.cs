namespace Avatar2D.AvatarEngine.Avatars;

/// <summary>Why an avatar package cannot be used.</summary>
public enum AvatarFault
{
    /// <summary>The folder, its manifest or its source clip is not there or may not be read.</summary>
    Missing,

    /// <summary>The manifest cannot be read or contradicts itself, or the clip is not the one it was written for.</summary>
    Corrupt,

    /// <summary>The manifest has a format that this program does not know.</summary>
    WrongVersion,

    /// <summary>The clip holds another number or size of pictures than the manifest says.</summary>
    Mismatch,
}
