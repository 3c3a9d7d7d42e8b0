using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Rendering;

/// <summary>A canonical patch as the networks see it: [3, size, size] float, RGB, 0 ... 1. Immutable.</summary>
public sealed class PatchPicture
{
    private readonly float[] _rgb;

    internal PatchPicture(int sizePx, float[] rgb)
    {
        if (rgb.Length != 3 * sizePx * sizePx)
            throw new ArgumentException($"A patch of {sizePx} px has {3 * sizePx * sizePx} numbers, not {rgb.Length}.", nameof(rgb));
        SizePx = sizePx;
        _rgb = rgb;
    }

    /// <summary>Width and height.</summary>
    public int SizePx { get; }

    /// <summary>Red plane, green plane, blue plane.</summary>
    public ReadOnlySpan<float> Rgb => _rgb;

    /// <summary>Cuts a patch out of a picture; milliseconds, and memory for the work.</summary>
    /// <param name="picture">Any size.</param>
    /// <param name="transform">Where the patch lies; what is outside the picture repeats its edge.</param>
    /// <param name="sizePx">The model's patch size.</param>
    public static PatchPicture Cut(I420View picture, PatchTransform transform, int sizePx)
    {
        float[] rgb = new float[3 * sizePx * sizePx];
        new PatchCutter().Cut(picture, transform, sizePx, rgb);
        return new PatchPicture(sizePx, rgb);
    }
}
