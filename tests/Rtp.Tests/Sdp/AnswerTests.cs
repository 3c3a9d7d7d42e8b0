using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Rtp.Tests.Sdp;

public class AnswerTests
{
    private const string Head = "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\n";

    [Fact]
    public void Answer_SippAudio_IsWhole()
    {
        AnswerResult result = Negotiation.Answer(Negotiation.Start(), SdpSamples.SippAudio, Negotiation.Audio());

        Assert.Equal(
            "v=0\r\no=avatar2d 42 1 IN IP4 10.9.9.9\r\ns=-\r\nc=IN IP4 10.9.9.9\r\nt=0 0\r\n" +
            "m=audio 20000 RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n" +
            "a=ptime:20\r\na=sendrecv\r\n",
            result.Sdp.ToString());
        NegotiatedMedia audio = result.Negotiated.Audio!;
        Assert.Equal((CodecKind.Pcmu, 0, 0), (audio.Codec!.Kind, audio.Codec.SendPayloadType, audio.Codec.ReceivePayloadType));
        Assert.Equal((101, "0-15"), (audio.TelephoneEvent!.SendPayloadType, audio.Events.ToString()));
        Assert.Equal(("127.0.0.1:6000", "127.0.0.1:6001"), (audio.RemoteRtp!.ToString(), audio.RemoteRtcp!.ToString()));
        Assert.Equal((MediaDirection.SendRecv, false, 20, 0, 0), (audio.Direction, audio.RemoteHold, audio.PacketTimeMs, audio.Index, audio.LocalIndex));
        Assert.False(result.Negotiated.RemoteAcceptedVideo);
    }

    [Theory]
    [InlineData("Linphone", CodecKind.Opus, 96, 101, CodecKind.H264, 97, 0)]
    [InlineData("Baresip", CodecKind.Pcmu, 0, 101, CodecKind.H264, 97, 0)]
    [InlineData("AndroidIms", CodecKind.Pcmu, 108, 100, CodecKind.H264, 114, 1)]
    [InlineData("Asterisk", CodecKind.Pcmu, 0, 101, CodecKind.H264, 99, 0)]
    public void Answer_RealPeerWithVideo_PicksPayloadTypesPerLine(
        string name, CodecKind voice, int voiceType, int events, CodecKind picture, int pictureType, int mode)
    {
        string offer = SdpSamples.All.First(row => row.Data.Item1 == name).Data.Item2;
        AnswerResult result = Negotiation.Answer(Negotiation.Start(), offer, Negotiation.Audio(), Negotiation.Video());

        NegotiatedMedia audio = result.Negotiated.Audio!;
        NegotiatedMedia video = result.Negotiated.Video!;
        Assert.Equal((voice, voiceType, events), (audio.Codec!.Kind, audio.Codec.SendPayloadType, audio.TelephoneEvent!.SendPayloadType));
        Assert.Equal((picture, pictureType, mode), (video.Codec!.Kind, video.Codec.SendPayloadType, video.Codec.PacketizationMode));
        Assert.Equal(MediaDirection.SendOnly, video.Direction);
        Assert.Equal([20_000, 20_002], result.Sdp.Media.Select(line => line.Port));
    }

    [Theory]
    [InlineData("42c00c", "", "42c00c", "1.2")]
    [InlineData("42801F", "", "42801f", "3.1")]
    [InlineData("42001f", "", "42001f", "3.1")]
    [InlineData("42e01f", "", "42e01f", "3.1")]
    [InlineData("42e028", "", "42e01f", "3.1")]
    [InlineData("42e028", ";level-asymmetry-allowed=1", "42e01f", "4")]
    [InlineData("42c00c", ";level-asymmetry-allowed=1", "42c00c", "1.2")]
    [InlineData("42c00c", ";level-asymmetry-allowed=1;max-recv-level=e01f", "42c00c", "3.1")]
    [InlineData("4d001f", "", "4d001f", "3.1")]
    [InlineData("640c1f", "", "640c1f", "3.1")]
    public void Answer_ProfileLevelId_MirrorsTheProfileAndLowersTheLevel(string offered, string more, string answered, string sendLevel)
    {
        AnswerResult result = Negotiation.Answer(Negotiation.Start(), VideoOffer($"profile-level-id={offered};packetization-mode=1{more}"), Negotiation.Video());

        H264Parameters ours = H264Parameters.From(result.Sdp.Media[0].PayloadFormats()[0].Parameters);
        Assert.Equal(answered, ours.ProfileLevelId!.Value.ToString());
        Assert.Equal(more.Length > 0, ours.LevelAsymmetryAllowed);
        Assert.Equal(sendLevel, result.Negotiated.Video!.Codec!.SendProfileLevel!.Value.Level!.Name);
    }

    [Fact]
    public void Answer_AsymmetricLevelAndWeReceive_TellsOurOwnLevel()
    {
        string offer = VideoOffer("profile-level-id=42c00c;packetization-mode=1;level-asymmetry-allowed=1");
        AnswerResult result = Negotiation.Answer(Negotiation.Start(), offer, Negotiation.Video(direction: MediaDirection.SendRecv));

        Assert.Contains("profile-level-id=42c01f", result.Sdp.ToString(), StringComparison.Ordinal);
        Assert.Equal("1.2", result.Negotiated.Video!.Codec!.SendProfileLevel!.Value.Level!.Name);
    }

    [Fact]
    public void Answer_BrowserVideoFormats_PicksConstrainedBaselineInModeOne()
    {
        string offer = SdpSamples.Browser.Replace("UDP/TLS/RTP/SAVPF", "RTP/AVPF", StringComparison.Ordinal);
        AnswerResult result = Negotiation.Answer(Negotiation.Start(), offer, Negotiation.Audio(), Negotiation.Video());

        NegotiatedMedia video = result.Negotiated.Video!;
        Assert.Equal((106, 1, "RTP/AVPF"), (video.Codec!.SendPayloadType, video.Codec.PacketizationMode, video.Protocol));
        Assert.Equal(["nack pli", "ccm fir"], video.Feedback);
        Assert.True(video.RtcpMux);
        Assert.Equal(video.RemoteRtp, video.RemoteRtcp);
        Assert.Equal("RTP/AVPF", result.Sdp.Media[1].Protocol);
        Assert.Equal("1", result.Sdp.Media[1].Mid);
        Assert.Equal([110], result.Sdp.Media[0].PayloadFormats().Where(format => format.Kind == CodecKind.TelephoneEvent).Select(format => format.PayloadType));
    }

    [Fact]
    public void Answer_DtlsOffer_IsRefusedAsAWhole()
    {
        Assert.False(OfferAnswer.TryCreateAnswer(
            Negotiation.Start(), SdpSamples.Parse(SdpSamples.Browser), Negotiation.Capabilities, [Negotiation.Audio()], out AnswerResult? result, out OfferAnswerError error));
        Assert.Null(result);
        Assert.Equal(OfferAnswerError.NothingAcceptable, error);
    }

    [Fact]
    public void Answer_SrtpOffer_AnswersTheSuiteWeHaveUnderItsTag()
    {
        var ours = new SdpCrypto(0, "AES_CM_128_HMAC_SHA1_32", "inline:b3VycyBvdXJzIG91cnMgb3VycyBvdXJzIG91cnMh");
        LocalMedia local = Negotiation.Audio() with { Cryptos = [ours] };
        AnswerResult result = Negotiation.Answer(Negotiation.Start(), SdpSamples.FreeSwitch, local);

        NegotiatedMedia audio = result.Negotiated.Audio!;
        Assert.Equal((2, ours.Suite), (audio.RemoteCrypto!.Tag, audio.RemoteCrypto.Suite));
        Assert.Equal($"2 {ours.Suite} {ours.KeyParameters}", result.Sdp.Media[0].Attribute("crypto"));
        Assert.Equal(ours with { Tag = 2 }, audio.LocalCrypto);
        Assert.Equal("RTP/SAVP", result.Sdp.Media[0].Protocol);

        Assert.False(OfferAnswer.TryCreateAnswer(
            Negotiation.Start(), SdpSamples.Parse(SdpSamples.FreeSwitch), Negotiation.Capabilities, [Negotiation.Audio()], out _, out OfferAnswerError error));
        Assert.Equal(OfferAnswerError.NothingAcceptable, error);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("a=crypto:1 AES_CM_128_HMAC_SHA1_32 inline:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0\r\n", true)]
    [InlineData("a=crypto:1 AES_CM_128_HMAC_SHA1_32 inline:QUJD\r\n", false)] // A key of the wrong length.
    [InlineData("a=crypto:1 AES_CM_128_HMAC_SHA1_32 inline:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0 UNENCRYPTED_SRTP\r\n", false)]
    public void Answer_KeysOnAPlainTransport_AreTakenWhereTheyCanBe(string crypto, bool encrypted)
    {
        var ours = new SdpCrypto(0, "AES_CM_128_HMAC_SHA1_32", "inline:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM5");
        LocalMedia local = Negotiation.Audio() with { Cryptos = [ours] };
        AnswerResult result = Negotiation.Answer(Negotiation.Start(), SdpSamples.SippAudio + crypto, local);

        Assert.Equal("RTP/AVP", result.Sdp.Media[0].Protocol);
        Assert.Equal(encrypted, result.Sdp.Media[0].Has("crypto"));
        Assert.Equal(encrypted, result.Negotiated.Audio!.RemoteCrypto is not null);
        Assert.Equal(
            encrypted,
            OfferAnswer.TryCreateAnswer(
                Negotiation.Start(), SdpSamples.Parse(SdpSamples.SippAudio + crypto), Negotiation.Capabilities with { RequireSrtp = true }, [local], out _, out _));

        // What was agreed holds for our next offer too, and for the picture that it adds.
        OfferResult offer = Negotiation.Offer(result.State, local, Negotiation.Video() with { Cryptos = [ours] });
        Assert.All(offer.Sdp.Media, line => Assert.Equal(("RTP/AVP", encrypted), (line.Protocol, line.Has("crypto"))));
    }

    [Fact]
    public void Answer_UnknownAndSurplusLines_AreRefusedInPlace()
    {
        string offer = Head + "m=application 5000 UDP/BFCP *\r\nm=audio 4000 RTP/AVP 0\r\nm=audio 4002 RTP/AVP 8\r\n" +
            "m=video 4004 RTP/AVP 34\r\nm=video 0 RTP/AVP 97\r\nm=image 4006 udptl t38\r\n";
        AnswerResult result = Negotiation.Answer(Negotiation.Start(), offer, Negotiation.Audio(), Negotiation.Video());

        Assert.Equal([0, 20_000, 0, 0, 0, 0], result.Sdp.Media.Select(line => line.Port));
        Assert.Equal(
            [MediaRejection.UnknownMedia, MediaRejection.None, MediaRejection.NotWanted, MediaRejection.NoCommonCodec, MediaRejection.ByPeer, MediaRejection.UnknownMedia],
            result.Negotiated.Media.Select(line => line.Rejection));
        Assert.Equal(["*"], result.Sdp.Media[0].Formats);
        Assert.Equal("udptl", result.Sdp.Media[5].Protocol);
    }

    [Fact]
    public void Answer_TwoLinesOfAKind_TakesTheFirstThatFits()
    {
        string offer = Head + "m=audio 4000 RTP/SAVP 0\r\na=crypto:1 X inline:a\r\nm=audio 4002 RTP/AVP 0\r\n";
        AnswerResult result = Negotiation.Answer(Negotiation.Start(), offer, Negotiation.Audio());

        Assert.Equal([0, 20_000], result.Sdp.Media.Select(line => line.Port));
        Assert.Equal(MediaRejection.Protocol, result.Negotiated.Media[0].Rejection);
        Assert.Equal(1, result.Negotiated.Audio!.Index);
    }

    [Theory]
    [InlineData("a=sendrecv", MediaDirection.SendRecv, "sendrecv", false)]
    [InlineData("a=sendonly", MediaDirection.SendRecv, "recvonly", true)]
    [InlineData("a=recvonly", MediaDirection.SendRecv, "sendonly", false)]
    [InlineData("a=inactive", MediaDirection.SendRecv, "inactive", true)]
    [InlineData("", MediaDirection.SendRecv, "sendrecv", false)]
    [InlineData("", MediaDirection.SendOnly, "sendonly", false)]
    [InlineData("a=sendonly", MediaDirection.SendOnly, "inactive", true)]
    [InlineData("c=IN IP4 0.0.0.0", MediaDirection.SendRecv, "recvonly", true)]
    [InlineData("c=IN IP4 0.0.0.0\r\na=sendonly", MediaDirection.SendRecv, "recvonly", true)]
    [InlineData("c=IN IP4 0.0.0.0\r\na=inactive", MediaDirection.SendRecv, "inactive", true)]
    [InlineData("a=sendrecv\r\na=sendonly", MediaDirection.SendRecv, "recvonly", true)]
    public void Answer_Direction_IsTheMirrorWithinOurs(string lines, MediaDirection ours, string expected, bool hold)
    {
        string offer = Head + "m=audio 4000 RTP/AVP 0\r\n" + lines + "\r\n";
        AnswerResult result = Negotiation.Answer(Negotiation.Start(), offer, Negotiation.Audio(direction: ours));

        Assert.True(result.Sdp.Media[0].Has(expected));
        Assert.Equal((expected, hold), (result.Negotiated.Audio!.Direction.ToSdp(), result.Negotiated.Audio.RemoteHold));
    }

    [Theory]
    [InlineData("", 20)]
    [InlineData("a=ptime:30", 30)]
    [InlineData("a=ptime:20.0", 20)]
    [InlineData("a=ptime:60\r\na=maxptime:40", 40)]
    [InlineData("a=ptime:5", 10)]
    [InlineData("a=ptime:200", 60)]
    [InlineData("a=maxptime:10", 10)]
    [InlineData("a=ptime:x", 20)]
    public void Answer_PacketTime_IsThePeersWish(string lines, int expected)
    {
        AnswerResult result = Negotiation.Answer(Negotiation.Start(), Head + "m=audio 4000 RTP/AVP 0\r\n" + lines + "\r\n", Negotiation.Audio());

        Assert.Equal(expected, result.Negotiated.Audio!.PacketTimeMs);
        Assert.Equal(expected, result.Sdp.Media[0].PacketTimeMs);
    }

    [Theory]
    [InlineData("", "10.0.0.1:4001")]
    [InlineData("a=rtcp:5005", "10.0.0.1:5005")]
    [InlineData("a=rtcp:5005 IN IP4 10.0.0.2", "10.0.0.2:5005")]
    [InlineData("a=rtcp:x", "10.0.0.1:4001")]
    [InlineData("a=rtcp-mux", "10.0.0.1:4000")]
    [InlineData("a=rtcp:5005\r\na=rtcp-mux", "10.0.0.1:4000")]
    public void Answer_RtcpAddress_FollowsTheAttributes(string lines, string expected)
    {
        AnswerResult result = Negotiation.Answer(Negotiation.Start(), Head + "m=audio 4000 RTP/AVP 0\r\n" + lines + "\r\n", Negotiation.Audio());

        Assert.Equal(expected, result.Negotiated.Audio!.RemoteRtcp!.ToString());
        Assert.Equal(lines.Contains("mux", StringComparison.Ordinal), result.Sdp.Media[0].RtcpMux);
    }

    [Fact]
    public void Answer_MuxOfferedButNotOurs_StaysTwoPorts()
    {
        SdpSession offer = SdpSamples.Parse(Head + "m=audio 4000 RTP/AVP 0\r\na=rtcp-mux\r\n");
        Assert.True(OfferAnswer.TryCreateAnswer(
            Negotiation.Start(), offer, Negotiation.Capabilities with { RtcpMux = false }, [Negotiation.Audio() with { RtcpPort = 30_001 }], out AnswerResult? result, out _));

        Assert.False(result!.Sdp.Media[0].RtcpMux);
        Assert.Equal("30001", result.Sdp.Media[0].Attribute("rtcp"));
        Assert.Equal(4001, result.Negotiated.Audio!.RemoteRtcp!.Port);
    }

    [Fact]
    public void Answer_Feedback_NamesOnlyWhatWasOffered()
    {
        const string fmtp = "profile-level-id=42e01f;packetization-mode=1";
        AnswerResult none = Negotiation.Answer(Negotiation.Start(), VideoOffer(fmtp), Negotiation.Video());
        AnswerResult some = Negotiation.Answer(Negotiation.Start(), VideoOffer(fmtp) + "a=rtcp-fb:* nack\r\na=rtcp-fb:97 nack pli\r\na=rtcp-fb:98 ccm fir\r\n", Negotiation.Video());

        Assert.Empty(none.Sdp.Media[0].AttributeValues("rtcp-fb"));
        Assert.Equal(["97 nack pli", "97 nack"], some.Sdp.Media[0].AttributeValues("rtcp-fb"));
        Assert.Equal(["nack pli", "nack"], some.Negotiated.Video!.Feedback);
    }

    [Fact]
    public void Answer_H265Only_IsTaken()
    {
        string offer = Head + "m=video 4000 RTP/AVP 100 101\r\na=rtpmap:100 H265/90000\r\na=fmtp:100 tx-mode=MRST\r\na=rtpmap:101 H265/90000\r\na=fmtp:101 level-id=60\r\n";
        AnswerResult result = Negotiation.Answer(Negotiation.Start(), offer, Negotiation.Video());

        NegotiatedMedia video = result.Negotiated.Video!;
        Assert.Equal((CodecKind.H265, 101, 64), (video.Codec!.Kind, video.Codec.SendPayloadType, video.Limits!.BlockSide));
        Assert.Contains("a=fmtp:101 profile-id=1;tier-flag=0;level-id=60", result.Sdp.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("packetization-mode=2;profile-level-id=42e01f")]
    [InlineData("packetization-mode=1;profile-level-id=f4001f")]
    public void Answer_H264WeCannotDo_IsRefused(string fmtp)
    {
        Assert.False(OfferAnswer.TryCreateAnswer(
            Negotiation.Start(), SdpSamples.Parse(VideoOffer(fmtp)), Negotiation.Capabilities, [Negotiation.Video()], out _, out OfferAnswerError error));
        Assert.Equal(OfferAnswerError.NothingAcceptable, error);
    }

    [Fact]
    public void Answer_OpusWithEventsAtEightThousandOnly_KeepsTheDigits()
    {
        string offer = Head + "m=audio 4000 RTP/AVP 111 101\r\na=rtpmap:111 opus/48000/2\r\na=rtpmap:101 telephone-event/8000\r\n";
        AnswerResult result = Negotiation.Answer(Negotiation.Start(), offer, Negotiation.Audio());

        Assert.Equal(["111", "101"], result.Sdp.Media[0].Formats);
        Assert.Equal(8000, result.Negotiated.Audio!.TelephoneEvent!.ClockRateHz);
        Assert.Contains("a=fmtp:111 useinbandfec=1", result.Sdp.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_AllCodecsWanted_ListsThemInOurOrder()
    {
        SdpCapabilities capabilities = Negotiation.Capabilities with { SingleCodecAnswer = false };
        Assert.True(OfferAnswer.TryCreateAnswer(
            Negotiation.Start(), SdpSamples.Parse(SdpSamples.Asterisk), capabilities, [Negotiation.Audio()], out AnswerResult? result, out _));

        Assert.Equal(["0", "8", "101"], result!.Sdp.Media[0].Formats);
        Assert.Equal([CodecKind.Pcmu, CodecKind.Pcma], result.Negotiated.Audio!.Codecs.Select(codec => codec.Kind));
    }

    [Fact]
    public void Answer_OfferOfNothing_IsAnsweredByNothing()
    {
        AnswerResult empty = Negotiation.Answer(Negotiation.Start(), Head, Negotiation.Audio());
        Assert.Empty(empty.Sdp.Media);
        Assert.False(empty.Negotiated.AnyAccepted);
        AnswerResult dead = Negotiation.Answer(Negotiation.Start(), Head + "m=audio 0 RTP/AVP 0\r\n", Negotiation.Audio());
        Assert.Equal(MediaRejection.ByPeer, Assert.Single(dead.Negotiated.Media).Rejection);
    }

    private static string VideoOffer(string fmtp) =>
        Head + "m=video 4000 RTP/AVP 97\r\na=rtpmap:97 H264/90000\r\na=fmtp:97 " + fmtp + "\r\n";
}
