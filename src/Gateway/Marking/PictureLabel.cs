using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.Media;
using SkiaSharp;

namespace Avatar2D.Gateway.Marking;

/// <summary>Words in the lower left corner of pictures of one size: light letters on a dark plate that lets the picture through.</summary>
internal sealed class PictureLabel
{
    /// <summary>Letters are so high for each pixel of the picture's height, and never lower than <see cref="LeastLetterPx"/>.</summary>
    private const double LetterShare = 0.032;
    private const double LeastLetterPx = 6;
    private const float PlateKeeps = 0.45f; // Of the picture beneath.
    private const float LetterLuma = 235; // White (ITU-R BT.601, limited range).
    private const float BlackLuma = 16;

    private readonly int _x;
    private readonly int _y;
    private readonly int _width;
    private readonly int _height;
    private readonly byte[] _keep; // Part of the picture's luma that stays, of 256; chroma takes that of its upper left pixel.
    private readonly byte[] _add;

    /// <summary>Draws the plate once.</summary>
    /// <param name="text">As <see cref="CanWrite"/> takes it.</param>
    /// <param name="width">Of the pictures, pixels, even.</param>
    /// <param name="height">Of the pictures, pixels, even.</param>
    public PictureLabel(string text, int width, int height)
    {
        double letter = Math.Max(LeastLetterPx, height * LetterShare);
        letter = Math.Min(letter, letter * 0.9 * width / Math.Max(1, WidthOf(text, letter) + (2 * letter)));
        double pad = letter * 0.6;
        _width = Math.Min(width, Even(WidthOf(text, letter) + (2 * pad)));
        _height = Math.Min(height, Even(letter + (2 * pad)));
        _x = Math.Min(Even(letter * 0.5), (width - _width) & ~1);
        _y = (height - _height - Math.Min(Even(letter * 0.5), height - _height)) & ~1;
        _keep = new byte[_width * _height];
        _add = new byte[_width * _height];
        byte[] cover = Letters(text, (float)letter, (float)pad);
        for (int i = 0; i < cover.Length; i++)
        {
            float alpha = cover[i] / 255f;
            _keep[i] = (byte)(255 * PlateKeeps * (1 - alpha));
            _add[i] = (byte)(((1 - alpha) * (1 - PlateKeeps) * BlackLuma) + (alpha * LetterLuma));
        }
    }

    /// <summary>Where it stands, pixels.</summary>
    public (int X, int Y, int Width, int Height) Area => (_x, _y, _width, _height);

    /// <summary>True when there are letters for all of a text.</summary>
    public static bool CanWrite(string text) => text.All(c => StrokeFont.Knows(c));

    /// <summary>Draws it into a picture. Allocates nothing.</summary>
    public void Draw(I420View picture)
    {
        for (int row = 0; row < _height; row++)
        {
            Span<byte> luma = picture.Y.Slice(((_y + row) * picture.YStride) + _x, _width);
            ReadOnlySpan<byte> keep = _keep.AsSpan(row * _width, _width);
            ReadOnlySpan<byte> add = _add.AsSpan(row * _width, _width);
            for (int i = 0; i < luma.Length; i++)
                luma[i] = (byte)(((luma[i] * keep[i]) >> 8) + add[i]);
            if (row % 2 == 1)
                continue;
            int chroma = ((_y + row) / 2 * picture.ChromaStride) + (_x / 2);
            Fade(picture.U.Slice(chroma, _width / 2), keep);
            Fade(picture.V.Slice(chroma, _width / 2), keep);
        }
    }

    private static void Fade(Span<byte> chroma, ReadOnlySpan<byte> keep)
    {
        for (int i = 0; i < chroma.Length; i++)
            chroma[i] = (byte)(128 + (((chroma[i] - 128) * keep[2 * i]) >> 8));
    }

    private byte[] Letters(string text, float letter, float pad)
    {
        using var plate = new SKBitmap(new SKImageInfo(_width, _height, SKColorType.Gray8, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(plate);
        using var pen = new SKPaint
        {
            IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeCap = SKStrokeCap.Round, StrokeJoin = SKStrokeJoin.Round, Color = SKColors.White,
            StrokeWidth = Math.Max(1.1f, letter * 0.15f),
        };
        canvas.Clear(SKColors.Black);
        StrokeFont.Draw(canvas, text, pad, pad, letter, pen);
        byte[] cover = new byte[_width * _height];
        for (int row = 0; row < _height; row++)
            plate.GetPixelSpan().Slice(row * plate.RowBytes, _width).CopyTo(cover.AsSpan(row * _width));
        return cover;
    }

    private static double WidthOf(string text, double letter) => StrokeFont.WidthOf(text, (float)letter);

    private static int Even(double length) => Math.Max(2, (int)Math.Round(length) & ~1);
}
