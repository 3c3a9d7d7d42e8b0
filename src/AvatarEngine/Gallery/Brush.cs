using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Strokes and spots that the painters share. One per renderer; not for several threads.</summary>
internal sealed class Brush : IDisposable
{
    private readonly SKPaint _fill = new() { IsAntialias = true, IsDither = true };
    private readonly SKPathBuilder _builder = new();

    /// <summary>A round spot that fades from the middle to its rim.</summary>
    public void Spot(SKCanvas canvas, SKPoint centre, float rx, float ry, SKColor colour, float degrees = 0, float core = 0)
    {
        canvas.Save();
        canvas.Translate(centre.X, centre.Y);
        canvas.RotateDegrees(degrees);
        canvas.Scale(rx, ry);
        using SKShader shader = SKShader.CreateRadialGradient(
            default,
            1,
            [colour, colour.WithAlpha((byte)(colour.Alpha * 0.62f)), colour.WithAlpha((byte)(colour.Alpha * 0.18f)), colour.WithAlpha(0)],
            [core, core + ((1 - core) * 0.38f), core + ((1 - core) * 0.72f), 1],
            SKShaderTileMode.Clamp);
        _fill.Shader = shader;
        _fill.Color = SKColors.White;
        canvas.DrawCircle(0, 0, 1, _fill);
        _fill.Shader = null;
        canvas.Restore();
    }

    public void Fill(SKCanvas canvas, SKPath path, SKColor colour)
    {
        _fill.Color = colour;
        canvas.DrawPath(path, _fill);
    }

    public void Fill(SKCanvas canvas, SKPath path, SKShader shader)
    {
        _fill.Color = SKColors.White;
        _fill.Shader = shader;
        canvas.DrawPath(path, _fill);
        _fill.Shader = null;
    }

    /// <summary>A line whose width follows a profile: thin at both ends, <paramref name="width"/> at <paramref name="peak"/>.</summary>
    public void Taper(SKCanvas canvas, ReadOnlySpan<SKPoint> line, float width, float peak, SKColor colour)
    {
        AddTaper(line, width, peak);
        using SKPath path = _builder.Detach();
        Fill(canvas, path, colour);
    }

    /// <summary>Adds a hair to the batch that <see cref="FillBatch"/> draws at once.</summary>
    public void AddTaper(ReadOnlySpan<SKPoint> line, float width, float peak)
    {
        int n = line.Length;
        Span<SKPoint> rim = stackalloc SKPoint[n * 2];
        for (int i = 0; i < n; i++)
        {
            SKPoint a = line[Math.Max(0, i - 1)];
            SKPoint b = line[Math.Min(n - 1, i + 1)];
            float dx = b.X - a.X;
            float dy = b.Y - a.Y;
            float length = MathF.Max(0.001f, MathF.Sqrt((dx * dx) + (dy * dy)));
            float t = (float)i / (n - 1);
            float profile = t < peak ? t / Math.Max(0.001f, peak) : (1 - t) / Math.Max(0.001f, 1 - peak);
            float half = width * 0.5f * MathF.Sqrt(Math.Clamp(profile, 0, 1));
            rim[i] = new SKPoint(line[i].X - (dy / length * half), line[i].Y + (dx / length * half));
            rim[(2 * n) - 1 - i] = new SKPoint(line[i].X + (dy / length * half), line[i].Y - (dx / length * half));
        }

        _builder.AddPoly(rim, true);
    }

    public void FillBatch(SKCanvas canvas, SKColor colour)
    {
        using SKPath path = _builder.Detach();
        Fill(canvas, path, colour);
    }

    public void Dispose()
    {
        _fill.Dispose();
        _builder.Dispose();
    }
}
