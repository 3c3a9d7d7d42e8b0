using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>One brow as a centre line with a thickness; index 0 lies at the nose.</summary>
internal sealed class BrowShape
{
    /// <summary>Points along the brow.</summary>
    public const int Points = 17;

    private readonly FaceShape _face;

    public BrowShape(FaceShape face, int side)
    {
        _face = face;
        Side = side;
        FaceProportions p = face.Character.Proportions;
        for (int i = 0; i < Points; i++)
        {
            float t = (float)i / (Points - 1);
            Thickness[i] = 4.3f * p.BrowThickness * MathF.Pow(Math.Max(0, 1 - MathF.Pow(t, 2.4f)), 0.7f)
                * (0.62f + (0.38f * Curve.Step(0, 0.3f, t))) + 0.35f;
        }
    }

    /// <summary>-1 at the left of the picture, 1 at the right.</summary>
    public int Side { get; }

    public SKPoint[] Line { get; } = new SKPoint[Points];

    /// <summary>Half thickness at each point.</summary>
    public float[] Thickness { get; } = new float[Points];

    public void Update(in FaceParameters p)
    {
        FaceProportions shape = _face.Character.Proportions;
        bool right = Side < 0;
        float outer = right ? p.BrowOuterUpRight : p.BrowOuterUpLeft;
        float down = right ? p.BrowDownRight : p.BrowDownLeft;
        float size = shape.EyeSize;
        float centre = _face.Eyes[right ? 0 : 1].CentreX;
        for (int i = 0; i < Points; i++)
        {
            float t = (float)i / (Points - 1);
            float x = centre + (Side * Curve.Mix(-18.5f, 26f, t) * (1 + ((size - 1) * 0.45f)));
            float arch = -5.6f * shape.BrowArch * MathF.Sin(MathF.PI * MathF.Pow(t, 1.3f) * 0.9f);
            float y = -23.2f - shape.BrowLift - ((size - 1) * 15) + arch + (1.6f * t);
            y -= 8 * p.BrowInnerUp * (1 - Curve.Step(0, 0.8f, t));
            y -= 8 * outer * Curve.Step(0.15f, 0.75f, t);
            y += 6.5f * down * (1 - (0.45f * t));
            float inward = -Side * 2.5f * down * (1 - t);
            Line[i] = _face.Turn(x + inward, y, 7);
        }
    }
}
