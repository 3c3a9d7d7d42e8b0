using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Beard, stubble and freckles: painted once on the resting face, then bent with jaw and lips.</summary>
internal sealed class BeardPainter : IDisposable
{
    private const int Rows = 25;
    private const int Columns = 29;

    private static readonly SKRect Area = new(-104, -100, 104, 160);

    private readonly GalleryCharacter _character;
    private readonly Layer _layer;
    private readonly FaceShape _rest;
    private readonly SKPoint[] _points = new SKPoint[Rows * Columns];
    private readonly SKPoint[] _texture = new SKPoint[Rows * Columns];
    private readonly ushort[] _indices = new ushort[(Rows - 1) * (Columns - 1) * 6];
    private readonly SKPaint _paint = new() { IsAntialias = true };

    public BeardPainter(GalleryCharacter character, Light light, float scale)
    {
        _character = character;
        _rest = new FaceShape(character);
        _layer = new Layer(Area, Math.Max(0.5f, scale), canvas => Paint(canvas, light, Math.Clamp(scale, 0.3f, 1)), 2);
        int k = 0;
        for (int r = 0; r + 1 < Rows; r++)
        {
            for (int c = 0; c + 1 < Columns; c++)
            {
                int a = (r * Columns) + c;
                int b = a + Columns;
                foreach (int index in (ReadOnlySpan<int>)[a, a + 1, b, a + 1, b + 1, b])
                {
                    _indices[k++] = (ushort)index;
                }
            }
        }

        _paint.Shader = SKShader.CreateImage(
            _layer.Image, SKShaderTileMode.Decal, SKShaderTileMode.Decal, new SKSamplingOptions(SKFilterMode.Linear));
    }

    /// <summary>Whether there is anything to draw.</summary>
    public bool IsEmpty => _character.Beard == BeardStyle.None && _character.Freckles <= 0.01f;

    public void Draw(SKCanvas canvas, FaceShape face)
    {
        Span<SKPoint> anchors = stackalloc SKPoint[10];
        Span<SKPoint> pulls = stackalloc SKPoint[10];
        Anchors(face, anchors, pulls);
        for (int r = 0; r < Rows; r++)
        {
            for (int c = 0; c < Columns; c++)
            {
                float x = Area.Left + (Area.Width * c / (Columns - 1));
                float y = Area.Top + (Area.Height * r / (Rows - 1));
                SKPoint p = face.Place(x, y);
                float weights = 0;
                float dx = 0;
                float dy = 0;
                for (int i = 0; i < anchors.Length; i++)
                {
                    float d2 = ((anchors[i].X - x) * (anchors[i].X - x)) + ((anchors[i].Y - y) * (anchors[i].Y - y));
                    float w = MathF.Exp(-d2 / 230);
                    weights += w;
                    dx += w * pulls[i].X;
                    dy += w * pulls[i].Y;
                }

                float norm = 1 / Math.Max(1, weights);
                int k = (r * Columns) + c;
                _points[k] = new SKPoint(p.X + (dx * norm), p.Y + (dy * norm));
                _texture[k] = new SKPoint(
                    (x - Area.Left) / _layer.Area.Width * _layer.Image.Width, (y - Area.Top) / _layer.Area.Height * _layer.Image.Height);
            }
        }

        using SKVertices vertices = SKVertices.CreateCopy(SKVertexMode.Triangles, _points, _texture, null, _indices);
        canvas.DrawVertices(vertices, SKBlendMode.Modulate, _paint);
    }

    public void Dispose()
    {
        _paint.Shader?.Dispose();
        _paint.Dispose();
        _layer.Dispose();
    }

    /// <summary>Lip points at rest, and how much farther than the skin around they have moved.</summary>
    private void Anchors(FaceShape face, Span<SKPoint> anchors, Span<SKPoint> pulls)
    {
        ReadOnlySpan<int> at = [0, 8, 16, 24, 32];
        for (int i = 0; i < 10; i++)
        {
            SKPoint rest = i < 5 ? _rest.Mouth.UpperOuter[at[i]] : _rest.Mouth.LowerOuter[at[i - 5]];
            SKPoint now = i < 5 ? face.Mouth.UpperOuter[at[i]] : face.Mouth.LowerOuter[at[i - 5]];
            SKPoint skin = face.Place(rest.X, rest.Y, 6);
            anchors[i] = rest;
            pulls[i] = new SKPoint(now.X - skin.X, now.Y - skin.Y);
        }
    }

    private void Paint(SKCanvas canvas, Light light, float detail)
    {
        using var paint = new SKPaint { IsAntialias = true, StrokeCap = SKStrokeCap.Round };
        Freckles(canvas, paint);
        if (_character.Beard == BeardStyle.None)
        {
            return;
        }

        bool stubble = _character.Beard == BeardStyle.Stubble;
        Rgb colour = Rgb.Hex(_character.Palette.Hair);
        Rgb bright = Rgb.Hex(_character.Palette.HairLight);
        var random = new SeededRandom(_character.Seed + 500);
        for (int i = 0; i < (int)((stubble ? 1500 : 5000) * detail); i++)
        {
            // Short undergrowth closes the gaps between the strands.
            float x = random.Next(-92, 92);
            float y = random.Next(0, 140);
            float m = Mask(x, y) * Mask(x, y + 2.5f);
            float key = Math.Clamp(0.6f + (0.4f * x / 80 * light.Key.X) - (0.25f * Curve.Step(96, 136, y)), 0.2f, 1);
            paint.Color = (colour * key).Show((stubble ? 0.05f : 0.20f) * m / MathF.Sqrt(detail));
            canvas.DrawCircle(x, y, 2.1f, paint);
        }

        int count = (int)((stubble ? 9000 : 22000) * detail);
        for (int i = 0; i < count; i++)
        {
            float x = random.Next(-92, 92);
            float y = random.Next(0, 140);
            float m = Mask(x, y + random.Normal());
            if (random.Next() > m)
            {
                continue;
            }

            float length = stubble ? random.Next(0.7f, 1.6f) : random.Next(2.6f, 5.2f) * (0.45f + (0.55f * m));
            float nx = x / 80;
            float flow = (nx * 0.55f) + (0.35f * random.Normal());
            float dx = length * flow * 0.6f;
            float dy = length * (y < 72 && MathF.Abs(x) < 30 ? 0.65f : 0.9f);
            if (y < 72 && MathF.Abs(x) < 32)
            {
                dx = length * (MathF.Sign(x) * 0.75f) + (0.2f * random.Normal());
            }

            float key = Math.Clamp(0.62f + (0.55f * nx * light.Key.X) - (0.25f * Curve.Step(96, 136, y)), 0.2f, 1.2f);
            Rgb tone = Rgb.Mix(colour, bright, random.Chance(0.2f) ? 0.28f : 0.05f) * (key * random.Next(0.75f, 1.15f));
            paint.StrokeWidth = stubble ? 0.65f : random.Next(0.5f, 0.9f);
            paint.Color = tone.Show(stubble ? 0.4f : 0.6f);
            canvas.DrawLine(x - (dx * 0.2f), y - (dy * 0.2f), x + (dx * 0.8f), y + (dy * 0.8f), paint);
        }
    }

    private void Freckles(SKCanvas canvas, SKPaint paint)
    {
        var random = new SeededRandom(_character.Seed + 600);
        Rgb skin = Rgb.Hex(_character.Palette.Skin);
        int count = (int)(150 * _character.Freckles);
        for (int i = 0; i < count; i++)
        {
            float x = random.Normal() * 34;
            float y = 26 + (random.Normal() * 13);
            paint.Color = (skin * new Rgb(0.62f, 0.42f, 0.32f)).Show(random.Next(0.12f, 0.42f));
            canvas.DrawCircle(x, y, random.Next(0.5f, 1.25f), paint);
        }
    }

    /// <summary>Density of the beard at a point of the resting face.</summary>
    private float Mask(float x, float y)
    {
        FaceProportions p = _character.Proportions;
        y /= p.FaceLength;
        float a = MathF.Abs(x) / p.FaceWidth;
        float lipX = a / (28 * p.MouthWidth);
        float lipY = (y - 79) / (y < 79 ? 10.5f : 13.5f);
        if ((lipX * lipX) + (lipY * lipY) < 1)
        {
            return 0;
        }

        float nose = 53 * p.NoseLength;
        float brim = nose + (0.0125f * a * a);
        float moustache = Curve.Step(brim, brim + 4, y) * Curve.Step(84, 74, y) * Curve.Step(35, 27, a);
        moustache *= 1 - (0.35f * Curve.Bell(x, 2f));
        float cheek = a > 62 ? Curve.Mix(62, 6, (a - 62) / 18) : a > 34 ? Curve.Mix(76, 62, (a - 34) / 28) : 76 - ((34 - a) * 0.2f);
        float beard = Curve.Step(cheek - 4, cheek + 8, y);
        if (a < 34 && y < 90)
        {
            beard *= Curve.Step(24, 31, a);
        }

        beard *= 1 - (0.75f * Curve.Bell(a - 12, 6) * Curve.Bell(y - 96, 5));
        beard *= OutlineFade(a, y);
        float chin = Curve.Step(30, 22, a) * Curve.Step(92, 100, y) * OutlineFade(a, y);
        float link = Curve.Step(36, 31, a) * Curve.Step(23, 27, a) * Curve.Step(66, 72, y) * Curve.Step(112, 100, y);
        return _character.Beard switch
        {
            BeardStyle.Moustache => moustache,
            BeardStyle.Goatee => Math.Max(Math.Max(moustache, chin), link),
            _ => Math.Max(moustache, beard),
        };
    }

    private float OutlineFade(float a, float y)
    {
        // Distance to the jaw line, measured down: hair may stand a little beyond it.
        float edge = 0;
        for (int i = 0; i < FaceShape.OutlinePoints / 2; i++)
        {
            SKPoint p = _rest.Outline[i];
            if (p.Y > 30 && p.X >= a * _character.Proportions.FaceWidth)
            {
                edge = p.Y;
            }
        }

        edge /= _character.Proportions.FaceLength;
        return edge <= 0 ? 0 : Curve.Step(edge + 5, edge - 1, y);
    }
}
