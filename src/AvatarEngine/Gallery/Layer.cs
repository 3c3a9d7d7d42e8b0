using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>A part that never changes, painted once as a picture somewhat finer than the output so that it can move by parts of a pixel.</summary>
internal sealed class Layer : IDisposable
{
    private const float Finer = 1.5f;

    private readonly SKRect _area;
    private readonly SKImage _image;

    /// <summary>Paints <paramref name="area"/> (units of 512 px) for an output that is <paramref name="scale"/> times 512 px.</summary>
    public Layer(SKRect area, float scale, Action<SKCanvas> paint, float finer = Finer)
    {
        float k = scale * finer;
        var info = new SKImageInfo(
            Math.Max(1, (int)MathF.Ceiling(area.Width * k)), Math.Max(1, (int)MathF.Ceiling(area.Height * k)),
            SKColorType.Bgra8888, SKAlphaType.Premul);
        _area = SKRect.Create(area.Left, area.Top, info.Width / k, info.Height / k);
        using SKSurface surface = SKSurface.Create(info);
        surface.Canvas.Clear();
        surface.Canvas.Scale(k);
        surface.Canvas.Translate(-area.Left, -area.Top);
        paint(surface.Canvas);
        _image = surface.Snapshot();
    }

    /// <summary>The picture, for shaders.</summary>
    public SKImage Image => _image;

    /// <summary>What it covers, in units of 512 px.</summary>
    public SKRect Area => _area;

    public void Draw(SKCanvas canvas, SKPaint? paint = null) =>
        canvas.DrawImage(_image, _area, new SKSamplingOptions(SKFilterMode.Linear), paint);

    public void Dispose() => _image.Dispose();
}
