using System.Globalization;
using System.Text.RegularExpressions;

namespace Avatar2D.Interop.Tests.Sipp;

/// <summary>SIPp's message file (-trace_msg): what went over the wire, and when.</summary>
internal static partial class SipTrace
{
    /// <summary>Reads the file's text; SIPp runs with TZ=UTC.</summary>
    public static IReadOnlyList<SipTraceMessage> Parse(string text)
    {
        var messages = new List<SipTraceMessage>();
        Match[] heads = [.. Head().Matches(text).Cast<Match>()];
        for (int i = 0; i < heads.Length; i++)
        {
            int start = heads[i].Index + heads[i].Length;
            int end = i + 1 < heads.Length ? heads[i + 1].Index : text.Length;
            DateTimeOffset time = DateTimeOffset.Parse(
                heads[i].Groups[1].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            messages.Add(new SipTraceMessage(time, heads[i].Groups[2].Value == "sent", text[start..end].Trim('\r', '\n')));
        }

        return messages;
    }

    [GeneratedRegex(@"^-{20,} (\d{4}-\d\d-\d\d.\d\d:\d\d:\d\d\.\d+)\S*\s+(?:UDP|TCP) message (sent|received)[^\n]*\n", RegexOptions.Multiline)]
    private static partial Regex Head();
}
