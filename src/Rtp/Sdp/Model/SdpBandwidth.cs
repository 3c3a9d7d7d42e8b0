using System.Globalization;

namespace Avatar2D.Rtp.Sdp;

/// <summary>One b= line (RFC 8866 §5.8; RFC 3556 for RS and RR; RFC 3890 for TIAS).</summary>
/// <param name="Type">AS (kbit/s with IP headers), TIAS (bit/s without), RS, RR (bit/s), CT or an extension.</param>
/// <param name="Value">Number in the unit of the type.</param>
public readonly record struct SdpBandwidth(string Type, long Value)
{
    /// <summary>Application specific, kbit/s including IP, UDP and RTP headers.</summary>
    public const string ApplicationSpecific = "AS";

    /// <summary>Transport independent, bit/s of media alone.</summary>
    public const string TransportIndependent = "TIAS";

    /// <summary>RTCP bandwidth of senders, bit/s.</summary>
    public const string RtcpSenders = "RS";

    /// <summary>RTCP bandwidth of receivers, bit/s.</summary>
    public const string RtcpReceivers = "RR";

    /// <inheritdoc/>
    public override string ToString() => $"b={Type}:{Value}";

    internal static bool TryParse(string text, out SdpBandwidth bandwidth)
    {
        bandwidth = default;
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string type = colon < 0 ? "" : text[..colon].Trim();
        if (type.Length == 0 || !long.TryParse(text.AsSpan(colon + 1).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long value))
        {
            return false;
        }

        bandwidth = new(type, value);
        return true;
    }
}
