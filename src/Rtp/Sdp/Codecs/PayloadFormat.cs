using System.Globalization;

namespace Avatar2D.Rtp.Sdp;

/// <summary>
/// One RTP payload format: what rtpmap and fmtp say of a payload type. Used for what we can do (then
/// <see cref="PayloadType"/> is the number we would like) and for what a peer wrote.
/// </summary>
/// <param name="PayloadType">0 to 127.</param>
/// <param name="EncodingName">Name of rtpmap; empty when a dynamic type came without.</param>
/// <param name="ClockRateHz">RTP clock.</param>
/// <param name="Channels">Audio channels; 1 when not written.</param>
/// <param name="Parameters">fmtp.</param>
public sealed record PayloadFormat(int PayloadType, string EncodingName, int ClockRateHz, int Channels, FormatParameters Parameters)
{
    /// <summary>The first dynamic payload type (RFC 3551 §6).</summary>
    public const int FirstDynamic = 96;

    /// <summary>The last payload type.</summary>
    public const int Last = 127;

    /// <summary>The codec by name; names are compared without case.</summary>
    public CodecKind Kind => CodecNames.KindOf(EncodingName);

    /// <summary>True for the types that carry no voice or picture of their own: events, comfort noise, packets sent again.</summary>
    public bool IsAuxiliary => Kind is CodecKind.TelephoneEvent or CodecKind.ComfortNoise or CodecKind.Rtx;

    /// <summary>The payload type whose packets an rtx format sends again (apt, RFC 4588 §8.1); null for other formats and without it.</summary>
    public int? Associated => Kind == CodecKind.Rtx && TryNumber(Parameters["apt"] ?? "", Last, out int type) ? type : null;

    /// <summary>True when the number means the same everywhere.</summary>
    public bool IsStatic => PayloadType < FirstDynamic && StaticPayloadTypes.Find(PayloadType) is not null;

    /// <summary>Value of the rtpmap attribute.</summary>
    public string RtpMap => Channels > 1
        ? string.Create(CultureInfo.InvariantCulture, $"{PayloadType} {EncodingName}/{ClockRateHz}/{Channels}")
        : string.Create(CultureInfo.InvariantCulture, $"{PayloadType} {EncodingName}/{ClockRateHz}");

    /// <summary>Same encoding, clock and channels; parameters are not looked at.</summary>
    public bool IsSameEncoding(PayloadFormat other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ClockRateHz == other.ClockRateHz && Channels == other.Channels
            && string.Equals(EncodingName, other.EncodingName, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads an rtpmap value "pt name/clock[/channels]".</summary>
    internal static bool TryParseRtpMap(string value, out PayloadFormat? format)
    {
        format = null;
        string[] words = value.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length != 2 || !TryNumber(words[0], Last, out int payloadType))
        {
            return false;
        }

        string[] parts = words[1].Split('/');
        int channels = 1;
        if (parts.Length < 2 || parts[0].Length == 0 || !TryNumber(parts[1].Trim(), 1_000_000, out int clock) || clock == 0
            || (parts.Length > 2 && !TryNumber(parts[2].Trim(), 255, out channels)))
        {
            return false;
        }

        format = new(payloadType, parts[0], clock, Math.Max(1, channels), FormatParameters.None);
        return true;
    }

    private static bool TryNumber(string text, int max, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= max;
}
