using System.Collections.Immutable;
using System.Globalization;

namespace Avatar2D.Rtp.Sdp;

/// <summary>a=imageattr (RFC 6236): picture sizes per payload type. 3GPP handsets send it. Aspect ratios (sar, par) are ignored.</summary>
/// <param name="PayloadType">Payload type, or null for *.</param>
/// <param name="Send">Sizes its writer sends; empty for "*" or none.</param>
/// <param name="Receive">Sizes its writer wants; empty for "*" or none.</param>
public sealed record ImageAttr(int? PayloadType, ImmutableArray<ImageSet> Send, ImmutableArray<ImageSet> Receive)
{
    private const int MaxSets = 32;

    /// <summary>Reads the attribute value; a malformed set makes the whole attribute void, as the RFC asks.</summary>
    public static bool TryParse(string value, out ImageAttr? image)
    {
        ArgumentNullException.ThrowIfNull(value);
        image = null;
        int? payloadType = null;
        int position = 0;
        string first = NextWord(value, ref position);
        if (first != "*")
        {
            if (!int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number > 127)
            {
                return false;
            }

            payloadType = number;
        }

        ImmutableArray<ImageSet> send = [];
        ImmutableArray<ImageSet> receive = [];
        bool receives = false;
        for (string word = NextWord(value, ref position); word.Length > 0; word = NextWord(value, ref position))
        {
            if (word is "send" or "recv")
            {
                receives = word == "recv";
            }
            else if (word != "*")
            {
                ImageSet? set = ParseSet(word);
                if (set is null || send.Length + receive.Length == MaxSets)
                {
                    return false;
                }

                (send, receive) = receives ? (send, receive.Add(set)) : (send.Add(set), receive);
            }
        }

        image = new(payloadType, send, receive);
        return true;
    }

    /// <summary>The next word, where a bracketed set counts as one.</summary>
    private static string NextWord(string text, ref int position)
    {
        while (position < text.Length && text[position] == ' ')
        {
            position++;
        }

        int start = position;
        int depth = 0;
        while (position < text.Length && (depth > 0 || text[position] != ' '))
        {
            depth += text[position] switch { '[' => 1, ']' => -1, _ => 0 };
            position++;
            if (depth == 0 && text[position - 1] == ']')
            {
                break;
            }
        }

        return text[start..position];
    }

    private static ImageSet? ParseSet(string word)
    {
        if (word.Length < 2 || word[0] != '[' || word[^1] != ']')
        {
            return null;
        }

        ImageRange? width = null;
        ImageRange? height = null;
        double preference = 0.5;
        foreach (string item in SplitOutsideBrackets(word[1..^1]))
        {
            string trimmed = item.Trim();
            if (trimmed.StartsWith("x=", StringComparison.Ordinal))
            {
                width = ImageRange.Parse(trimmed[2..]);
            }
            else if (trimmed.StartsWith("y=", StringComparison.Ordinal))
            {
                height = ImageRange.Parse(trimmed[2..]);
            }
            else if (trimmed.StartsWith("q=", StringComparison.Ordinal)
                && double.TryParse(trimmed.AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double q))
            {
                preference = Math.Clamp(q, 0, 1);
            }
        }

        return width is null || height is null ? null : new(width, height, preference);
    }

    private static IEnumerable<string> SplitOutsideBrackets(string text)
    {
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '[' => 1, ']' => -1, _ => 0 };
            if (text[i] == ',' && depth == 0)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }
}
