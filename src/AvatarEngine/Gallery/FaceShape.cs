using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>
/// The face at one moment in head coordinates: origin between the eyes, x right, y down, one unit is one pixel of a 512 px
/// picture; turned by yaw and pitch (points shift by their depth), not yet shifted, tilted and scaled.
/// </summary>
internal sealed class FaceShape
{
    /// <summary>Points of the closed outline, from the top of the skull clockwise.</summary>
    public const int OutlinePoints = 120;

    /// <summary>How far the chin falls at <see cref="FaceParameters.JawOpen"/> = 1.</summary>
    public const float JawTravel = 25;

    private static readonly float[] HalfWidthY =
        [-127, -124, -116, -101, -79, -52, -20, 12, 38, 60, 80, 97, 110, 120, 125.5f, 127];

    private static readonly float[] HalfWidthX =
        [0, 26, 48, 65, 75.5f, 80, 80, 78.5f, 75.5f, 71, 64, 52, 38, 23.5f, 10.5f, 0];

    private readonly SKPoint[] _half;
    private readonly SKPoint[] _moved;
    private readonly SKPoint[] _side = new SKPoint[(OutlinePoints / 2) + 1];
    private float _cosYaw = 1;
    private float _cosPitch = 1;
    private float _sinPitch;

    public FaceShape(GalleryCharacter character)
    {
        Character = character;
        FaceProportions p = character.Proportions;
        _half = new SKPoint[HalfWidthX.Length];
        for (int i = 0; i < _half.Length; i++)
        {
            float y = HalfWidthY[i];
            float jaw = Curve.Bell(y - 72, 34);
            float chin = Curve.Bell(y - 116, 16);
            float x = HalfWidthX[i] * p.FaceWidth * (1 + ((p.JawWidth - 1) * jaw)) * (1 + ((p.ChinWidth - 1) * chin));
            _half[i] = new SKPoint(x, y > 0 ? y * p.FaceLength : y);
        }

        _moved = new SKPoint[_half.Length];
        MouthY = 77.5f * p.FaceLength;
        ChinY = 127 * p.FaceLength;
        NoseY = 47 * p.NoseLength * p.FaceLength;
        Eyes = [new EyeShape(this, -1), new EyeShape(this, 1)];
        Brows = [new BrowShape(this, -1), new BrowShape(this, 1)];
        Mouth = new MouthShape(this);
        Update(default);
    }

    public GalleryCharacter Character { get; }

    public FaceParameters Parameters { get; private set; }

    public float MouthY { get; }

    public float ChinY { get; }

    /// <summary>Height of the nose's base.</summary>
    public float NoseY { get; }

    public float SinYaw { get; private set; }

    public float JawDrop { get; private set; }

    public SKPoint[] Outline { get; } = new SKPoint[OutlinePoints];

    /// <summary>Eyes in the order of the picture: left, right.</summary>
    public EyeShape[] Eyes { get; }

    /// <summary>Brows in the order of the picture: left, right.</summary>
    public BrowShape[] Brows { get; }

    public MouthShape Mouth { get; }

    public void Update(in FaceParameters p)
    {
        Parameters = p;
        SinYaw = MathF.Sin(p.HeadYaw);
        _cosYaw = MathF.Cos(p.HeadYaw);
        _sinPitch = MathF.Sin(p.HeadPitch);
        _cosPitch = MathF.Cos(p.HeadPitch);
        JawDrop = JawTravel * Math.Max(0, p.JawOpen);
        UpdateOutline();
        foreach (EyeShape eye in Eyes)
        {
            eye.Update(p);
        }

        foreach (BrowShape brow in Brows)
        {
            brow.Update(p);
        }

        Mouth.Update(p);
    }

    /// <summary>Turns a point of the neutral face; it follows the jaw and the turned head.</summary>
    public SKPoint Place(float x, float y, float lift = 0)
    {
        float w = Curve.Step(50, 112, y);
        return Turn(x * (1 - (0.035f * Parameters.JawOpen * w)), y + (JawDrop * w), lift);
    }

    /// <summary>Turns a point that has its movement already; <paramref name="lift"/> is height over the face's round.</summary>
    public SKPoint Turn(float x, float y, float lift = 0)
    {
        float z = Depth(x, y) + lift;
        return new SKPoint((x * _cosYaw) + (z * SinYaw), (y * _cosPitch) - (z * _sinPitch));
    }

    private static float Depth(float x, float y)
    {
        float u = x / 88;
        float v = (y - 5) / 150;
        return 40 * MathF.Sqrt(Math.Max(0, 1 - (u * u) - (0.75f * v * v)));
    }

    private void UpdateOutline()
    {
        for (int side = -1; side <= 1; side += 2)
        {
            for (int i = 0; i < _half.Length; i++)
            {
                float puff = 5 * Parameters.CheekPuff * Curve.Bell(_half[i].Y - 70, 22);
                _moved[i] = Place(side * (_half[i].X + puff), _half[i].Y);
            }

            Curve.Through(_moved, _side);
            for (int i = 0; i < _side.Length; i++)
            {
                Outline[side > 0 ? i % OutlinePoints : (OutlinePoints - i) % OutlinePoints] = _side[i];
            }

        }
    }
}
