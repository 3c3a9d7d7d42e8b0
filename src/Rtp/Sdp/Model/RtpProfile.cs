namespace Avatar2D.Rtp.Sdp;

/// <summary>Transport protocols of RTP in m-lines.</summary>
public static class RtpProfile
{
    /// <summary>Plain RTP (RFC 3551).</summary>
    public const string Avp = "RTP/AVP";

    /// <summary>RTP with feedback (RFC 4585).</summary>
    public const string Avpf = "RTP/AVPF";

    /// <summary>SRTP (RFC 3711).</summary>
    public const string Savp = "RTP/SAVP";

    /// <summary>SRTP with feedback (RFC 5124).</summary>
    public const string Savpf = "RTP/SAVPF";

    /// <summary>DTLS-SRTP (RFC 5764).</summary>
    public const string DtlsSavp = "UDP/TLS/RTP/SAVP";

    /// <summary>DTLS-SRTP with feedback (RFC 5764).</summary>
    public const string DtlsSavpf = "UDP/TLS/RTP/SAVPF";

    /// <summary>True for plain RTP, with feedback or without.</summary>
    public static bool IsPlain(string protocol) => Is(protocol, Avp) || Is(protocol, Avpf);

    /// <summary>True for SRTP keyed in SDP (RFC 4568).</summary>
    public static bool IsSdesSecure(string protocol) => Is(protocol, Savp) || Is(protocol, Savpf);

    /// <summary>True for SRTP keyed by DTLS (RFC 5764).</summary>
    public static bool IsDtlsSecure(string protocol) => Is(protocol, DtlsSavp) || Is(protocol, DtlsSavpf);

    /// <summary>True where a=crypto means something: SRTP keyed in SDP, and plain RTP that would rather be it (RFC 8643).</summary>
    public static bool MayHaveSdes(string protocol) => IsSdesSecure(protocol) || IsPlain(protocol);

    /// <summary>True for the feedback profiles.</summary>
    public static bool HasFeedback(string protocol) => protocol.EndsWith("AVPF", StringComparison.OrdinalIgnoreCase);

    private static bool Is(string protocol, string profile) => string.Equals(protocol, profile, StringComparison.OrdinalIgnoreCase);
}
