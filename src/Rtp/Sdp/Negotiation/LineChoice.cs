using System.Collections.Immutable;

namespace Avatar2D.Rtp.Sdp;

/// <summary>What an answer does with one offered line.</summary>
internal sealed record LineChoice(
    LocalMedia? Local,
    int LocalIndex,
    MediaRejection Rejection,
    ImmutableArray<(PayloadFormat Offered, PayloadFormat Ours)> Matches,
    SdpCrypto? RemoteCrypto,
    SdpCrypto? LocalCrypto,
    NegotiatedDtls? Dtls)
{
    public static LineChoice Refuse(MediaRejection rejection) => new(null, -1, rejection, [], null, null, null);
}
