using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Capital letters, digits and a few signs as strokes on a 4 by 6 grid: labels need no font file.</summary>
public static class StrokeFont
{
    private const float Rows = 6;
    private const float Gap = 1.8f;

    // Strokes are separated by blanks; a stroke is a row of grid points, two digits each (x, then y from the top).
    private static readonly Dictionary<char, string> Glyphs = new()
    {
        ['A'] = "06-20-46 13-33", ['B'] = "06-00-30-41-42-33-03 33-44-45-36-06", ['C'] = "41-30-10-01-05-16-36-45",
        ['D'] = "06-00-30-42-44-36-06", ['E'] = "40-00-06-46 03-33", ['F'] = "40-00-06 03-33",
        ['G'] = "41-30-10-01-05-16-36-45-43-23", ['H'] = "00-06 40-46 03-43", ['I'] = "20-26 10-30 16-36",
        ['J'] = "40-45-36-16-05", ['K'] = "00-06 40-03-46", ['L'] = "00-06-46", ['M'] = "06-00-23-40-46",
        ['N'] = "06-00-46-40", ['O'] = "10-01-05-16-36-45-41-30-10", ['P'] = "06-00-30-41-42-33-03",
        ['Q'] = "10-01-05-16-36-45-41-30-10 24-46", ['R'] = "06-00-30-41-42-33-03 23-46",
        ['S'] = "41-30-10-01-02-13-33-44-45-36-16-05", ['T'] = "00-40 20-26", ['U'] = "00-05-16-36-45-40",
        ['V'] = "00-26-40", ['W'] = "00-16-23-36-40", ['X'] = "00-46 40-06", ['Y'] = "00-23-40 23-26",
        ['Z'] = "00-40-06-46", ['0'] = "10-01-05-16-36-45-41-30-10", ['1'] = "11-20-26 16-36",
        ['2'] = "01-10-30-41-42-06-46", ['3'] = "00-40-23-34-45-36-16-05", ['4'] = "36-30-04-44", ['5'] = "40-00-02-32-43-45-36-06",
        ['6'] = "30-02-05-16-36-45-44-33-03", ['7'] = "00-40-16", ['8'] = "13-02-01-10-30-41-42-33-13-04-05-16-36-45-44-33",
        ['9'] = "16-44-41-30-10-01-02-13-43", ['.'] = "25-26", ['-'] = "13-33", ['='] = "12-32 14-34", [' '] = "",
    };

    /// <summary>True when there is such a letter, or its capital.</summary>
    public static bool Knows(char letter) => Glyphs.ContainsKey(char.ToUpperInvariant(letter));

    /// <summary>How long a text becomes, px, without the gap behind its last letter.</summary>
    public static float WidthOf(string text, float height)
    {
        ArgumentNullException.ThrowIfNull(text);
        return (text.Sum(AdvanceOf) - Gap) * height / Rows;
    }

    /// <summary>Writes <paramref name="text"/> with its top left at the point; <paramref name="height"/> in px.</summary>
    public static void Draw(SKCanvas canvas, string text, float x, float y, float height, SKPaint paint)
    {
        float unit = height / Rows;
        foreach (char letter in text.ToUpperInvariant())
        {
            if (Glyphs.TryGetValue(letter, out string? strokes))
            {
                foreach (string stroke in strokes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    SKPoint[] points = [.. stroke.Split('-').Select(p => new SKPoint(x + ((p[0] - '0') * unit), y + ((p[1] - '0') * unit)))];
                    using SKPath path = Curve.Path(points, false);
                    canvas.DrawPath(path, paint);
                }
            }

            x += unit * AdvanceOf(letter);
        }
    }

    private static float AdvanceOf(char letter) => letter == ' ' ? 3.5f : 4 + Gap;
}
