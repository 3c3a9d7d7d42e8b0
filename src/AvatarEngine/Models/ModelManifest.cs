namespace Avatar2D.AvatarEngine.Models;

/// <summary>manifest.json of a model folder, as training/avatar2d_training/export.py writes it.</summary>
public sealed record ModelManifest
{
    /// <summary>The one format that this program reads.</summary>
    public const int SupportedFormat = 2;

    /// <summary>Name of the model.</summary>
    public required string Name { get; init; }

    /// <summary>robust or personalized.</summary>
    public required string Kind { get; init; }

    /// <summary>Side of the patches that the networks see and make, pixels.</summary>
    public required int PatchPx { get; init; }

    /// <summary>The part of the patches that the decoder makes.</summary>
    public required PatchWindow Window { get; init; }

    /// <summary>Numbers of z: explicit and residual.</summary>
    public required int CodeCount { get; init; }

    /// <summary>How its training heard sound.</summary>
    public required MelParameters Mel { get; init; }

    /// <summary>Names of the explicit numbers of z.</summary>
    public required IReadOnlyList<string> ExplicitCodes { get; init; }

    /// <summary>Template of the alignment, u and v by turns, pixels of the canonical patch.</summary>
    public required IReadOnlyList<double> Template { get; init; }

    /// <summary>File name -> SHA-256 in lower-case hex and size in bytes.</summary>
    public required IReadOnlyDictionary<string, (string Sha256, long Bytes)> Files { get; init; }

    /// <summary>Network name -> its tensors.</summary>
    public required IReadOnlyDictionary<string, NetworkSpec> Networks { get; init; }
}
