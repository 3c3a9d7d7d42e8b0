using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Lip contours from the left to the right corner of the picture, and where teeth and tongue are.</summary>
internal sealed class MouthShape(FaceShape face)
{
    /// <summary>Points along each contour.</summary>
    public const int Points = 33;

    private readonly FaceShape _face = face;

    public SKPoint[] UpperOuter { get; } = new SKPoint[Points];

    public SKPoint[] UpperInner { get; } = new SKPoint[Points];

    public SKPoint[] LowerInner { get; } = new SKPoint[Points];

    public SKPoint[] LowerOuter { get; } = new SKPoint[Points];

    /// <summary>Largest distance of the inner contours.</summary>
    public float Opening { get; private set; }

    /// <summary>Lower edge of the upper middle teeth.</summary>
    public SKPoint UpperTeeth { get; private set; }

    /// <summary>Upper edge of the lower middle teeth.</summary>
    public SKPoint LowerTeeth { get; private set; }

    /// <summary>Top of the tongue.</summary>
    public SKPoint Tongue { get; private set; }

    /// <summary>How far the lips stand forward, 0 to 1; teeth behind them lie in the dark.</summary>
    public float Protrusion { get; private set; }

    /// <summary>Scale of teeth and tongue against the canonical mouth.</summary>
    public float Scale { get; private set; } = 1;

    public void Update(in FaceParameters p)
    {
        FaceProportions shape = _face.Character.Proportions;
        Scale = shape.MouthWidth;
        float drop = _face.JawDrop;
        float gap = Math.Max(0, p.JawOpen - p.MouthClose);
        float sealedDrop = drop * Math.Min(p.MouthClose, p.JawOpen) / Math.Max(p.JawOpen, 0.001f);
        float round = Math.Min(1, p.MouthPucker + (0.75f * p.MouthFunnel));
        float halfWidth = 27f * shape.MouthWidth * (1 - (0.40f * p.MouthPucker) - (0.24f * p.MouthFunnel) - (0.10f * gap));
        float seamY = _face.MouthY + (0.52f * sealedDrop) + (0.06f * gap * FaceShape.JawTravel);
        SKPoint left = Corner(-1, halfWidth, gap, p.MouthStretchRight, p.MouthSmileRight, p.MouthFrownRight);
        SKPoint right = Corner(1, halfWidth, gap, p.MouthStretchLeft, p.MouthSmileLeft, p.MouthFrownLeft);
        float exponent = Curve.Mix(2.5f, 2f, round);
        float power = Curve.Mix(0.78f, 0.55f, Math.Min(1, round + (0.5f * gap)));
        float fullness = Curve.Mix(1.03f, 0.64f, round);
        Protrusion = Math.Min(1, p.MouthPucker + (0.2f * p.MouthFunnel));
        float inset = 1.4f + (1.6f * round) + (3.4f * p.MouthPucker) + (1.5f * gap);
        float hole = p.MouthPucker * Math.Min(1, gap * 10); // a small round hole as soon as puckered lips part
        Opening = 0;
        for (int i = 0; i < Points; i++)
        {
            float t = -MathF.Cos(MathF.PI * i / (Points - 1));
            float s = (t + 1) / 2;
            float rim = 1 - (t * t);
            float upperUp = Curve.Mix(p.MouthUpperUpRight, p.MouthUpperUpLeft, s);
            float lowerDown = Curve.Mix(p.MouthLowerDownRight, p.MouthLowerDownLeft, s);
            float press = Curve.Mix(p.MouthPressRight, p.MouthPressLeft, s);
            float stretch = Curve.Mix(p.MouthStretchRight, p.MouthStretchLeft, s);
            float smile = Curve.Mix(p.MouthSmileRight, p.MouthSmileLeft, s);

            float line = Curve.Mix(left.Y, right.Y, s);
            float seam = Curve.Mix(line, seamY, MathF.Pow(rim, 0.8f));
            float wave = (1 - gap) * ((0.9f * (1 - round) * Curve.Bell(t, 0.2f)) - (0.3f * Curve.Bell(MathF.Abs(t) - 0.42f, 0.25f)));
            float lips = MathF.Pow(Math.Max(0, 1 - MathF.Pow(MathF.Abs(t), exponent)), power);
            float rise = (2.6f * gap) + (5.2f * upperUp) + (3.2f * p.MouthFunnel) + (1.2f * p.MouthRollUpper * gap) + (0.8f * hole);
            float fall = (20f * gap) + (6.2f * lowerDown) + (4.2f * p.MouthFunnel * (0.35f + (0.65f * gap)));
            fall += (1.3f * hole) - (p.MouthRollLower * 2.5f);
            float total = Math.Max(0, rise + Math.Max(0, fall)) * (1 - (0.8f * Math.Min(1, press)));
            float share = total <= 0 ? 0 : rise / (rise + Math.Max(0.001f, fall));
            float upperInner = seam + wave - (total * share * lips);

            // The lower lip follows the wave of the upper one only while they touch.
            float lowerInner = Math.Max(upperInner, seam + (wave * Curve.Step(2.5f, 0, total)) + (total * (1 - share) * lips));

            float cupid = MathF.Pow(Math.Max(0, 1 - MathF.Pow(MathF.Abs(t), 1.9f + (0.3f * round))), fullness)
                * (1 + ((1 - (0.6f * round)) * ((0.13f * Curve.Bell(MathF.Abs(t) - 0.25f, 0.17f)) - (0.15f * Curve.Bell(t, 0.12f)))));
            float thin = 1 - (0.16f * gap) - (0.30f * press) - (0.14f * stretch) - (0.10f * smile);
            float full = shape.LipFullness * (1 + (0.16f * p.MouthPucker) + (0.10f * p.MouthFunnel));
            float upperLip = 8.3f * full * thin * (1 - (0.6f * p.MouthRollUpper)) * (1 - (0.18f * upperUp)) * cupid;
            float lowerLip = 10.4f * full * thin * (1 - (0.55f * p.MouthRollLower))
                * MathF.Pow(Math.Max(0, 1 - MathF.Pow(MathF.Abs(t), 2.1f)), fullness);

            float x = Curve.Mix(left.X, right.X, s);
            float innerX = x - (inset * t);
            float lift = 7 + (5 * rim) + (4 * round * rim);
            UpperOuter[i] = _face.Turn(x, upperInner - upperLip, lift - 2);
            UpperInner[i] = _face.Turn(innerX, upperInner, lift);
            LowerInner[i] = _face.Turn(innerX, lowerInner, lift);
            LowerOuter[i] = _face.Turn(x, lowerInner + lowerLip, lift - 2);
            Opening = Math.Max(Opening, lowerInner - upperInner);
        }

        UpperTeeth = _face.Turn(0, _face.MouthY + 2.6f, 5);
        LowerTeeth = _face.Turn(0, _face.MouthY + 2.3f + (0.84f * drop), 4);
        float tongue = Curve.Mix(5.8f + (0.36f * drop), 2.2f, p.TongueUp * 0.9f);
        Tongue = _face.Turn(0, _face.MouthY + Curve.Mix(tongue, 2.7f, p.TongueOut), 3);
    }

    private SKPoint Corner(int side, float halfWidth, float gap, float stretch, float smile, float frown)
    {
        float x = halfWidth + (5.5f * stretch) + (4.2f * smile);
        float y = _face.MouthY - 0.4f - _face.Character.Proportions.MouthCurve + (0.24f * gap * FaceShape.JawTravel) - (6 * smile) + (5 * frown) + (0.8f * stretch);
        return new SKPoint(side * x, y);
    }
}
