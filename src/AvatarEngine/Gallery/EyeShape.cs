using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Lines of one eye; index 0 lies at the nose, the last at the temple.</summary>
internal sealed class EyeShape
{
    /// <summary>Points along each lid.</summary>
    public const int LidPoints = 25;

    private readonly FaceShape _face;
    private readonly float _width;
    private readonly float _upper;
    private readonly float _lower;
    private readonly float _tilt;
    private readonly float _crease;

    public EyeShape(FaceShape face, int side)
    {
        _face = face;
        Side = side;
        FaceProportions p = face.Character.Proportions;
        float size = p.EyeSize;
        CentreX = side * 33.5f * p.EyeSpacing * (1 + ((size - 1) * 0.16f));
        _width = 18.5f * size;
        _upper = 9.2f * size * p.EyeOpening;
        _lower = 4.6f * size * p.EyeOpening;
        _tilt = p.EyeTilt;
        _crease = 5.4f * size * p.LidCrease;
        IrisRadius = 8.7f * size * p.IrisSize;
    }

    /// <summary>-1 at the left of the picture, 1 at the right.</summary>
    public int Side { get; }

    public float CentreX { get; }

    public float IrisRadius { get; }

    /// <summary>0 open to 1 closed.</summary>
    public float Closed { get; private set; }

    public SKPoint IrisCentre { get; private set; }

    public SKPoint[] Upper { get; } = new SKPoint[LidPoints];

    public SKPoint[] Lower { get; } = new SKPoint[LidPoints];

    public SKPoint[] Crease { get; } = new SKPoint[LidPoints];

    public void Update(in FaceParameters p)
    {
        bool right = Side < 0; // the person's right eye is at the left of the picture
        float blink = Math.Clamp(right ? p.EyeBlinkRight : p.EyeBlinkLeft, 0, 1);
        float squint = right ? p.EyeSquintRight : p.EyeSquintLeft;
        float wide = right ? p.EyeWideRight : p.EyeWideLeft;
        float up = right ? p.EyeLookUpRight : p.EyeLookUpLeft;
        float down = right ? p.EyeLookDownRight : p.EyeLookDownLeft;
        float outwards = (right ? p.EyeLookOutRight : p.EyeLookOutLeft) - (right ? p.EyeLookInRight : p.EyeLookInLeft);
        float smile = right ? p.MouthSmileRight : p.MouthSmileLeft;
        Closed = blink;
        float upper = _upper * (1 + (0.22f * wide) + (0.12f * up) - (0.42f * down) - (0.1f * squint));
        float lower = _lower * (1 - (0.45f * squint) - (0.18f * smile) + (0.12f * down));
        float creaseShift = 1 + (0.35f * down) + (0.25f * blink);
        for (int i = 0; i < LidPoints; i++)
        {
            float t = (2f * i / (LidPoints - 1)) - 1;
            float rim = 1 - (t * t);
            float x = CentreX + (Side * t * _width);
            float baseline = 1.6f - ((t + 1) * 0.5f * (1.6f + _tilt));
            float tu = t + (0.16f * rim);
            float open = baseline - (upper * MathF.Pow(Math.Max(0, 1 - MathF.Pow(MathF.Abs(tu), 2.3f)), 0.86f));
            float tl = t - (0.14f * rim);
            float low = baseline + (lower * MathF.Pow(Math.Max(0, 1 - MathF.Pow(MathF.Abs(tl), 2.4f)), 0.9f));
            float shut = low - (0.10f * blink * lower * rim);
            float yu = Curve.Mix(open, shut, blink);
            float resting = baseline - (_upper * MathF.Pow(Math.Max(0, 1 - MathF.Pow(MathF.Abs(tu * 0.97f), 2.3f)), 0.8f));
            float creaseY = Curve.Mix(resting, yu, 0.12f) - (_crease * creaseShift * (0.25f + (0.75f * MathF.Pow(rim, 0.6f))));
            float lift = 2.5f * rim;
            Upper[i] = _face.Turn(x, yu, lift);
            Lower[i] = _face.Turn(x, Math.Max(low, yu), lift);
            Crease[i] = _face.Turn(x + (Side * 0.8f * t), creaseY, lift);
        }

        float gazeX = Side * outwards * 6.5f * _width / 18.5f;
        float gazeY = ((down * 4.5f) - (up * 4f)) * _upper / 9.6f;
        IrisCentre = _face.Turn(CentreX - (Side * 0.4f) + gazeX, -1.5f * _upper / 9.6f + gazeY, 1);
    }
}
