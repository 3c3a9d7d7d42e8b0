namespace Avatar2D.Gateway.Options;

/// <summary>Finds what somebody probably meant by a mistyped name.</summary>
internal static class NearestName
{
    /// <summary>The name at the smallest edit distance, if that is at most a third of the written length.</summary>
    /// <param name="written">What was typed, such as <c>Vidio:Width</c>.</param>
    /// <param name="names">Names that exist.</param>
    /// <returns>Null when nothing is near.</returns>
    public static string? Of(string written, IEnumerable<string> names)
    {
        string[] all = [.. names];
        string key = Last(written);
        string? sameKey = Array.Find(all, n => Last(n).Equals(key, StringComparison.OrdinalIgnoreCase));
        string? nearest = all.MinBy(n => Distance(written, n));
        if (nearest is not null && Distance(written, nearest) <= Math.Max(2, written.Length / 3))
            return nearest;
        return sameKey;
    }

    // Levenshtein, two rows, ignoring case.
    private static int Distance(string a, string b)
    {
        int[] before = [.. Enumerable.Range(0, b.Length + 1)];
        int[] now = new int[b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
        {
            now[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int change = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                now[j] = Math.Min(Math.Min(now[j - 1], before[j]) + 1, before[j - 1] + change);
            }

            (before, now) = (now, before);
        }

        return before[b.Length];
    }

    private static string Last(string path) => path[(path.LastIndexOf(':') + 1)..];
}
