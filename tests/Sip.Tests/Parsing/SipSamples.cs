using System.Text;

namespace Avatar2D.Sip.Tests.Parsing;

/// <summary>Messages for the parser tests.</summary>
internal static class SipSamples
{
    /// <summary>A small good request with room for more headers.</summary>
    public static byte[] Options(string extraHeaders = "", string body = "", int? length = null) => Encoding.UTF8.GetBytes(
        "OPTIONS sip:bob@example.com SIP/2.0\r\n" +
        "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1;rport\r\n" +
        "From: <sip:alice@example.com>;tag=1\r\n" +
        "To: <sip:bob@example.com>\r\n" +
        "Call-ID: 1@192.0.2.1\r\n" +
        "CSeq: 1 OPTIONS\r\n" +
        "Max-Forwards: 70\r\n" +
        extraHeaders +
        $"Content-Length: {length ?? Encoding.UTF8.GetByteCount(body)}\r\n\r\n" + body);

    /// <summary>The small request with one text replaced.</summary>
    public static byte[] Changed(string old, string other) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Options()).Replace(old, other, StringComparison.Ordinal));
}
