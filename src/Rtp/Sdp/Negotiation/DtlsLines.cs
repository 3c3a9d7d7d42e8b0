using System.Collections.Immutable;

namespace Avatar2D.Rtp.Sdp;

/// <summary>DTLS-SRTP and ICE in m-lines: RFC 5763 §5, RFC 8842, RFC 8839. RTCP shares the port of RTP, as in WebRTC.</summary>
internal static class DtlsLines
{
    /// <summary>Priority of a host candidate of component 1: 126 * 2^24 + 65535 * 2^8 + 255 (RFC 8445 §5.1.2).</summary>
    private const string HostPriority = "2130706431";

    /// <summary>The agreement that answers an offered line; null when it cannot be taken: no certificate named, or RTCP apart.</summary>
    /// <param name="session">The peer's description.</param>
    /// <param name="offered">The peer's line.</param>
    /// <param name="before">Our role so far, which stays where the peer leaves it open.</param>
    public static NegotiatedDtls? AnswerTo(SdpSession session, SdpMedia offered, bool? before)
    {
        bool? isClient = Setup(session, offered) switch
        {
            null or "actpass" => before ?? false, // A lite agent waits: the peer has the paths to check first.
            "active" => false,
            "passive" => true,
            _ => null,
        };
        return isClient is { } client ? Agree(session, offered, client) : null;
    }

    /// <summary>The agreement that an answer to our actpass makes; null when it makes none.</summary>
    public static NegotiatedDtls? AgreedBy(SdpSession session, SdpMedia answered)
    {
        bool? isClient = Setup(session, answered) switch
        {
            null or "active" or "actpass" => false, // baresip 1.0 answers actpass, which is no answer (RFC 5763 §5), and begins.
            "passive" => true,
            _ => null,
        };
        return isClient is { } client ? Agree(session, answered, client) : null;
    }

    /// <summary>Our attributes of a line.</summary>
    public static IEnumerable<SdpAttributeLine> Attributes(LocalMedia local, string setup, bool usesIce)
    {
        LocalDtls dtls = local.Dtls!; // Only lines that have it get here.
        yield return new("fingerprint", dtls.Fingerprint.ToString());
        yield return new("setup", setup);
        if (!usesIce)
            yield break;
        yield return new("ice-ufrag", dtls.IceUser);
        yield return new("ice-pwd", dtls.IcePassword);
        yield return new("candidate", $"1 1 UDP {HostPriority} {local.Address} {Codec.Text(local.Port)} typ host");
        yield return new("end-of-candidates");
    }

    /// <summary>The session says that we are lite where one of its lines has ICE (RFC 8839 §5.3).</summary>
    public static ImmutableArray<SdpAttributeLine> SessionAttributes(IEnumerable<SdpMedia> lines) =>
        lines.Any(line => line.Has("ice-ufrag")) ? [new("ice-lite")] : [];

    private static NegotiatedDtls? Agree(SdpSession session, SdpMedia line, bool isClient) =>
        line.RtcpMux && Fingerprint(line.Attributes) is { } own ? new(own, isClient, UsesIce(session, line))
        : line.RtcpMux && Fingerprint(session.Attributes) is { } shared ? new(shared, isClient, UsesIce(session, line)) : null;

    private static SdpFingerprint? Fingerprint(ImmutableArray<SdpAttributeLine> attributes) => SdpAttributes.FindAll(attributes, "fingerprint")
        .Select(value => SdpFingerprint.TryParse(value, out SdpFingerprint? fingerprint) ? fingerprint : null)
        .FirstOrDefault(fingerprint => fingerprint is { IsUsable: true });

    private static bool UsesIce(SdpSession session, SdpMedia line) => (line.Attribute("ice-ufrag") ?? session.Attribute("ice-ufrag")) is not null;

    private static string? Setup(SdpSession session, SdpMedia line) =>
        (line.Attribute("setup") ?? session.Attribute("setup"))?.Trim().ToLowerInvariant();
}
