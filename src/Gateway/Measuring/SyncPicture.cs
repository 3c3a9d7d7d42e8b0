using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Speech;
using SkiaSharp;

namespace Avatar2D.Gateway.Measuring;

/// <summary>
/// Draws sound and mouth below each other, so that sync can be seen: the wave form with its phones above, the opening of the mouth
/// below; m, b and p stand on red, pauses on grey.
/// </summary>
internal static class SyncPicture
{
    private const int Width = 1800, Height = 640;
    private const float Margin = 24, WaveTop = 60, WaveBottom = 290, PhoneTop = 300, MouthTop = 350, MouthBottom = 600;

    /// <summary>Draws the picture as PNG.</summary>
    /// <param name="sound">What is heard.</param>
    /// <param name="phones">What it says; times from the sound's start.</param>
    /// <param name="found">Opening of the mouth that was seen, on the time of the sound.</param>
    /// <param name="wanted">Opening of the mouth that should be seen, on the same time; null for none.</param>
    /// <param name="threshold">Opening below which lips count as closed; null for no line.</param>
    public static byte[] Draw(PcmClip sound, IReadOnlyList<PhoneSpan> phones, TimedCurve found, TimedCurve? wanted, double? threshold)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Bgra8888, SKAlphaType.Premul));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        double seconds = Math.Max(0.1, sound.Duration.TotalSeconds);
        double top = Math.Max(0.05, Math.Max(found.Percentile(1) ?? 0, wanted?.Percentile(1) ?? 0)) * 1.05;
        float X(double t) => Margin + (float)(t / seconds * (Width - (2 * Margin)));
        float Y(double opening) => MouthBottom - (float)(Math.Clamp(opening / top, 0, 1) * (MouthBottom - MouthTop));

        DrawPhones(canvas, phones, X);
        DrawWave(canvas, sound, X);
        if (threshold is { } closed)
            DrawLine(canvas, [new SKPoint(X(0), Y(closed)), new SKPoint(X(seconds), Y(closed))], new SKColor(200, 60, 60), 1);
        if (wanted is not null)
            DrawCurve(canvas, wanted, seconds, X, Y, new SKColor(150, 150, 150), 2);
        DrawCurve(canvas, found, seconds, X, Y, new SKColor(20, 90, 180), 3);
        Label(canvas, "SOUND AS HEARD", Margin, 20, 14);
        Label(canvas, wanted is null ? "MOUTH OPENING AS SEEN" : "MOUTH OPENING AS SEEN - BLUE - AND AS THE MODEL MAKES IT OFFLINE - GREY", Margin, MouthTop - 20, 10);
        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static void DrawPhones(SKCanvas canvas, IReadOnlyList<PhoneSpan> phones, Func<double, float> x)
    {
        foreach (PhoneSpan phone in phones)
        {
            bool silent = PhoneTable.IsSilence(phone.Phone);
            bool closes = VisemeTable.Of(phone.Phone).First == Viseme.Closed;
            float left = x(phone.Start.TotalSeconds);
            float right = x(phone.End.TotalSeconds);
            using var band = new SKPaint
            {
                Color = silent ? new SKColor(232, 232, 232) : closes ? new SKColor(255, 214, 208) : new SKColor(250, 250, 250),
            };
            canvas.DrawRect(left, WaveTop - 10, Math.Max(1, right - left - 1), MouthBottom - WaveTop + 10, band);
            if (!silent)
                Label(canvas, phone.Phone, left + 1, PhoneTop, 9);
        }
    }

    private static void DrawWave(SKCanvas canvas, PcmClip sound, Func<double, float> x)
    {
        ReadOnlySpan<short> samples = sound.Samples.Span;
        int columns = (int)(Width - (2 * Margin));
        const float Middle = (WaveTop + WaveBottom) / 2;
        float scale = (WaveBottom - WaveTop) / 2 / 32768f;
        int loudest = 1;
        foreach (short s in samples)
            loudest = Math.Max(loudest, Math.Abs((int)s));
        scale *= 32768f / loudest;
        using var paint = new SKPaint { Color = new SKColor(40, 40, 40), StrokeWidth = 1, Style = SKPaintStyle.Stroke };
        for (int column = 0; column < columns; column++)
        {
            int from = (int)((long)column * samples.Length / columns);
            int to = Math.Max(from + 1, (int)((long)(column + 1) * samples.Length / columns));
            if (from >= samples.Length)
                break;
            short low = short.MaxValue, high = short.MinValue;
            foreach (short s in samples[from..Math.Min(to, samples.Length)])
            {
                low = Math.Min(low, s);
                high = Math.Max(high, s);
            }

            float at = x((double)from / sound.SampleRateHz);
            canvas.DrawLine(at, Middle - (high * scale), at, Middle - (low * scale) + 1, paint);
        }
    }

    private static void DrawCurve(
        SKCanvas canvas, TimedCurve curve, double seconds, Func<double, float> x, Func<double, float> y, SKColor colour, float width)
    {
        var points = new List<SKPoint>();
        for (int i = 0; i < curve.Count; i++)
        {
            if (curve.Times[i] >= 0 && curve.Times[i] <= seconds)
                points.Add(new SKPoint(x(curve.Times[i]), y(curve.Values[i])));
        }

        DrawLine(canvas, points, colour, width);
    }

    private static void DrawLine(SKCanvas canvas, List<SKPoint> points, SKColor colour, float width)
    {
        using var paint = new SKPaint { Color = colour, StrokeWidth = width, Style = SKPaintStyle.Stroke, IsAntialias = true };
        for (int i = 1; i < points.Count; i++)
            canvas.DrawLine(points[i - 1], points[i], paint);
    }

    private static void Label(SKCanvas canvas, string text, float x, float y, float height)
    {
        using var paint = new SKPaint { Color = new SKColor(60, 60, 60), StrokeWidth = height / 9, Style = SKPaintStyle.Stroke, IsAntialias = true };
        StrokeFont.Draw(canvas, text, x, y, height, paint);
    }
}
