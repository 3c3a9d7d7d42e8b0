using System.Text.Json.Serialization;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>The <c>clip.json</c> of a prepared clip; names in the file are snake_case and a contract with training/.</summary>
public sealed record ClipRecord
{
    /// <summary>As <see cref="ClipEntry.Path"/>.</summary>
    public required string Path { get; init; }

    /// <summary>As <see cref="ClipEntry.Person"/>.</summary>
    public required string Person { get; init; }

    /// <summary>As <see cref="ClipEntry.Licence"/>.</summary>
    public required string Licence { get; init; }

    /// <summary>As <see cref="ClipEntry.Use"/>.</summary>
    public required ClipUse Use { get; init; }

    /// <summary>Pictures.</summary>
    public required int Frames { get; init; }

    /// <summary>First picture of the source that is kept.</summary>
    public required int FirstFrame { get; init; }

    /// <summary>Best lag of mouth against sound; positive when the mouth comes after the sound.</summary>
    public required int SyncLagFrames { get; init; }

    /// <summary>Correlation of loudness with lip opening at that lag.</summary>
    public required double SyncR { get; init; }

    /// <summary>Distance of the eye centres in the source, median, pixels.</summary>
    public required double EyeDistancePx { get; init; }

    /// <summary>Mean size of the second difference of the transform's shift, pixels: how steady the alignment is.</summary>
    public required double JitterPx { get; init; }

    /// <summary>How the mel frames were computed.</summary>
    public required ClipMel Mel { get; init; }

    /// <summary>Pictures by which the sound was moved back because the mouth came so much after it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int SyncShiftFrames { get; init; }

    /// <summary>Correlation over the whole film of the opening that the voice asks for with the one that is seen; null where nobody asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ExpertR { get; init; }

    /// <summary>
    /// Which of the mesh's points were read: <c>points110</c> for those of our landmark net; null for drawn faces, whose points stand
    /// at <see cref="Gallery.DrawnMesh"/>. The others are 0.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LandmarkSet { get; init; }

    /// <summary>How the clip was made, when it is synthetic.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SyntheticTruth? Synthetic { get; init; }
}
