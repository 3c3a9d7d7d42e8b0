using System.Text;
using System.Text.RegularExpressions;

namespace Avatar2D.Sip.Tests.Torture;

/// <summary>Turns the markup of RFC 4475 §2 (<c>allOneLine</c>, <c>hex</c>) into bytes; line ends become CRLF.</summary>
internal static partial class TortureText
{
    public static byte[] Expand(string text)
    {
        text = Long().Replace(text, match => match.Groups[1].Value.Replace("\n", "", StringComparison.Ordinal));
        text = text.Replace("\n", "\r\n", StringComparison.Ordinal);
        List<byte> bytes = [];
        int at = 0;
        foreach (Match match in Hex().Matches(text))
        {
            bytes.AddRange(Encoding.UTF8.GetBytes(text[at..match.Index]));
            bytes.AddRange(Convert.FromHexString(match.Groups[1].Value));
            at = match.Index + match.Length;
        }

        bytes.AddRange(Encoding.UTF8.GetBytes(text[at..]));
        return [.. bytes];
    }

    [GeneratedRegex("<allOneLine>\n(.*?)\n</allOneLine>", RegexOptions.Singleline)]
    private static partial Regex Long();

    [GeneratedRegex("<hex>([0-9A-F]*)</hex>")]
    private static partial Regex Hex();
}
