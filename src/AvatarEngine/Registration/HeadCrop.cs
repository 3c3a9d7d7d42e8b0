using System.Numerics;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Registration;

/// <summary>The square of the source that is shown, whole and still for all pictures, brought to the serving size. One thread.</summary>
internal sealed class HeadCrop
{
    /// <summary>The eyes' height in the square, parts of its side: room for hair above, shoulders below.</summary>
    private const double EyesAt = 0.42;

    private readonly I420Scaler _scaler;

    /// <summary>Prepares a square.</summary>
    /// <param name="area">Even, square.</param>
    /// <param name="sourceWidth">Pixels.</param>
    /// <param name="sourceHeight">Pixels.</param>
    /// <param name="sidePx">Side of the result.</param>
    public HeadCrop(PictureArea area, int sourceWidth, int sourceHeight, int sidePx)
    {
        (Area, SidePx) = (area, sidePx);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(area.X + area.Width, sourceWidth, nameof(area));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(area.Y + area.Height, sourceHeight, nameof(area));
        _scaler = new I420Scaler(area.Width, area.Height, sidePx, sidePx, ScaleMode.Stretch);
    }

    /// <summary>The square in the source.</summary>
    public PictureArea Area { get; }

    /// <summary>Side of the result, pixels.</summary>
    public int SidePx { get; }

    /// <summary>The square that holds the head of all pictures, as far as the source reaches.</summary>
    /// <param name="transforms">Places of the face.</param>
    /// <param name="width">Pixels of the source.</param>
    /// <param name="height">Pixels of the source.</param>
    /// <param name="eyeDistances">Side in eye distances for a head that keeps still.</param>
    public static PictureArea Around(IReadOnlyList<PatchTransform> transforms, int width, int height, double eyeDistances)
    {
        // Where the middle between the eyes goes; the square grows by that way.
        var low = new Vector2(float.MaxValue);
        var high = new Vector2(float.MinValue);
        double scale = 0;
        foreach (PatchTransform t in transforms)
        {
            Vector2 eyes = t.ToPicture(new(64, -18));
            low = Vector2.Min(low, eyes);
            high = Vector2.Max(high, eyes);
            scale = Math.Max(scale, t.Scale);
        }

        double side = (eyeDistances * 67 * scale) + Math.Max(high.X - low.X, high.Y - low.Y);
        int even = Math.Max(2, (int)Math.Min(side, Math.Min(width, height)) & ~1);
        int left = (int)Math.Round(((low.X + high.X) / 2) - (even / 2.0)) & ~1;
        int top = (int)Math.Round(((low.Y + high.Y) / 2) - (even * EyesAt)) & ~1;
        return new PictureArea(Math.Clamp(left, 0, (width - even) & ~1), Math.Clamp(top, 0, (height - even) & ~1), even, even);
    }

    /// <summary>Cuts a picture.</summary>
    public I420Frame Cut(I420View source)
    {
        int luma = (Area.Y * source.YStride) + Area.X;
        int chroma = (Area.Y / 2 * source.ChromaStride) + (Area.X / 2);
        var part = new I420View(
            source.Y[luma..], source.U[chroma..], source.V[chroma..], Area.Width, Area.Height, source.YStride, source.ChromaStride);
        var frame = new I420Frame(SidePx, SidePx);
        _scaler.Scale(part, frame.View);
        return frame;
    }

    /// <summary>The place of a face of the source in the result.</summary>
    public PatchTransform Place(in PatchTransform t) => (t with { Tx = t.Tx - Area.X, Ty = t.Ty - Area.Y }).InScaledPicture((double)SidePx / Area.Width);
}
