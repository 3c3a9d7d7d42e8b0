using System.Numerics;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>The part of a film's pictures that its patches need, at most as fine as they need it, as BGRA. One thread.</summary>
internal sealed class FilmPatch
{
    /// <summary>Picture pixels per patch pixel that are aimed at: bilinear reading then needs no blur before it.</summary>
    private const double WantedScale = 1.3;

    private readonly PictureArea _area;
    private readonly I420Scaler _scaler;
    private readonly I420Frame _scaled;

    /// <summary>Prepares a stretch of a film.</summary>
    /// <param name="transforms">Places of the face, film pixels.</param>
    /// <param name="width">Pixels of the film.</param>
    /// <param name="height">Pixels of the film.</param>
    public FilmPatch(IReadOnlyList<PatchTransform> transforms, int width, int height)
    {
        // The face window reaches from (-64, -96) to (192, 160) of the patch.
        const int Left = -ShardFormat.FaceOriginX, Top = -ShardFormat.FaceOriginY;
        var low = new Vector2(float.MaxValue);
        var high = new Vector2(float.MinValue);
        double scale = 0;
        foreach (PatchTransform t in transforms)
        {
            scale = Math.Max(scale, t.Scale);
            foreach (Vector2 corner in (ReadOnlySpan<Vector2>)
                [new(Left, Top), new(Left + ShardFormat.FacePx, Top), new(Left, Top + ShardFormat.FacePx), new(Left + ShardFormat.FacePx, Top + ShardFormat.FacePx)])
            {
                low = Vector2.Min(low, t.ToPicture(corner));
                high = Vector2.Max(high, t.ToPicture(corner));
            }
        }

        int left = Math.Clamp((int)low.X - 2, 0, width - 2) & ~1, top = Math.Clamp((int)low.Y - 2, 0, height - 2) & ~1;
        int right = Math.Clamp((int)high.X + 4, left + 2, width) & ~1, bottom = Math.Clamp((int)high.Y + 4, top + 2, height) & ~1;
        _area = new PictureArea(left, top, Math.Max(2, right - left), Math.Max(2, bottom - top));
        double wanted = Math.Min(1, WantedScale / scale);
        (Width, Height) = (Math.Max(2, (int)(_area.Width * wanted) & ~1), Math.Max(2, (int)(_area.Height * wanted) & ~1));
        _scaler = new I420Scaler(_area.Width, _area.Height, Width, Height, ScaleMode.Stretch);
        _scaled = new I420Frame(Width, Height);
        Pixels = new byte[Width * Height * 4];
    }

    /// <summary>Pixels of the part.</summary>
    public int Width { get; }

    /// <summary>Pixels of the part.</summary>
    public int Height { get; }

    /// <summary>The part cut last, 4 bytes a pixel.</summary>
    public byte[] Pixels { get; }

    /// <summary>Film pixels per pixel of the part, and the place of its corner in the film.</summary>
    public PicturePlace Place => new((double)_area.Width / Width, (double)_area.Height / Height, _area.X, _area.Y);

    /// <summary>Cuts a picture.</summary>
    public void Cut(I420View film)
    {
        int luma = (_area.Y * film.YStride) + _area.X;
        int chroma = (_area.Y / 2 * film.ChromaStride) + (_area.X / 2);
        var part = new I420View(
            film.Y[luma..], film.U[chroma..], film.V[chroma..], _area.Width, _area.Height, film.YStride, film.ChromaStride);
        _scaler.Scale(part, _scaled.View);
        PackedPicture.FromI420(_scaled.View, Pixels, Width * 4, PackedOrder.Bgra);
    }
}
