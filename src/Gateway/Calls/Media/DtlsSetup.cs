using System.Security.Cryptography;
using Avatar2D.Rtp.Dtls;
using Avatar2D.Rtp.Sdp;
using Avatar2D.Rtp.Stun;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>Joins DTLS-SRTP and ICE in SDP (RFC 5763, RFC 8839) and at work.</summary>
internal static class DtlsSetup
{
    private const int UserCharacters = 8;
    private const int PasswordCharacters = 24; // 144 bits.
    private const string IceCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// <summary>Our side of a line, with new credentials.</summary>
    public static LocalDtls NewLocal(DtlsFingerprint own) => new(
        new SdpFingerprint(own.Hash, own.Value),
        RandomNumberGenerator.GetString(IceCharacters, UserCharacters),
        RandomNumberGenerator.GetString(IceCharacters, PasswordCharacters));

    /// <summary>The handshake of a line; null without one, or when the peer names its certificate by a hash that is not safe.</summary>
    /// <exception cref="NotSupportedException">The hash is MD5 or SHA-1, or no hash at all.</exception>
    public static DtlsParameters? ParametersOf(NegotiatedMedia line)
    {
        if (line.Dtls is not { } dtls)
            return null;
        return DtlsFingerprint.TryParse(dtls.Peer.Hash, dtls.Peer.Value, out DtlsFingerprint? peer) && peer is not null
            ? new DtlsParameters(peer, dtls.IsClient)
            : throw new NotSupportedException($"The peer names its certificate by {dtls.Peer.Hash}, which is not taken.");
    }

    /// <summary>Our credentials where the peer checks its paths; null without ICE.</summary>
    public static IceCredentials? IceOf(NegotiatedMedia line) =>
        line is { Dtls.UsesIce: true, Local.Dtls: { } own } ? new IceCredentials(own.IceUser, own.IcePassword) : null;
}
