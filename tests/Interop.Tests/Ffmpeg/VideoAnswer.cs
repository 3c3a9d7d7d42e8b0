using System.Text.RegularExpressions;

namespace Avatar2D.Interop.Tests.Ffmpeg;

/// <summary>What a receiver says to the gateway's offer of a picture, and what it tells ffmpeg.</summary>
/// <param name="Codec">H264 or H265, as in a=rtpmap.</param>
/// <param name="PacketizationMode">RFC 6184 §5.4; null for H.265.</param>
/// <param name="Fmtp">Further parameters of the answer; may be empty.</param>
/// <param name="Attributes">Further lines of the answer; may be empty.</param>
internal sealed record VideoAnswer(string Codec, int? PacketizationMode, string Fmtp, string Attributes)
{
    /// <summary>m=video of the answer.</summary>
    /// <param name="offer">The gateway's SDP.</param>
    /// <param name="port">Where the picture shall go.</param>
    /// <param name="key">Our SRTP key; null: plain RTP.</param>
    public string Section(string offer, int port, string? key = null) =>
        $"m=video {port} {Transport(key)} {PayloadType(offer)}\r\n{Crypto(key).Replace("\n", "\r\n", StringComparison.Ordinal)}{Map(offer).Replace("\n", "\r\n", StringComparison.Ordinal)}a=recvonly\r\n{Attributes}";

    /// <summary>The file that tells ffmpeg where to listen for what.</summary>
    /// <param name="port">Where it listens.</param>
    /// <param name="payloadType">For what.</param>
    /// <param name="key">The sender's SRTP key; null: plain RTP.</param>
    public string ForFfmpeg(int port, int payloadType, string? key = null) =>
        $"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=video {port} {Transport(key)} {payloadType}\n{Crypto(key)}a=rtpmap:{payloadType} {Codec}/90000\n"
        + (PacketizationMode is { } mode ? $"a=fmtp:{payloadType} packetization-mode={mode}\n" : "");

    /// <summary>The payload type under which the gateway offers the codec, in our mode.</summary>
    public int PayloadType(string offer)
    {
        foreach (Match map in Regex.Matches(offer, @"a=rtpmap:(\d+) " + Codec + "/90000"))
        {
            string type = map.Groups[1].Value;
            Match parameters = Regex.Match(offer, $@"a=fmtp:{type} [^\r\n]*packetization-mode=(\d)");
            if (PacketizationMode is null || (parameters.Success ? parameters.Groups[1].Value : "0") == $"{PacketizationMode}")
                return int.Parse(type, System.Globalization.CultureInfo.InvariantCulture);
        }

        throw new InvalidOperationException($"{Codec} in mode {PacketizationMode} is not offered:\n{offer}");
    }

    /// <summary>The RTP port of the gateway's video line.</summary>
    public static int Port(string offer) =>
        int.Parse(Regex.Match(offer, @"m=video (\d+)").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The key that the gateway offers for AES_CM_128_HMAC_SHA1_80 on its video line.</summary>
    public static string KeyOf(string offer) =>
        Regex.Match(offer[offer.IndexOf("m=video", StringComparison.Ordinal)..], @"a=crypto:1 AES_CM_128_HMAC_SHA1_80 (\S+)").Groups[1].Value;

    private static string Transport(string? key) => key is null ? "RTP/AVP" : "RTP/SAVP";

    private static string Crypto(string? key) => key is null ? "" : $"a=crypto:1 AES_CM_128_HMAC_SHA1_80 {key}\n";

    private string Map(string offer)
    {
        int type = PayloadType(offer);
        string[] parameters = [.. new[] { PacketizationMode is { } mode ? $"packetization-mode={mode}" : "", Fmtp }.Where(text => text.Length > 0)];
        return $"a=rtpmap:{type} {Codec}/90000\n" + (parameters.Length > 0 ? $"a=fmtp:{type} {string.Join(';', parameters)}\n" : "");
    }
}
