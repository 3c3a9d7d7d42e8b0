using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Faces;

/// <summary>
/// Causal smoothing of the four numbers of a live patch transform by the one-euro rule. The patch's middle is filtered in place
/// of Tx and Ty, which swing with every small turn because the patch's corner is far from the face's centre.
/// </summary>
/// <param name="options">How to smooth; the unit is the eye distance. Null: <see cref="Default"/>.</param>
public sealed class TransformSmoother(OneEuroOptions? options = null)
{
    private const double EyeDistancePx = 67;
    private readonly OneEuroOptions _options = options ?? Default;
    private OneEuroFilter _a;
    private OneEuroFilter _b;
    private OneEuroFilter _x;
    private OneEuroFilter _y;
    private TimeSpan _last;

    /// <summary>Slower than the landmarks' smoothing: a head has no quick parts.</summary>
    public static OneEuroOptions Default { get; } = new() { RestHz = 1, PerSpeed = 6 };

    /// <summary>Takes the next picture's transform.</summary>
    /// <param name="transform">As fitted.</param>
    /// <param name="time">Media time; it does not run back.</param>
    public PatchTransform Next(PatchTransform transform, TimeSpan time)
    {
        const double Middle = CanonicalPatch.SizePx / 2.0;
        float seconds = (float)(time - _last).TotalSeconds;
        _last = time;
        float unit = (float)Math.Max(1, transform.Scale * EyeDistancePx);
        double x = (transform.A * Middle) - (transform.B * Middle) + transform.Tx;
        double y = (transform.B * Middle) + (transform.A * Middle) + transform.Ty;
        double a = _a.Next((float)(transform.A * EyeDistancePx), seconds, unit, _options) / EyeDistancePx;
        double b = _b.Next((float)(transform.B * EyeDistancePx), seconds, unit, _options) / EyeDistancePx;
        x = _x.Next((float)x, seconds, unit, _options);
        y = _y.Next((float)y, seconds, unit, _options);
        return new PatchTransform(a, b, x - (a * Middle) + (b * Middle), y - (b * Middle) - (a * Middle));
    }

    /// <summary>Forgets everything: the next transform is taken as it is.</summary>
    public void Reset()
    {
        _a.Reset();
        _b.Reset();
        _x.Reset();
        _y.Reset();
    }
}
