using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Avatars;

/// <summary>manifest.json of an avatar package; names in the file are camelCase.</summary>
public sealed record AvatarManifest
{
    /// <summary>The one format that this program reads and writes.</summary>
    public const int SupportedFormat = 1;

    /// <summary>Format of the package.</summary>
    public int Format { get; init; } = SupportedFormat;

    /// <summary>Name of the avatar, that of its folder (<see cref="AvatarName"/>).</summary>
    public required string Name { get; init; }

    /// <summary>What it was made of.</summary>
    public required AvatarKind Kind { get; init; }

    /// <summary>Pixels of the clip, even.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels of the clip, even.</summary>
    public required int Height { get; init; }

    /// <summary>Pictures a second of the loop, above zero.</summary>
    public required double FramesPerSecond { get; init; }

    /// <summary>Pictures of the loop; the clip has <see cref="FaceTrack.References"/> more, before it.</summary>
    public required int LoopFrames { get; init; }

    /// <summary>How the end of the loop meets its beginning.</summary>
    public required LoopJoin Join { get; init; }

    /// <summary>Place of the face in each picture of the clip, references first, as [a, b, tx, ty] of <see cref="PatchTransform"/>.</summary>
    public required IReadOnlyList<PatchTransform> Transforms { get; init; }

    /// <summary>The loop's own mouth is closed in every picture (<see cref="FaceTrack.MouthStaysClosed"/>).</summary>
    public bool MouthStaysClosed { get; init; }

    /// <summary>How far this face must be told to open its mouth; null takes the codes as they are.</summary>
    public MouthGain? MouthGain { get; init; }

    /// <summary>Folder name of the model that speaks for it; null takes the default model.</summary>
    public string? Model { get; init; }

    /// <summary>What is less than good about the source, as sentences; empty when nothing is.</summary>
    public IReadOnlyList<string> Advice { get; init; } = [];

    /// <summary>SHA-256 of source.mp4, lower-case hex.</summary>
    public string SourceSha256 { get; init; } = "";

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Version of the drawing code, of a <see cref="AvatarKind.Drawn"/> avatar.</summary>
    public int? Drawing { get; init; }

    /// <summary>The transforms as the renderer takes them.</summary>
    public FaceTrack ToTrack() => new(Transforms) { MouthStaysClosed = MouthStaysClosed, MouthGain = MouthGain };
}
