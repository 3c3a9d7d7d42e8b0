using System.Collections.Immutable;
using System.Globalization;

namespace Avatar2D.Rtp.Sdp;

/// <summary>The x or y of an imageattr set (RFC 6236 §3.1): one value, a list, or a range with a step. Pixels.</summary>
/// <param name="Min">Smallest.</param>
/// <param name="Max">Largest.</param>
/// <param name="Step">Step from the smallest; 1 without.</param>
/// <param name="List">Listed values; empty for a range.</param>
public sealed record ImageRange(int Min, int Max, int Step, ImmutableArray<int> List)
{
    /// <summary>True when the size is allowed.</summary>
    public bool Contains(int value) =>
        List.IsEmpty ? value >= Min && value <= Max && (value - Min) % Step == 0 : List.Contains(value);

    /// <summary>The largest allowed size not above the limit, or null.</summary>
    public int? LargestUpTo(int limit)
    {
        if (List.IsEmpty)
        {
            return limit < Min ? null : Min + ((Math.Min(Max, limit) - Min) / Step * Step);
        }

        int? best = null;
        foreach (int value in List)
        {
            best = value <= limit && value > (best ?? 0) ? value : best;
        }

        return best;
    }

    internal static ImageRange? Parse(string text)
    {
        if (!text.StartsWith('[') || !text.EndsWith(']'))
        {
            return TryNumber(text, out int one) ? new(one, one, 1, []) : null;
        }

        string inner = text[1..^1];
        if (inner.Contains(':', StringComparison.Ordinal))
        {
            string[] bounds = inner.Split(':');
            if (bounds.Length > 3 || !TryNumber(bounds[0], out int min) || !TryNumber(bounds[^1], out int max) || max < min)
            {
                return null;
            }

            int step = 1;
            return bounds.Length == 3 && !TryNumber(bounds[1], out step) ? null : new(min, max, step, []);
        }

        var list = ImmutableArray.CreateBuilder<int>();
        foreach (string word in inner.Split(','))
        {
            if (!TryNumber(word, out int value))
            {
                return null;
            }

            list.Add(value);
        }

        return new(list.Min(), list.Max(), 1, list.ToImmutable());
    }

    private static bool TryNumber(string text, out int value) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out value) && value is > 0 and <= 65_535;
}
