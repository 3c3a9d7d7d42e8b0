using System.Text;

namespace Avatar2D.Benchmarks;

/// <summary>The messages of a usual call through a proxy.</summary>
internal static class SipSamples
{
    public const string Offer =
        "v=0\r\no=alice 2890844526 2890844526 IN IP4 192.0.2.10\r\ns=-\r\nc=IN IP4 192.0.2.10\r\nt=0 0\r\n"
        + "m=audio 49172 RTP/AVP 111 8 0 101\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 useinbandfec=1\r\na=rtpmap:8 PCMA/8000\r\n"
        + "a=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n"
        + "m=video 49174 RTP/AVP 96 97\r\nb=AS:768\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 profile-level-id=42e01f;packetization-mode=1\r\n"
        + "a=rtpmap:97 H265/90000\r\na=rtcp-fb:* nack pli\r\na=rtcp-fb:* ccm fir\r\na=sendrecv\r\n";

    private static string Head(string toTag, string method) =>
        "Via: SIP/2.0/UDP 198.51.100.1:5060;branch=z9hG4bK2d4790.1;rport\r\n"
        + "Via: SIP/2.0/UDP 192.0.2.10:5062;branch=z9hG4bKnashds8;rport=5062;received=192.0.2.10\r\n"
        + "Record-Route: <sip:198.51.100.1;lr>\r\n"
        + "From: \"Alice Example\" <sip:alice@example.com>;tag=1928301774\r\n"
        + "To: <sip:avatar@example.net>" + toTag + "\r\n"
        + "Call-ID: a84b4c76e66710@pc33.example.com\r\n"
        + "CSeq: 314159 " + method + "\r\n"
        + "Contact: <sip:alice@192.0.2.10:5062;transport=udp>\r\n";

    public static byte[] Invite { get; } = Request("INVITE", "", "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, INFO\r\n"
        + "Supported: replaces, timer, 100rel\r\nSession-Expires: 1800;refresher=uac\r\nUser-Agent: bench/1.0\r\nMax-Forwards: 69\r\n", Offer);

    public static byte[] Ack { get; } = Request("ACK", ";tag=a6c85cf", "Max-Forwards: 69\r\n", "");

    public static byte[] Ok { get; } = Encoding.UTF8.GetBytes(
        "SIP/2.0 200 OK\r\n" + Head(";tag=a6c85cf", "INVITE")
        + $"Supported: replaces, timer\r\nServer: bench/1.0\r\nContent-Type: application/sdp\r\nContent-Length: {Offer.Length}\r\n\r\n{Offer}");

    private static byte[] Request(string method, string toTag, string more, string body) => Encoding.UTF8.GetBytes(
        $"{method} sip:avatar@203.0.113.5:5060 SIP/2.0\r\n" + Head(toTag, method) + more
        + (body.Length > 0 ? "Content-Type: application/sdp\r\n" : "") + $"Content-Length: {body.Length}\r\n\r\n{body}");
}
