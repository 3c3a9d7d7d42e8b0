using System.Numerics;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Rendering;

/// <summary>
/// The face of one avatar at one picture size, shared by all calls that show it: where the patch lies in each source frame, the
/// two reference mouths, and the frames' features, which the first call that needs a frame computes. Thread-safe without a lock.
/// </summary>
public sealed class FaceSource
{
    private readonly PatchTransform[] _transforms;
    private readonly SourceFeatures?[] _features;

    /// <summary>Makes a source without features.</summary>
    /// <param name="transforms">One per source frame, in pixels of the pictures that will be rendered (<see cref="PatchTransform.InScaledPicture"/>).</param>
    /// <param name="closed">Patch with the mouth closed.</param>
    /// <param name="open">Patch with the mouth open and the teeth seen; of a photo the same as <paramref name="closed"/>.</param>
    /// <exception cref="ArgumentException">No frame, or references of two sizes.</exception>
    public FaceSource(IReadOnlyList<PatchTransform> transforms, PatchPicture closed, PatchPicture open)
    {
        if (transforms.Count == 0)
            throw new ArgumentException("A source has at least one frame.", nameof(transforms));
        if (closed.SizePx != open.SizePx)
            throw new ArgumentException($"References of {closed.SizePx} and {open.SizePx} px do not fit together.", nameof(open));
        _transforms = [.. transforms];
        _features = new SourceFeatures?[_transforms.Length];
        Closed = closed;
        Open = open;
        ClosedPixels = Convert(closed);
        OpenPixels = Convert(open);
    }

    /// <summary>The opening is stretched by this factor (<see cref="MotionCode.Stretch"/>), so that this face opens its mouth as its person does.</summary>
    /// <value>Default: 1.</value>
    public float MouthGain { get; init; } = 1;

    /// <summary>Source frames.</summary>
    public int FrameCount => _transforms.Length;

    /// <summary>Side of the patches; only a model of this size can render.</summary>
    public int PatchPx => Closed.SizePx;

    /// <summary>Source frames whose features are there.</summary>
    public int ReadyFrames
    {
        get
        {
            int ready = 0;
            foreach (SourceFeatures? features in _features)
                ready += features is null ? 0 : 1;
            return ready;
        }
    }

    /// <summary>Reference with the mouth closed.</summary>
    public PatchPicture Closed { get; }

    /// <summary>Reference with the mouth open.</summary>
    public PatchPicture Open { get; }

    /// <summary>Closed reference as (Y, Cb, Cr, 1), row by row.</summary>
    internal Vector4[] ClosedPixels { get; }

    /// <summary>Open reference as (Y, Cb, Cr, 1), row by row.</summary>
    internal Vector4[] OpenPixels { get; }

    /// <summary>Where the patch lies in a source frame.</summary>
    public PatchTransform Transform(int frame) => _transforms[frame];

    /// <summary>Features of a source frame, or null.</summary>
    internal SourceFeatures? Features(int frame) => Volatile.Read(ref _features[frame]);

    /// <summary>Gives a frame its features; of two calls that computed the same ones the first stays.</summary>
    internal SourceFeatures Publish(int frame, SourceFeatures features) =>
        Interlocked.CompareExchange(ref _features[frame], features, null) ?? features;

    private static Vector4[] Convert(PatchPicture picture)
    {
        int area = picture.SizePx * picture.SizePx;
        ReadOnlySpan<float> rgb = picture.Rgb;
        var pixels = new Vector4[area];
        for (int i = 0; i < area; i++)
            pixels[i] = Bt601.FromRgb(rgb[i], rgb[area + i], rgb[(2 * area) + i]);
        return pixels;
    }
}
