using System.Numerics;

namespace Avatar2D.AvatarEngine.Faces;

/// <summary>Smooths landmarks over media time, each coordinate on its own, speeds counted in eye distances. Allocates nothing.</summary>
internal sealed class PointSmoother(OneEuroOptions options)
{
    private readonly OneEuroFilter[] _filters = new OneEuroFilter[FacePoints.Count * 2];
    private TimeSpan _last;

    public void Reset()
    {
        foreach (ref OneEuroFilter filter in _filters.AsSpan())
            filter.Reset();
    }

    public void Smooth(ReadOnlySpan<Vector2> raw, TimeSpan time, Span<Vector2> smooth)
    {
        float seconds = (float)(time - _last).TotalSeconds;
        float unit = MathF.Max(1, FacePoints.EyeDistance(raw));
        _last = time;
        for (int i = 0; i < raw.Length; i++)
        {
            smooth[i] = new Vector2(
                _filters[2 * i].Next(raw[i].X, seconds, unit, options), _filters[(2 * i) + 1].Next(raw[i].Y, seconds, unit, options));
        }
    }
}
