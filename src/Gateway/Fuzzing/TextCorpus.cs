using System.Text;

namespace Avatar2D.Gateway.Fuzzing;

/// <summary>Good SIP and SDP, and words that hurt.</summary>
internal static class TextCorpus
{
    private const string Handset =
        "v=0\r\no=user 53655765 2353687637 IN IP4 192.0.2.5\r\ns=-\r\nc=IN IP4 192.0.2.5\r\nb=AS:700\r\nt=0 0\r\n" +
        "m=audio 7078 RTP/AVP 96 9 8 0 13 101\r\na=rtpmap:96 opus/48000/2\r\na=fmtp:96 useinbandfec=1;cbr=0\r\na=rtpmap:101 telephone-event/8000\r\n" +
        "a=fmtp:101 0-16\r\na=ptime:20\r\na=maxptime:60\r\na=sendrecv\r\n" +
        "m=video 9078 RTP/AVPF 97 98 99\r\nb=AS:512\r\na=rtpmap:97 H264/90000\r\na=fmtp:97 profile-level-id=42e01f;packetization-mode=1;max-mbps=40500\r\n" +
        "a=rtpmap:98 H265/90000\r\na=fmtp:98 profile-id=1;level-id=93\r\na=rtcp-fb:* nack pli\r\na=rtcp-fb:* nack\r\na=rtcp-fb:97 ccm fir\r\n" +
        "a=rtpmap:99 rtx/90000\r\na=fmtp:99 apt=97;rtx-time=3000\r\na=extmap:7/recvonly urn:3gpp:video-orientation\r\n" +
        "a=ssrc-group:FID 11 12\r\na=ssrc:11 cname:x\r\na=ssrc:12 cname:x\r\n" +
        "a=imageattr:97 recv [x=240,y=320,q=0.5] [x=[64:16:640],y=480]\r\na=framerate:15\r\na=recvonly\r\n";

    private const string Secure =
        "v=0\r\no=- 1 1 IN IP6 2001:db8::1\r\ns=-\r\nc=IN IP6 2001:db8::1\r\nt=0 0\r\na=group:BUNDLE 0 1\r\n" +
        "m=audio 24580 RTP/SAVP 0 111\r\na=mid:0\r\na=rtpmap:111 AMR-WB/16000\r\na=fmtp:111 octet-align=1;mode-set=0,2\r\n" +
        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0|2^20|1:4\r\na=rtcp:24581 IN IP6 2001:db8::1\r\n" +
        "a=curr:qos local none\r\na=des:qos mandatory local sendrecv\r\na=extmap:1 urn:3gpp:video-orientation\r\na=rtcp-mux\r\n" +
        "m=video 0 RTP/SAVP 97\r\na=mid:1\r\n";

    /// <summary>Offers and answers.</summary>
    public static IReadOnlyList<byte[]> Sdp { get; } = [Bytes(Handset), Bytes(Secure), Bytes("v=0\no=a 1 1 IN IP4 h\ns= \nt=0 0\nm=audio 4 RTP/AVP 0")];

    /// <summary>Lines and values.</summary>
    public static IReadOnlyList<byte[]> SdpWords { get; } =
    [
        .. new[]
        {
            "m=video 4 RTP/AVP 97\r\n", "m=audio 0 RTP/AVP\r\n", "c=IN IP4 0.0.0.0\r\n", "a=sendonly\r\n", "a=rtpmap:97 H264/90000\r\n", "a=fmtp:97 ;;=;\r\n",
            "b=AS:99999999999\r\n", "a=imageattr:97 recv [x=[1:1:9],y=[[[\r\n", "a=rtcp:\r\n", "a=ptime:999999\r\n", "a=rtcp-fb:* nack pli\r\n", "=", ":", "65536",
            "-1", "\0", "\u00e9", "[", "]", ",", "|", ";", "99999999999999999999", "a=framerate:0.0001\r\n", "a=framerate:NaN\r\n", "a=fmtp:99 apt=99\r\n", "a=ssrc-group:FID 11\r\n", "a=ssrc:4294967296 cname:\r\n", "a=extmap:0 x\r\n", "a=rtpmap:128 x/1\r\n",
            "a=rtpmap:96 opus/48000/255\r\n", "a=mid:x\r\n", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x\r\n", "RTP/SAVP", "telephone-event/8000", "\r\n", "\n",
            "profile-level-id=ffffff;max-mbps=2147483647;max-fs=2147483647", "a=inactive\r\n", "a=des:qos mandatory\r\n", "UDP/TLS/RTP/SAVPF",
        }.Select(Bytes),
    ];

    /// <summary>Requests and responses.</summary>
    public static IReadOnlyList<byte[]> Sip { get; } =
    [
        Bytes(
            "INVITE sip:avatar@192.0.2.9:5060;transport=udp SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1:5070;branch=z9hG4bKabc;rport, SIP/2.0/TCP [2001:db8::9]:5060;branch=z9hG4bK1\r\n" +
            "From: \"A. \\\"User\\\"\" <sip:alice@example.com;user=phone>;tag=1\r\nTo: <sip:avatar@example.com>\r\nCall-ID: 1@192.0.2.1\r\nCSeq: 1 INVITE\r\n" +
            "Max-Forwards: 70\r\nContact: <sip:alice@192.0.2.1:5070;ob>;+sip.instance=\"<urn:uuid:0>\";expires=60\r\nRecord-Route: <sip:192.0.2.1;lr>, <sip:proxy;lr>\r\n" +
            "Supported: 100rel, timer,replaces\r\nSession-Expires: 1800;refresher=uac\r\nMin-SE: 90\r\nP-Asserted-Identity: <tel:+15551234;phone-context=x>\r\n" +
            "Allow: INVITE, ACK, CANCEL, BYE, UPDATE\r\nReason: Q.850;cause=16;text=\"x\"\r\nContent-Type: application/sdp;charset=utf-8\r\n" +
            $"Content-Length: {Handset.Length}\r\n\r\n{Handset}"),
        Bytes(
            "SIP/2.0 401 Unauthorized\r\nv: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1;received=192.0.2.7;rport=5060\r\nf: sip:a@b;tag=1\r\nt: <sip:c@d>;tag=2\r\ni: x\r\n" +
            "CSeq: 4294967295 REGISTER\r\nWWW-Authenticate: Digest realm=\"a\", nonce=\"b\", qop=\"auth,auth-int\", algorithm=SHA-256, stale=TRUE\r\n" +
            "Retry-After: 5 (busy) ;duration=60\r\nRAck: 1 2 INVITE\r\nRSeq: 9\r\nWarning: 399 host \"x\"\r\nl: 0\r\n\r\n"),
        Bytes(
            "ACK sips:%61%00@[::ffff:1.2.3.4]:5061;lr;maddr=239.1.1.1?subject=a&b=c SIP/2.0\r\nVia: SIP / 2.0 / TLS\r\n h:1 ;branch=z9hG4bK;ttl=1\r\nFrom: <sip:a@b>;tag=q\r\n" +
            "To: <sip:a@b>\r\nCall-ID: y\r\nCSeq: 0 ACK\r\nMax-Forwards: 0\r\nContent-Length: 0\r\n\r\n"),
        Bytes(
            "INFO sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK7\r\nFrom: <sip:a@b>;tag=q\r\nTo: <sip:a@b>;tag=z\r\nCall-ID: y\r\nCSeq: 7 INFO\r\nMax-Forwards: 7\r\n" +
            "Content-Type: multipart/mixed;boundary=\"b b\"\r\nContent-Length: 60\r\n\r\n--b b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n\r\n--b b--\r\n"),
    ];

    /// <summary>Delimiters, folds, numbers at their ends, names.</summary>
    public static IReadOnlyList<byte[]> SipWords { get; } =
    [
        .. new[]
        {
            "\r\n", "\r\n\r\n", "\r", "\n", "\r\n ", "\0", ":", ";", ",", "\"", "\\", "<", ">", "@", "%", "%00", "[", "]", "[::", "?", "=", "(", ")", " ", "\t", "*", "-1",
            "4294967296", "99999999999999999999", "\u00ff", "Via: ", "l: 10\r\n", "SIP/2.0", "sip:", "tel:", ";tag=x", ":::", "Content-Length: 1\r\n", "z9hG4bK",
        }.Select(Encoding.Latin1.GetBytes),
        [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98, 0x80],
    ];

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
