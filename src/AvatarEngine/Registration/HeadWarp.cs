using System.Numerics;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Registration;

/// <summary>
/// Moves the head in a picture: within an ellipse around it, which holds the whole canonical patch, exactly by a similarity, from
/// there fading to the still background. Breath lifts the shoulders, lids may close. One thread.
/// </summary>
/// <param name="rest">Place of the face in the pictures that are warped.</param>
internal sealed class HeadWarp(PatchTransform rest)
{
    // The ellipse in patch pixels: the patch's lower corners lie at 0.92 of it, the hair inside.
    private const float CentreV = 15;
    private const float RadiusU = 125;
    private const float RadiusV = 148;

    /// <summary>Where the motion has faded out, in radii.</summary>
    private const float Faded = 1.75f;

    // Breath begins under the chin and is whole at the shoulders, patch rows.
    private const float NeckV = 118;
    private const float ShoulderV = 190;

    /// <summary>Warps a picture.</summary>
    /// <param name="source">The face at rest.</param>
    /// <param name="to">Where the face goes.</param>
    /// <param name="breathPx">How far the shoulders rise, pixels.</param>
    /// <param name="lids">Lids of the picture at rest, or null.</param>
    /// <param name="closed">How far the lids are closed, 0..1.</param>
    /// <param name="target">Another picture of that size.</param>
    public void Apply(I420View source, in PatchTransform to, float breathPx, EyeLids? lids, float closed, I420View target)
    {
        var map = new Map(rest, to, breathPx);
        for (int y = 0; y < target.Height; y++)
        {
            Span<byte> row = target.Y.Slice(y * target.YStride, target.Width);
            for (int x = 0; x < row.Length; x++)
            {
                Vector2 p = map.Source(new Vector2(x, y));
                if (closed > 0 && lids is not null)
                    p = lids.Source(p, closed);
                row[x] = Cubic(source.Y, source.YStride, source.Width, source.Height, p);
            }
        }

        for (int y = 0; y < target.Height / 2; y++)
        {
            for (int x = 0; x < target.Width / 2; x++)
            {
                Vector2 p = map.Source(new Vector2((2 * x) + 0.5f, (2 * y) + 0.5f));
                if (closed > 0 && lids is not null)
                    p = lids.Source(p, closed);
                p = (p - new Vector2(0.5f)) / 2;
                int at = (y * target.ChromaStride) + x;
                target.U[at] = Linear(source.U, source.ChromaStride, source.Width / 2, source.Height / 2, p);
                target.V[at] = Linear(source.V, source.ChromaStride, source.Width / 2, source.Height / 2, p);
            }
        }
    }

    private static byte Linear(ReadOnlySpan<byte> plane, int stride, int width, int height, Vector2 p)
    {
        p = Vector2.Clamp(p, Vector2.Zero, new Vector2(width - 1, height - 1));
        int x = Math.Min((int)p.X, width - 2), y = Math.Min((int)p.Y, height - 2);
        float fx = p.X - x, fy = p.Y - y;
        int at = (y * stride) + x;
        float top = plane[at] + (fx * (plane[at + 1] - plane[at]));
        float bottom = plane[at + stride] + (fx * (plane[at + stride + 1] - plane[at + stride]));
        return (byte)(top + (fy * (bottom - top)) + 0.5f);
    }

    /// <summary>Catmull-Rom: a picture that moves by parts of a pixel keeps its sharpness.</summary>
    private static byte Cubic(ReadOnlySpan<byte> plane, int stride, int width, int height, Vector2 p)
    {
        int x = (int)MathF.Floor(p.X), y = (int)MathF.Floor(p.Y);
        if (x < 1 || y < 1 || x > width - 3 || y > height - 3)
            return Linear(plane, stride, width, height, p);
        Vector4 h = Weights(p.X - x), v = Weights(p.Y - y);
        float sum = 0;
        int at = ((y - 1) * stride) + x - 1;
        for (int row = 0; row < 4; row++, at += stride)
            sum += v[row] * Vector4.Dot(h, new Vector4(plane[at], plane[at + 1], plane[at + 2], plane[at + 3]));
        return (byte)Math.Clamp(sum + 0.5f, 0, 255);
    }

    private static Vector4 Weights(float t)
    {
        float t2 = t * t, t3 = t2 * t;
        return new Vector4(
            (-0.5f * t3) + t2 - (0.5f * t), (1.5f * t3) - (2.5f * t2) + 1, (-1.5f * t3) + (2 * t2) + (0.5f * t), (0.5f * t3) - (0.5f * t2));
    }

    /// <summary>From a place of the target to its place in the source.</summary>
    private readonly struct Map(PatchTransform rest, PatchTransform to, float breathPx)
    {
        public Vector2 Source(Vector2 p)
        {
            Vector2 patch = to.ToPatch(p);
            float u = (patch.X - ((CanonicalPatch.SizePx - 1) / 2f)) / RadiusU;
            float v = (patch.Y - CentreV) / RadiusV;
            float radius = MathF.Sqrt((u * u) + (v * v));
            float share = radius <= 1 ? 1 : radius >= Faded ? 0 : 1 - Smooth((radius - 1) / (Faded - 1));
            float breath = (1 - share) * breathPx * Smooth((patch.Y - NeckV) / (ShoulderV - NeckV));
            return Vector2.Lerp(p, rest.ToPicture(patch), share) + new Vector2(0, breath);
        }

        private static float Smooth(float t)
        {
            t = Math.Clamp(t, 0, 1);
            return t * t * (3 - (2 * t));
        }
    }
}
