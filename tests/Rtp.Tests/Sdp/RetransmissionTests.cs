using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Rtp.Tests.Sdp;

/// <summary>rtx (RFC 4588), SSRCs of it (RFC 5576) and the orientation of pictures (RFC 8285, TS 26.114) in offer and answer.</summary>
public sealed class RetransmissionTests
{
    private static readonly SdpCapabilities Capabilities = SdpCapabilities.Default with { VideoOrientation = true };

    private static readonly LocalMedia Video = Negotiation.Video() with { Source = new LocalSource(11, 22, "us@here") };

    private const string WebRtcVideo =
        "m=video 7000 RTP/AVPF 97 98 99 100\r\na=rtpmap:97 VP8/90000\r\na=rtpmap:98 rtx/90000\r\na=fmtp:98 apt=97\r\n" +
        "a=rtpmap:99 H264/90000\r\na=fmtp:99 profile-level-id=42e01f;packetization-mode=1\r\na=rtcp-fb:* nack\r\na=rtpmap:100 rtx/90000\r\na=fmtp:100 apt=99\r\n" +
        "a=extmap:4 urn:3gpp:video-orientation\r\na=recvonly\r\n";

    [Fact]
    public void Offer_OfALineWithSources_HasAnRtxForEveryCodec()
    {
        string[] lines = Offered(out _);
        Assert.Contains("m=video 20002 RTP/AVP 96 97 98 99 100 101", lines);
        Assert.Equal(
            ["a=fmtp:99 apt=96", "a=fmtp:100 apt=97", "a=fmtp:101 apt=98"], lines.Where(line => line.Contains("apt=", StringComparison.Ordinal)));
        Assert.Contains("a=ssrc-group:FID 11 22", lines);
        Assert.Contains("a=ssrc:11 cname:us@here", lines);
        Assert.Contains("a=ssrc:22 cname:us@here", lines);
        Assert.Contains("a=extmap:1 urn:3gpp:video-orientation", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("a=rtcp-fb:99", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("96 99", "a=rtpmap:99 rtx/90000\r\na=fmtp:99 apt=96\r\n", 99)]
    [InlineData("96", "", null)] // Refused.
    [InlineData("96 100", "a=rtpmap:100 rtx/90000\r\na=fmtp:100 apt=97\r\n", null)] // Of a codec that was not taken.
    [InlineData("96 99", "a=rtpmap:99 rtx/90000\r\n", null)] // Of nothing.
    public void Process_AnswerToOurOffer_RtxOnlyOfTheCodecInUse(string formats, string attributes, int? payloadType)
    {
        Offered(out OfferAnswerState state);
        NegotiatedMedia video = Answered(state, Line(formats) + attributes);
        Assert.Equal(payloadType, video.Retransmission?.SendPayloadType);
        Assert.Single(video.Codecs);
    }

    [Theory]
    [InlineData("a=extmap:1 urn:3gpp:video-orientation\r\n", 1)]
    [InlineData("", null)] // Refused.
    [InlineData("a=extmap:2 urn:3gpp:video-orientation\r\n", null)] // Another identifier than was offered.
    [InlineData("a=extmap:1 urn:ietf:params:rtp-hdrext:toffset\r\n", null)]
    public void Process_AnswerToOurOffer_OrientationUnderTheOfferedIdentifier(string attributes, int? id)
    {
        Offered(out OfferAnswerState state);
        Assert.Equal(id, Answered(state, Line("96") + attributes).OrientationId);
    }

    [Fact]
    public void Answer_ToOfferWithRtxAndOrientation_TakesTheOfferedNumbers()
    {
        AnswerResult answer = Answer(SdpSamples.SippAudio + WebRtcVideo, Video);
        string[] lines = [.. Negotiation.Lines(answer.Sdp.Media[1])];
        Assert.Equal("m=video 20002 RTP/AVPF 99 100", lines[0]);
        Assert.Contains("a=fmtp:100 apt=99", lines);
        Assert.Contains("a=ssrc-group:FID 11 22", lines);
        Assert.Contains("a=extmap:4 urn:3gpp:video-orientation", lines);
        Assert.Contains("a=rtcp-fb:99 nack", lines);
        Assert.DoesNotContain("a=rtcp-fb:100 nack", lines);
        NegotiatedMedia video = answer.Negotiated.Video!;
        Assert.Equal((100, 4), (video.Retransmission?.SendPayloadType, video.OrientationId));

        // Our next offer keeps what the numbers mean.
        OfferResult again = OfferAnswer.CreateOffer(answer.State, Capabilities, [Negotiation.Audio(), Video]);
        string next = again.Sdp.Media[1].ToString();
        Assert.Contains("a=fmtp:100 apt=99\r\n", next, StringComparison.Ordinal);
        Assert.Contains("a=extmap:4 urn:3gpp:video-orientation\r\n", next, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_ToOfferWithoutThem_HasNeither()
    {
        AnswerResult answer = Answer(SdpSamples.SippAudio + Negotiation.VideoAnswer, Video);
        string line = answer.Sdp.Media[1].ToString();
        Assert.DoesNotContain("rtx", line, StringComparison.Ordinal);
        Assert.DoesNotContain("a=ssrc", line, StringComparison.Ordinal);
        Assert.DoesNotContain("extmap", line, StringComparison.Ordinal);
        Assert.Equal((null, null), (answer.Negotiated.Video!.Retransmission, answer.Negotiated.Video.OrientationId));
    }

    [Fact]
    public void Answer_OfALineWithoutSources_TakesNoRtx()
    {
        AnswerResult answer = Answer(SdpSamples.SippAudio + WebRtcVideo, Negotiation.Video());
        Assert.DoesNotContain("rtx", answer.Sdp.Media[1].ToString(), StringComparison.Ordinal);
        Assert.Null(answer.Negotiated.Video!.Retransmission);
    }

    [Theory]
    [InlineData("a=extmap:15 urn:3gpp:video-orientation", false)] // Needs two-byte headers.
    [InlineData("a=extmap:4097 urn:3gpp:video-orientation", false)] // Provisional, RFC 8285 §8.
    [InlineData("a=extmap:3/recvonly urn:3gpp:video-orientation", true)]
    public void Answer_IdentifiersAndDirections_TakenWhereOneByteHeadersDo(string attribute, bool taken)
    {
        AnswerResult answer = Answer(SdpSamples.SippAudio + Negotiation.VideoAnswer + attribute + "\r\n", Video);
        Assert.Equal(taken, answer.Sdp.Media[1].ToString().Contains("a=extmap:3/sendonly urn:3gpp:video-orientation\r\n", StringComparison.Ordinal));
    }

    private static string Line(string formats) =>
        $"m=video 7000 RTP/AVP {formats}\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 profile-level-id=42e01f;packetization-mode=1\r\na=recvonly\r\n";

    private static string[] Offered(out OfferAnswerState state)
    {
        AnswerResult call = Negotiation.Answer(Negotiation.Start(), SdpSamples.SippAudio, Negotiation.Audio());
        OfferResult offer = OfferAnswer.CreateOffer(call.State, Capabilities, [Negotiation.Audio(), Video]);
        state = offer.State;
        return [.. Negotiation.Lines(offer.Sdp.Media[1])];
    }

    private static NegotiatedMedia Answered(OfferAnswerState state, string video)
    {
        Assert.True(OfferAnswer.TryProcessAnswer(state, SdpSamples.Parse(SdpSamples.SippAudio + video), Capabilities, out AnsweredOffer? result, out _));
        return result!.Negotiated.Video!;
    }

    private static AnswerResult Answer(string offer, LocalMedia video)
    {
        Assert.True(OfferAnswer.TryCreateAnswer(
            Negotiation.Start(), SdpSamples.Parse(offer), Capabilities, [Negotiation.Audio(), video], out AnswerResult? result, out OfferAnswerError error), error.ToString());
        return result!;
    }
}
