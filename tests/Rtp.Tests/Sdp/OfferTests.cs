using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Rtp.Tests.Sdp;

public class OfferTests
{
    [Fact]
    public void Offer_FreshSession_IsWhole()
    {
        OfferResult offer = Negotiation.Offer(Negotiation.Start(), Negotiation.Audio(), Negotiation.Video());

        Assert.Equal(
            "v=0\r\no=avatar2d 42 1 IN IP4 10.9.9.9\r\ns=-\r\nc=IN IP4 10.9.9.9\r\nt=0 0\r\n" +
            "m=audio 20000 RTP/AVP 111 0 8 110 101\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 useinbandfec=1\r\na=rtpmap:0 PCMU/8000\r\n" +
            "a=rtpmap:8 PCMA/8000\r\na=rtpmap:110 telephone-event/48000\r\na=fmtp:110 0-16\r\na=rtpmap:101 telephone-event/8000\r\n" +
            "a=fmtp:101 0-16\r\na=ptime:20\r\na=rtcp-mux\r\na=sendrecv\r\n" +
            "m=video 20002 RTP/AVP 96 97 98\r\nb=AS:768\r\n" +
            "a=rtpmap:96 H264/90000\r\na=fmtp:96 profile-level-id=42e01f;level-asymmetry-allowed=1;packetization-mode=1\r\na=rtcp-fb:96 nack pli\r\na=rtcp-fb:96 ccm fir\r\n" +
            "a=rtcp-fb:96 nack\r\na=rtcp-fb:96 ccm tmmbr\r\na=rtcp-fb:96 goog-remb\r\n" +
            "a=rtpmap:97 H264/90000\r\na=fmtp:97 profile-level-id=42e01f;level-asymmetry-allowed=1;packetization-mode=0\r\na=rtcp-fb:97 nack pli\r\na=rtcp-fb:97 ccm fir\r\n" +
            "a=rtcp-fb:97 nack\r\na=rtcp-fb:97 ccm tmmbr\r\na=rtcp-fb:97 goog-remb\r\n" +
            "a=rtpmap:98 H265/90000\r\na=fmtp:98 profile-id=1;tier-flag=0;level-id=93\r\na=rtcp-fb:98 nack pli\r\na=rtcp-fb:98 ccm fir\r\n" +
            "a=rtcp-fb:98 nack\r\na=rtcp-fb:98 ccm tmmbr\r\na=rtcp-fb:98 goog-remb\r\n" +
            "a=rtcp-mux\r\na=sendonly\r\n",
            offer.Sdp.ToString());
    }

    [Fact]
    public void Offer_SpropAndProfile_ComeFromTheConfiguration()
    {
        SdpCapabilities capabilities = Negotiation.Capabilities with
        {
            Video = [Codec.H264(new() { ProfileLevelId = new(0x42, 0xC0, 12), PacketizationMode = 1, ParameterSets = "Z0LADNoPCoA=,aM4G4g==" })],
            RtcpSendersBps = 8000,
            RtcpReceiversBps = 6000,
            OfferProtocol = RtpProfile.Avpf,
        };
        SdpSession sdp = OfferAnswer.CreateOffer(Negotiation.Start(), capabilities, [Negotiation.Video()]).Sdp;

        Assert.Contains("a=fmtp:96 profile-level-id=42c00c;packetization-mode=1;sprop-parameter-sets=Z0LADNoPCoA=,aM4G4g==\r\n", sdp.ToString(), StringComparison.Ordinal);
        Assert.Contains("b=AS:768\r\nb=RS:8000\r\nb=RR:6000\r\n", sdp.ToString(), StringComparison.Ordinal);
        Assert.Equal("RTP/AVPF", sdp.Media[0].Protocol);
    }

    [Fact]
    public void Offer_LinesOnOtherAddresses_CarryTheirOwnConnection()
    {
        LocalMedia video = Negotiation.Video() with { Address = "2001:db8::9" };
        SdpSession sdp = Negotiation.Offer(Negotiation.Start(), Negotiation.Audio(), video).Sdp;

        Assert.Null(sdp.Media[0].Connection);
        Assert.Equal("c=IN IP6 2001:db8::9", sdp.Media[1].Connection!.ToString());
    }

    [Fact]
    public void Offer_NarrowbandOnly_LeavesOutWidebandEvents()
    {
        SdpCapabilities capabilities = Negotiation.Capabilities with { Audio = [Codec.Pcma, Codec.TelephoneEvent(48_000), Codec.TelephoneEvent()] };
        Assert.Equal(["8", "101"], OfferAnswer.CreateOffer(Negotiation.Start(), capabilities, [Negotiation.Audio()]).Sdp.Media[0].Formats);
    }

    [Fact]
    public void Offer_WhileOneIsOpen_IsABug()
    {
        OfferAnswerState open = Negotiation.Offer(Negotiation.Start(), Negotiation.Audio()).State;
        Assert.Throws<InvalidOperationException>(() => Negotiation.Offer(open, Negotiation.Audio()));
        Assert.Throws<InvalidOperationException>(() => OfferAnswer.CreateRefresh(open));
        Assert.Throws<InvalidOperationException>(() => OfferAnswer.CreateRefresh(Negotiation.Start()));
        Assert.False(OfferAnswer.TryCreateAnswer(
            open, SdpSamples.Parse(SdpSamples.SippAudio), Negotiation.Capabilities, [Negotiation.Audio()], out _, out OfferAnswerError error));
        Assert.Equal(OfferAnswerError.OfferPending, error);
    }

    [Fact]
    public void Offer_RefusedAndThenRefreshed_NeverUsesAVersionForTwoTexts()
    {
        OfferAnswerState state = Negotiation.Answer(Negotiation.Start(), SdpSamples.SippAudio, Negotiation.Audio()).State;
        OfferResult first = Negotiation.Offer(state, Negotiation.Audio(), Negotiation.Video());
        OfferAnswerState back = OfferAnswer.AbandonOffer(first.State);
        OfferResult refresh = OfferAnswer.CreateRefresh(back);

        Assert.Equal(2ul, Negotiation.Version(first.Sdp));
        Assert.Equal(3ul, Negotiation.Version(refresh.Sdp));
        Assert.Equal(state.Local!.Media, refresh.Sdp.Media);
        Assert.Equal(state.Negotiated, back.Negotiated);
        OfferResult again = OfferAnswer.CreateRefresh(OfferAnswer.AbandonOffer(refresh.State));
        Assert.Equal(refresh.Sdp, again.Sdp);
    }

    [Theory]
    [InlineData(RtpProfile.Savp, true, "RTP/SAVP")]
    [InlineData(RtpProfile.Savp, false, "RTP/AVP")]
    public void Offer_VideoBesideSrtpVoice_IsSecureWhenItCanBe(string voice, bool keys, string expected)
    {
        var key = new SdpCrypto(1, "AES_CM_128_HMAC_SHA1_80", "inline:b3VycyBvdXJzIG91cnMgb3VycyBvdXJzIG91cnMh");
        LocalMedia audio = Negotiation.Audio() with { Cryptos = [key] };
        OfferAnswerState state = Negotiation.Answer(Negotiation.Start(), SdpSamples.FreeSwitch, audio).State;
        OfferResult offer = Negotiation.Offer(state, audio, Negotiation.Video() with { Cryptos = keys ? [key] : [] });

        Assert.Equal([voice, expected], offer.Sdp.Media.Select(line => line.Protocol));
        Assert.Equal(keys, offer.Sdp.Media[1].Has("crypto"));
    }

    [Fact]
    public void ProcessAnswer_SrtpAnswer_PairsTheKeysByTag()
    {
        var weak = new SdpCrypto(0, "AES_CM_128_HMAC_SHA1_32", "inline:d2VhayB3ZWFrIHdlYWsgd2VhayB3ZWFrIHdlYWsh");
        var strong = new SdpCrypto(0, "AES_CM_128_HMAC_SHA1_80", "inline:c3Ryb25nIHN0cm9uZyBzdHJvbmcgc3Ryb25nICEh");
        SdpCapabilities capabilities = Negotiation.Capabilities with { OfferProtocol = RtpProfile.Savp };
        OfferResult offer = OfferAnswer.CreateOffer(Negotiation.Start(), capabilities, [Negotiation.Audio() with { Cryptos = [strong, weak] }]);
        Assert.Equal(["1 AES_CM_128_HMAC_SHA1_80 inline:c3Ryb25nIHN0cm9uZyBzdHJvbmcgc3Ryb25nICEh", "2 AES_CM_128_HMAC_SHA1_32 inline:d2VhayB3ZWFrIHdlYWsgd2VhayB3ZWFrIHdlYWsh"], offer.Sdp.Media[0].AttributeValues("crypto"));

        string answer = SdpSamples.SippAudio.Replace("RTP/AVP", "RTP/SAVP", StringComparison.Ordinal);
        NegotiatedMedia good = Negotiation.Process(offer.State, answer + "a=crypto:2 AES_CM_128_HMAC_SHA1_32 inline:dGhlaXJzIHRoZWlycyB0aGVpcnMgdGhlaXJzICEh\r\n").Negotiated.Media[0];
        Assert.Equal((weak.KeyParameters, "inline:dGhlaXJzIHRoZWlycyB0aGVpcnMgdGhlaXJzICEh"), (good.LocalCrypto!.KeyParameters, good.RemoteCrypto!.KeyParameters));
        Assert.Equal(MediaRejection.Protocol, Negotiation.Process(offer.State, answer).Negotiated.Media[0].Rejection);
        Assert.Equal(MediaRejection.Protocol, Negotiation.Process(offer.State, SdpSamples.SippAudio).Negotiated.Media[0].Rejection);
    }

    [Fact]
    public void ProcessAnswer_NotAnAnswerToIt_IsAnErrorAndLeavesTheOfferOpen()
    {
        OfferAnswerState none = Negotiation.Start();
        Assert.Equal(OfferAnswerError.NoOfferPending, Error(none, SdpSamples.SippAudio));
        OfferAnswerState open = Negotiation.Offer(none, Negotiation.Audio()).State;
        Assert.Equal(OfferAnswerError.LineCount, Error(open, SdpSamples.SippAudio + Negotiation.VideoAnswer));
        Assert.Equal(OfferAnswerError.MediaMismatch, Error(open, SdpSamples.SippAudio.Replace("m=audio", "m=text", StringComparison.Ordinal)));
        Assert.NotNull(open.PendingOffer);

        static OfferAnswerError Error(OfferAnswerState state, string answer)
        {
            Assert.False(OfferAnswer.TryProcessAnswer(state, SdpSamples.Parse(answer), Negotiation.Capabilities, out _, out OfferAnswerError error));
            return error;
        }
    }

    [Fact]
    public void ProcessAnswer_RefusedLineLeftOut_CountsAsRefused()
    {
        AnsweredOffer result = Negotiation.WithVideo(videoLines: "");

        Assert.Equal(MediaRejection.ByPeer, result.Negotiated.Media[1].Rejection);
        Assert.NotNull(result.Negotiated.Audio);
    }

    [Theory]
    [InlineData("m=video 7000 RTP/AVP 96\r\n", CodecKind.H264, 96, 96, 0)]
    [InlineData("m=video 7000 RTP/AVP 97\r\na=rtpmap:97 H264/90000\r\n", CodecKind.H264, 97, 97, 0)]
    [InlineData("m=video 7000 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1\r\n", CodecKind.H264, 96, 96, 1)]
    [InlineData("m=video 7000 RTP/AVP 97\r\na=rtpmap:97 H264/90000\r\na=fmtp:97 packetization-mode=1\r\n", CodecKind.H264, 97, 97, 0)]
    [InlineData("m=video 7000 RTP/AVP 118\r\na=rtpmap:118 h264/90000\r\na=fmtp:118 packetization-mode=1\r\n", CodecKind.H264, 118, 96, 1)]
    [InlineData("m=video 7000 RTP/AVP 98\r\na=rtpmap:98 H265/90000\r\n", CodecKind.H265, 98, 98, 0)]
    [InlineData("m=video 7000 RTP/AVP 98 96\r\na=rtpmap:98 H265/90000\r\na=rtpmap:96 H264/90000\r\n", CodecKind.H265, 98, 98, 0)]
    [InlineData("m=video 7000 RTP/AVPF 99 96\r\na=rtpmap:99 VP8/90000\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1\r\n", CodecKind.H264, 96, 96, 1)]
    public void ProcessAnswer_VideoCodec_FirstCommonOneOfThePeer(string line, CodecKind kind, int send, int receive, int mode)
    {
        NegotiatedCodec codec = Negotiation.WithVideo(line).Negotiated.Video!.Codec!;
        Assert.Equal((kind, send, receive, mode), (codec.Kind, codec.SendPayloadType, codec.ReceivePayloadType, codec.PacketizationMode));
    }

    [Theory]
    [InlineData("m=video 7000 RTP/AVP 99\r\na=rtpmap:99 VP8/90000\r\n", MediaRejection.NoCommonCodec)]
    [InlineData("m=video 7000 RTP/AVP\r\n", MediaRejection.NoCommonCodec)]
    [InlineData("m=video 0 RTP/AVP\r\n", MediaRejection.ByPeer)]
    [InlineData("m=video 7000 UDP/TLS/RTP/SAVPF 96\r\n", MediaRejection.Protocol)]
    public void ProcessAnswer_UselessVideo_LeavesTheVoiceAlone(string line, MediaRejection expected)
    {
        AnsweredOffer result = Negotiation.WithVideo(line);
        Assert.Equal(expected, result.Negotiated.Media[1].Rejection);
        Assert.True(result.Negotiated.Media[0].Accepted);
        Assert.False(result.Negotiated.RemoteAcceptedVideo);
    }
}
