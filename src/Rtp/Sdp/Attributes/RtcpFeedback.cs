using System.Globalization;

namespace Avatar2D.Rtp.Sdp;

/// <summary>One a=rtcp-fb line (RFC 4585 §4.2, RFC 5104 §7).</summary>
/// <param name="PayloadType">Payload type, or null for *.</param>
/// <param name="Value">Feedback such as "nack pli" or "ccm fir", single blanks.</param>
public sealed record RtcpFeedback(int? PayloadType, string Value)
{
    /// <summary>Picture loss indication.</summary>
    public const string NackPli = "nack pli";

    /// <summary>Generic negative acknowledgement.</summary>
    public const string Nack = "nack";

    /// <summary>Full intra request.</summary>
    public const string CcmFir = "ccm fir";

    /// <summary>Temporary maximum bit rate request.</summary>
    public const string CcmTmmbr = "ccm tmmbr";

    /// <summary>Receiver estimated maximum bit rate, as browsers write it.</summary>
    public const string GoogRemb = "goog-remb";

    /// <summary>Reads the attribute value; false when it has no payload type or no feedback.</summary>
    public static bool TryParse(string value, out RtcpFeedback? feedback)
    {
        ArgumentNullException.ThrowIfNull(value);
        feedback = null;
        string[] words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2)
        {
            return false;
        }

        int? payloadType = null;
        if (words[0] != "*")
        {
            if (!int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number > 127)
            {
                return false;
            }

            payloadType = number;
        }

        feedback = new(payloadType, string.Join(' ', words[1..]));
        return true;
    }

    /// <summary>The attribute value.</summary>
    public override string ToString() => $"{PayloadType?.ToString(CultureInfo.InvariantCulture) ?? "*"} {Value}";
}
