using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Overview pictures of a character.</summary>
public static class ContactSheet
{
    private const int Columns = 4;
    private const int CellWidth = 210;
    private const int CellHeight = 236;

    private static readonly (Viseme Viseme, string Label)[] Cells =
    [
        (Viseme.Rest, "Rest"), (Viseme.Closed, "P B M"), (Viseme.LipTeeth, "F V"), (Viseme.TongueTeeth, "TH DH"),
        (Viseme.Ridge, "T D N L"), (Viseme.Hiss, "S Z"), (Viseme.Hush, "SH CH"), (Viseme.Open, "AA"),
        (Viseme.Broad, "AE EH"), (Viseme.Spread, "IY IH"), (Viseme.RoundOpen, "AO"), (Viseme.RoundTight, "UW W"),
    ];

    /// <summary>PNG of twelve labelled visemes, 840 by 708 pixels.</summary>
    public static byte[] Render(GalleryCharacter character)
    {
        using var renderer = new GalleryRenderer(character, 448);
        using var sheet = new SKBitmap(new SKImageInfo(Columns * CellWidth, 3 * CellHeight, SKColorType.Bgra8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(sheet);
        using var paint = new SKPaint
        {
            IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeCap = SKStrokeCap.Round, StrokeJoin = SKStrokeJoin.Round,
        };
        for (int i = 0; i < Cells.Length; i++)
        {
            SKBitmap face = renderer.Render(VisemeTable.Shape(Cells[i].Viseme));
            float x = i % Columns * CellWidth;
            float y = i / Columns * CellHeight;
            canvas.Save();
            canvas.ClipRect(SKRect.Create(x, y, CellWidth, CellHeight));
            canvas.DrawBitmap(face, x - ((448 - CellWidth) / 2), y - 92, new SKSamplingOptions(SKFilterMode.Linear));
            canvas.Restore();
            paint.Color = new SKColor(0, 0, 0, 150);
            paint.StrokeWidth = 4;
            StrokeFont.Draw(canvas, Cells[i].Label, x + 9, y + 10, 12, paint);
            paint.Color = SKColors.White;
            paint.StrokeWidth = 1.7f;
            StrokeFont.Draw(canvas, Cells[i].Label, x + 9, y + 10, 12, paint);
        }

        using SKData data = sheet.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>PNG of the resting face.</summary>
    public static byte[] Still(GalleryCharacter character, int size = 512)
    {
        using var renderer = new GalleryRenderer(character, size);
        renderer.Render(default);
        return renderer.EncodePng();
    }
}
