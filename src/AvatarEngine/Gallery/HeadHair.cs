using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>The hair of a head as layers: behind the body, in front of the face, and its shadow on the skin.</summary>
internal sealed class HeadHair : IDisposable
{
    private static readonly SKRect Area = new(-160, -190, 160, 270);

    private readonly Light _light;
    private readonly Layer? _back;
    private readonly Layer? _front;
    private readonly Layer? _shadow;

    public HeadHair(GalleryCharacter character, Light light, float scale)
    {
        _light = light;
        var painter = new HairPainter(character, light);
        float detail = Math.Clamp(scale, 0.25f, 1.5f);
        IReadOnlyList<HairGroup> back = HairStyles.Back(character.Hair);
        IReadOnlyList<HairGroup> front = HairStyles.Front(character.Hair);
        if (back.Count > 0)
        {
            _back = new Layer(Area, scale, canvas => painter.Draw(canvas, back, detail));
        }

        if (front.Count > 0)
        {
            Layer layer = new(Area, scale, canvas => painter.Draw(canvas, front, detail));
            _front = layer;
            _shadow = new Layer(Area, scale * 0.35f, canvas =>
            {
                using SKImageFilter blur = SKImageFilter.CreateBlur(4.5f, 4.5f);
                using SKColorFilter dark = SKColorFilter.CreateBlendMode(new SKColor(46, 14, 8), SKBlendMode.SrcIn);
                using var paint = new SKPaint { ImageFilter = blur, ColorFilter = dark };
                layer.Draw(canvas, paint);
            });
        }
    }

    public void DrawBack(SKCanvas canvas, FaceShape face)
    {
        canvas.Save();
        canvas.Translate(-22 * face.SinYaw, 22 * MathF.Sin(face.Parameters.HeadPitch));
        _back?.Draw(canvas);
        canvas.Restore();
    }

    public void DrawShadow(SKCanvas canvas, FaceShape face)
    {
        if (_shadow is null)
        {
            return;
        }

        using var paint = new SKPaint { Color = SKColors.White.WithAlpha(120) };
        canvas.Save();
        Move(canvas, face);
        canvas.Translate(-_light.Key.X * 5, 5);
        _shadow.Draw(canvas, paint);
        canvas.Restore();
    }

    public void DrawFront(SKCanvas canvas, FaceShape face)
    {
        canvas.Save();
        Move(canvas, face);
        _front?.Draw(canvas);
        canvas.Restore();
    }

    public void Dispose()
    {
        _back?.Dispose();
        _front?.Dispose();
        _shadow?.Dispose();
    }

    // The hairline stands on the forehead, about 20 px in front of the head's axis.
    private static void Move(SKCanvas canvas, FaceShape face) =>
        canvas.Translate(16 * face.SinYaw, -16 * MathF.Sin(face.Parameters.HeadPitch));
}
