using System.Collections.Immutable;
using Avatar2D.Rtp.Sdp;
using Avatar2D.Rtp.Srtp;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>Joins SRTP keys in SDP (RFC 4568) and SRTP at work.</summary>
internal static class SrtpSetup
{
    /// <summary>New keys for one line, one of each suite that we have.</summary>
    public static ImmutableArray<SdpCrypto> NewCryptos() =>
        [.. SrtpSuite.All.Select((suite, index) => new SdpCrypto(index + 1, suite.Name, SrtpKey.NewInline(suite)))];

    /// <summary>The keys that a line was agreed with; null for plain RTP.</summary>
    /// <exception cref="NotSupportedException">The keys cannot be used: a bug of negotiation.</exception>
    public static SrtpKeys? KeysOf(NegotiatedMedia line) =>
        line.LocalCrypto is { } local && line.RemoteCrypto is { } remote ? new SrtpKeys(KeyOf(local), KeyOf(remote)) : null;

    private static SrtpKey KeyOf(SdpCrypto crypto) =>
        SrtpSuite.Find(crypto.Suite) is { } suite && crypto.TryReadKey(out byte[] keyAndSalt, out int mkiBytes)
            && SrtpKey.TryCreate(suite, keyAndSalt, mkiBytes, out SrtpKey? key) && key is not null
                ? key : throw new NotSupportedException($"A key of {crypto.Suite} was agreed that cannot be used.");
}
