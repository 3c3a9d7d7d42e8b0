using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>A sheet of hair: strands run between neighbouring guide lines from root to tip, in head coordinates.</summary>
internal sealed record HairGroup(params SKPoint[][] Guides)
{
    /// <summary>Strands at 512 px.</summary>
    public int Count { get; init; } = 500;

    /// <summary>Width of a strand in px.</summary>
    public float Width { get; init; } = 1.3f;

    /// <summary>Sideways swing of waves in px.</summary>
    public float Wave { get; init; }

    /// <summary>Waves along a strand.</summary>
    public float Waves { get; init; } = 2;

    /// <summary>Random offset of a whole strand in px.</summary>
    public float Spread { get; init; } = 1.5f;

    /// <summary>Share of the spread that the roots already have: high for a ragged hairline.</summary>
    public float Loose { get; init; } = 0.35f;

    /// <summary>Locks across the sheet; strands of a lock lean together. 0 for none.</summary>
    public int Locks { get; init; } = 12;

    /// <summary>Share of the full length at which strands may end early.</summary>
    public float ShortEnds { get; init; } = 0.12f;

    /// <summary>Darkening of the sheet, 1 for none.</summary>
    public float Tone { get; init; } = 1;

    /// <summary>Fill under the strands.</summary>
    public float Base { get; init; } = 1;

    /// <summary>The same sheet on the other side.</summary>
    public HairGroup Mirror() => this with
    {
        Guides = [.. Guides.Select(g => g.Select(p => new SKPoint(-p.X, p.Y)).ToArray())],
    };
}
