namespace Avatar2D.AvatarEngine.Models;

/// <summary>Why a model cannot be used.</summary>
public enum ModelFault
{
    /// <summary>The folder, its manifest or a network file is not there.</summary>
    Missing,

    /// <summary>A file is not what the manifest says, or the manifest cannot be read.</summary>
    Corrupt,

    /// <summary>The manifest has a format that this program does not know.</summary>
    WrongVersion,

    /// <summary>The model was made with other conventions (mel, patch, motion code) or shapes than this program serves.</summary>
    Mismatch,
}
