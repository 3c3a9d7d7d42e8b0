using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Driving.Video;

/// <summary>
/// How one person's mouth moves, and from it the explicit part of the motion code: the numbers of training's motion.py. Opening and jaw
/// are 0 at the person's 5th percentile and 1 at the 95th; of the others 0 is the median and 1 half of that range away. Immutable.
/// </summary>
public sealed class PersonRange
{
    private readonly float[] _zero;
    private readonly float[] _unit;

    internal PersonRange(float[] zero, float[] unit)
    {
        _zero = zero;
        _unit = unit;
    }

    /// <summary>Reads a mouth as a motion code.</summary>
    /// <param name="measures"><see cref="MouthGeometry.Count"/> numbers of <see cref="MouthGeometry"/>.</param>
    /// <param name="z">Filled: the explicit numbers, -2 ... 2, and zeros.</param>
    public void Encode(ReadOnlySpan<float> measures, Span<float> z)
    {
        Span<float> n = stackalloc float[MouthGeometry.Count];
        for (int i = 0; i < n.Length; i++)
            n[i] = (measures[i] - _zero[i]) / _unit[i];
        float open = Math.Clamp(n[1], 0, 1);
        float narrow = Math.Clamp(-n[2], 0, 1.5f);
        ReadOnlySpan<float> explicitCode =
        [
            n[0], n[1], Math.Clamp(n[0] - n[1], 0, 1),
            narrow * open, narrow * (1 - open),
            n[3], n[4], n[5], n[6],
            n[7], n[8], n[9], n[10],
            Math.Clamp((n[9] + n[10]) / 2, 0, 1.5f) * (1 - open),
            n[11], n[12],
        ];
        z[MotionCode.ExplicitCount..].Clear();
        for (int i = 0; i < explicitCode.Length; i++)
            z[i] = Math.Clamp(explicitCode[i], -2, 2);
    }
}
