using System.Globalization;

namespace Avatar2D.Rtp.Sdp;

/// <summary>Makes the <see cref="PayloadFormat"/>s that we put in our own capabilities, with the payload types we like best.</summary>
public static class Codec
{
    /// <summary>G.711 µ-law, 0.</summary>
    public static PayloadFormat Pcmu { get; } = new(0, "PCMU", 8000, 1, FormatParameters.None);

    /// <summary>G.711 A-law, 8.</summary>
    public static PayloadFormat Pcma { get; } = new(8, "PCMA", 8000, 1, FormatParameters.None);

    /// <summary>G.722, 9; the clock of 8000 is an old mistake of RFC 1890 that stays.</summary>
    public static PayloadFormat G722 { get; } = new(9, "G722", 8000, 1, FormatParameters.None);

    /// <summary>Comfort noise, 13.</summary>
    public static PayloadFormat ComfortNoise { get; } = new(13, "CN", 8000, 1, FormatParameters.None);

    /// <summary>Opus, 111 by habit of the browsers; rtpmap is always opus/48000/2 (RFC 7587 §7).</summary>
    public static PayloadFormat Opus(OpusParameters? parameters = null, int payloadType = 111) =>
        new(payloadType, "opus", 48_000, 2, (parameters ?? new OpusParameters()).ToFormatParameters());

    /// <summary>AMR 102 and 103, AMR-WB 104 and 105 (RFC 4867 §8): bandwidth-efficient and octet-aligned.</summary>
    public static PayloadFormat Amr(bool wide, bool octetAligned) => new(
        (wide ? 104 : 102) + (octetAligned ? 1 : 0), wide ? "AMR-WB" : "AMR", wide ? 16_000 : 8000, 1,
        octetAligned ? FormatParameters.Parse("octet-align=1") : FormatParameters.None);

    /// <summary>Telephone events 0 to 16 (RFC 4733): 101 at 8000, 100 at 16000, 110 at 48000.</summary>
    public static PayloadFormat TelephoneEvent(int clockRateHz = 8000, string events = "0-16") =>
        new(clockRateHz switch { 8000 => 101, 16_000 => 100, _ => 110 }, "telephone-event", clockRateHz, 1, FormatParameters.Parse(events));

    /// <summary>H.264 (RFC 6184): 96 for packetization-mode 1, 97 for mode 0.</summary>
    public static PayloadFormat H264(H264Parameters parameters, int? payloadType = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new(payloadType ?? (parameters.PacketizationMode == 1 ? 96 : 97), "H264", 90_000, 1, parameters.ToFormatParameters());
    }

    /// <summary>H.265 (RFC 7798), 98.</summary>
    public static PayloadFormat H265(H265Parameters? parameters = null, int payloadType = 98) =>
        new(payloadType, "H265", 90_000, 1, (parameters ?? new H265Parameters()).ToFormatParameters());

    /// <summary>Packets of another payload type sent again (RFC 4588 §8.6), 99 or the next free one.</summary>
    /// <param name="associated">That payload type.</param>
    /// <param name="clockRateHz">Its clock.</param>
    public static PayloadFormat Rtx(int associated, int clockRateHz = 90_000) =>
        new(99, "rtx", clockRateHz, 1, FormatParameters.Parse($"apt={Text(associated)}"));

    internal static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
