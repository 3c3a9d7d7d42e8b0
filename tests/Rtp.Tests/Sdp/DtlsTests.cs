using System.Collections.Immutable;
using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Rtp.Tests.Sdp;

/// <summary>DTLS-SRTP and ICE-lite in offers and answers: RFC 5763, RFC 8839.</summary>
public sealed class DtlsTests
{
    private static readonly string Sha256 = "sha-256 " + string.Join(':', Enumerable.Repeat("AB", 32));
    private static readonly LocalDtls Own = new(new SdpFingerprint("sha-256", string.Join(':', Enumerable.Repeat("01", 32))), "ourUser1", "ourPasswordOfTwentyFourCh");

    private static readonly ImmutableArray<LocalMedia> Lines =
    [
        new LocalMedia { Kind = MediaKind.Audio, Address = "192.0.2.1", Port = 20_000, Dtls = Own },
        new LocalMedia { Kind = MediaKind.Video, Address = "192.0.2.1", Port = 20_002, Direction = MediaDirection.SendOnly, Dtls = Own },
    ];

    private static string Offer(string attributes, string protocol = "UDP/TLS/RTP/SAVPF") =>
        $"v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\nm=audio 40000 {protocol} 0\r\n{attributes}";

    private static AnswerResult? Answer(string offer, OfferAnswerState? state = null)
    {
        Assert.True(SdpSession.TryParse(offer, out SdpSession? session, out _));
        OfferAnswer.TryCreateAnswer(state ?? OfferAnswerState.Start(1, "192.0.2.1"), session!, SdpCapabilities.Default, [Lines[0]], out AnswerResult? result, out _);
        return result;
    }

    [Theory]
    [InlineData("actpass", "passive", false)]
    [InlineData("active", "passive", false)]
    [InlineData("passive", "active", true)]
    public void TryCreateAnswer_Setup_GivesTheOtherRole(string offered, string answered, bool isClient)
    {
        AnswerResult answer = Answer(Offer($"a=rtcp-mux\r\na=fingerprint:{Sha256}\r\na=setup:{offered}\r\n"))!; // Taken: nothing is missing.
        SdpMedia line = answer.Sdp.Media[0];
        Assert.Equal(("UDP/TLS/RTP/SAVPF", answered, Own.Fingerprint.ToString()), (line.Protocol, line.Attribute("setup"), line.Attribute("fingerprint")));
        Assert.False(line.Has("ice-ufrag"));
        Assert.Null(answer.Sdp.Attribute("ice-lite"));
        NegotiatedDtls dtls = answer.Negotiated.Audio!.Dtls!; // A living line of this protocol has it.
        Assert.Equal((isClient, false, Sha256), (dtls.IsClient, dtls.UsesIce, dtls.Peer.ToString()));
    }

    [Fact]
    public void TryCreateAnswer_WithIce_IsLiteAndNamesItsCandidate()
    {
        AnswerResult answer = Answer(Offer($"a=rtcp-mux\r\na=fingerprint:{Sha256}\r\na=setup:actpass\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\n"))!; // Taken.
        SdpMedia line = answer.Sdp.Media[0];
        Assert.NotNull(answer.Sdp.Attribute("ice-lite"));
        Assert.Equal((Own.IceUser, Own.IcePassword), (line.Attribute("ice-ufrag"), line.Attribute("ice-pwd")));
        Assert.Equal("1 1 UDP 2130706431 192.0.2.1 20000 typ host", line.Attribute("candidate"));
        Assert.True(answer.Negotiated.Audio!.Dtls!.UsesIce); // A living line of this protocol has it.
    }

    [Fact]
    public void TryCreateAnswer_FingerprintOfTheSession_Holds() => Assert.NotNull(Answer(
        Offer("a=rtcp-mux\r\na=setup:actpass\r\n").Replace("t=0 0\r\n", $"t=0 0\r\na=fingerprint:{Sha256}\r\n", StringComparison.Ordinal)));

    [Theory]
    [InlineData("a=setup:actpass\r\na=fingerprint:SHA256\r\n")] // RTCP apart.
    [InlineData("a=rtcp-mux\r\na=setup:actpass\r\n")]
    [InlineData("a=rtcp-mux\r\na=setup:actpass\r\na=fingerprint:sha-1 00:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10:11:12:13\r\n")]
    [InlineData("a=rtcp-mux\r\na=setup:holdconn\r\na=fingerprint:SHA256\r\n")]
    public void TryCreateAnswer_WhatIsNotSafeOrNotClear_IsRefused(string attributes) =>
        Assert.Null(Answer(Offer(attributes.Replace("SHA256", Sha256, StringComparison.Ordinal))));

    [Fact]
    public void CreateOffer_NewVideoBesideDtls_IsDtlsToo()
    {
        AnswerResult first = Answer(Offer($"a=rtcp-mux\r\na=fingerprint:{Sha256}\r\na=setup:actpass\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\n"))!; // Taken.
        OfferResult offer = OfferAnswer.CreateOffer(first.State, SdpCapabilities.Default, Lines);
        Assert.All(offer.Sdp.Media, line => Assert.Equal(
            ("UDP/TLS/RTP/SAVPF", "actpass", Own.IceUser), (line.Protocol, line.Attribute("setup"), line.Attribute("ice-ufrag"))));
        string answer = offer.Sdp.ToString()
            .Replace("o=avatar2d", "o=peer", StringComparison.Ordinal).Replace("a=sendonly", "a=recvonly", StringComparison.Ordinal)
            .Replace("a=setup:actpass", "a=setup:active", StringComparison.Ordinal)
            .Replace(Own.Fingerprint.ToString(), Sha256, StringComparison.Ordinal);
        Assert.True(SdpSession.TryParse(answer, out SdpSession? parsed, out _));
        Assert.True(OfferAnswer.TryProcessAnswer(offer.State, parsed!, SdpCapabilities.Default, out AnsweredOffer? taken, out _));
        Assert.All([taken!.Negotiated.Audio, taken.Negotiated.Video], line => Assert.Equal(
            new NegotiatedDtls(new SdpFingerprint("sha-256", Sha256[8..]), IsClient: false, UsesIce: true), line!.Dtls));
        Assert.Equal(MediaChanges.None, taken.Negotiated.Audio!.ChangesSince(first.Negotiated.Audio) & MediaChanges.Security);
    }
}
