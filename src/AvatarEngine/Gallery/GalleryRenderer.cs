using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>
/// Draws one person. Still parts are painted once; every call draws the face with its parameters into one reused picture.
/// The same input gives the same pixels on the same machine. One instance serves one thread.
/// </summary>
public sealed class GalleryRenderer : IDisposable
{
    /// <summary>Frames per second of the gallery's motion.</summary>
    public const int FrameRate = 25;

    // Where the point between the eyes stands in a 512 px picture, and the neck about which the head tilts.
    private const float OriginX = 256;
    private const float OriginY = 215;
    private const float NeckY = 120;

    private readonly SKBitmap _bitmap;
    private readonly SKCanvas _canvas;
    private readonly float _scale;
    private readonly FaceShape _face;
    private readonly Light _light;
    private readonly Brush _brush = new();
    private readonly SkinSurface _skin;
    private readonly EyePainter _eyes;
    private readonly BrowPainter _brows;
    private readonly NosePainter _nose;
    private readonly MouthPainter _mouth;
    private readonly EarPainter _ears;
    private readonly BeardPainter _beard;
    private readonly GlassesPainter _glasses;
    private readonly HeadHair _hair;
    private readonly Layer _backdrop;
    private readonly Layer _body;
    private readonly SKPaint _shadow = new() { IsAntialias = true, Color = new SKColor(28, 8, 6, 120) };
    private readonly SKPath _neck;

    /// <summary>Prepares a person for pictures of <paramref name="size"/> by <paramref name="size"/> pixels, 64 to 2048.</summary>
    public GalleryRenderer(GalleryCharacter character, int size = 512)
    {
        ArgumentNullException.ThrowIfNull(character);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 64);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 2048);
        Character = character;
        Size = size;
        _scale = size / 512f;
        _bitmap = new SKBitmap(new SKImageInfo(size, size, SKColorType.Bgra8888, SKAlphaType.Premul));
        _canvas = new SKCanvas(_bitmap);
        _face = new FaceShape(character);
        _light = new Light(character.Lighting, Rgb.Hex(character.Palette.Clothes));
        _skin = new SkinSurface(character, _light);
        _eyes = new EyePainter(character, _light, _brush);
        _brows = new BrowPainter(character, _brush);
        _nose = new NosePainter(character, _brush);
        _mouth = new MouthPainter(character, _light, _brush);
        _ears = new EarPainter(character, _brush);
        _beard = new BeardPainter(character, _light, _scale);
        _glasses = new GlassesPainter(character);
        _hair = new HeadHair(character, _light, _scale);
        _backdrop = new Layer(new SKRect(0, 0, 512, 512), _scale, new BackdropPainter(character).Draw, 1);
        _body = new Layer(new SKRect(-270, 30, 270, 320), _scale, new BodyPainter(character, _light).Draw);
        _neck = BodyPainter.NeckPath(character.Proportions);
        _shadow.MaskFilter = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, 8);
    }

    /// <summary>Who is drawn.</summary>
    public GalleryCharacter Character { get; }

    /// <summary>Width and height in pixels.</summary>
    public int Size { get; }

    /// <summary>Points of the face drawn last.</summary>
    public FaceLandmarks Landmarks { get; } = new();

    /// <summary>Opaque BGRA of the face drawn last, rows of <see cref="Size"/> * 4 bytes; valid until the next call.</summary>
    public ReadOnlySpan<byte> Pixels => _bitmap.GetPixelSpan();

    /// <summary>Draws the person; the picture returned is reused by the next call.</summary>
    public SKBitmap Render(in FaceParameters parameters)
    {
        _face.Update(parameters);
        SKMatrix head = HeadMatrix(parameters);
        SKMatrix body = BodyMatrix(parameters);
        _canvas.ResetMatrix();
        _canvas.Scale(_scale);
        _backdrop.Draw(_canvas);
        Under(head, () => _hair.DrawBack(_canvas, _face));
        Under(body, () => _body.Draw(_canvas));
        NeckShadow(body, head);
        Under(head, DrawHead);
        var writer = new LandmarkWriter(Landmarks.Writable, SKMatrix.CreateScale(_scale, _scale).PreConcat(head));
        writer.Write(_face);
        _bitmap.NotifyPixelsChanged();
        return _bitmap;
    }

    /// <summary>Copies the face drawn last; <paramref name="target"/> holds Size * Size * 4 bytes.</summary>
    public void CopyTo(Span<byte> target) => Pixels.CopyTo(target);

    /// <summary>PNG of the face drawn last.</summary>
    public byte[] EncodePng()
    {
        using SKData data = _bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _shadow.MaskFilter?.Dispose();
        _shadow.Dispose();
        _neck.Dispose();
        _body.Dispose();
        _backdrop.Dispose();
        _hair.Dispose();
        _glasses.Dispose();
        _beard.Dispose();
        _mouth.Dispose();
        _brows.Dispose();
        _eyes.Dispose();
        _skin.Dispose();
        _brush.Dispose();
        _canvas.Dispose();
        _bitmap.Dispose();
    }

    private static SKMatrix HeadMatrix(in FaceParameters p)
    {
        float k = 1 + p.HeadScale;
        return SKMatrix.CreateTranslation(OriginX + (p.HeadShiftX * 512), OriginY + (p.HeadShiftY * 512) - (0.8f * p.Breath))
            .PreConcat(SKMatrix.CreateRotation(p.HeadRoll, 0, NeckY))
            .PreConcat(SKMatrix.CreateScale(k, k, 0, NeckY));
    }

    private static SKMatrix BodyMatrix(in FaceParameters p) =>
        SKMatrix.CreateTranslation(OriginX + (p.HeadShiftX * 512 * 0.35f), OriginY + (p.HeadShiftY * 512 * 0.3f) - (2.2f * p.Breath))
            .PreConcat(SKMatrix.CreateScale(1 + (0.004f * p.Breath), 1, 0, 300));

    private void DrawHead()
    {
        if (!HairStyles.CoversEars(Character.Hair))
        {
            _ears.Draw(_canvas, _face, _light);
        }

        _skin.Begin(_face);
        FaceRelief.Apply(_skin, _face, _light);
        _skin.Finish();
        using (SKPath outline = Curve.Path(_face.Outline))
        {
            _canvas.Save();
            _canvas.ClipPath(outline, SKClipOperation.Intersect, true);
            _skin.Draw(_canvas);
            _hair.DrawShadow(_canvas, _face);
            _canvas.Restore();
        }

        if (!_beard.IsEmpty)
        {
            _beard.Draw(_canvas, _face);
        }

        _nose.Draw(_canvas, _face, _skin, _light);
        _mouth.Draw(_canvas, _face);
        foreach (EyeShape eye in _face.Eyes)
        {
            _eyes.Draw(_canvas, eye, _skin);
        }

        foreach (BrowShape brow in _face.Brows)
        {
            _brows.Draw(_canvas, brow);
        }

        _hair.DrawFront(_canvas, _face);
        _glasses.Draw(_canvas, _face, _light);
    }

    private void NeckShadow(SKMatrix body, SKMatrix head)
    {
        _canvas.Save();
        using var neck = new SKPath(_neck);
        neck.Transform(body);
        _canvas.ClipPath(neck, SKClipOperation.Intersect, true);
        _canvas.Concat(head);
        _canvas.Translate(-_light.Key.X * 9, 15);
        using SKPath outline = Curve.Path(_face.Outline);
        _canvas.DrawPath(outline, _shadow);
        _canvas.Restore();
    }

    private void Under(SKMatrix matrix, Action draw)
    {
        _canvas.Save();
        _canvas.Concat(matrix);
        draw();
        _canvas.Restore();
    }
}
