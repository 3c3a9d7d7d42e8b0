using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Rtp.Tests.Sdp;

/// <summary>What goes wrong in the field when video is added in mid-call, as far as SDP can show it.</summary>
public class MidCallVideoTests
{
    private const string DeadVideo = "m=video 0 RTP/AVP 96\r\n";

    [Fact]
    public void AddVideo_ToAudioCall_AppendsTheLineAndRaisesTheVersionByOne()
    {
        AnswerResult call = Negotiation.Answer(Negotiation.Start(), SdpSamples.SippAudio, Negotiation.Audio());
        OfferResult offer = Negotiation.Offer(call.State, Negotiation.Audio(), Negotiation.Video());

        Assert.Equal(["audio", "video"], offer.Sdp.Media.Select(line => line.Media));
        Assert.Equal(Negotiation.Version(call.Sdp) + 1, Negotiation.Version(offer.Sdp));
        Assert.Equal("0", offer.Sdp.Media[0].Formats[0]);
        Assert.Equal(call.Sdp.Origin.SessionId, offer.Sdp.Origin.SessionId);

        AnsweredOffer result = Negotiation.Process(offer.State, SdpSamples.SippAudio + Negotiation.VideoAnswer);
        Assert.Equal([MediaChanges.None, MediaChanges.Added], result.Negotiated.ChangesSince(call.State.Negotiated));
        Assert.Equal((MediaDirection.SendOnly, 1, 1), (result.Negotiated.Video!.Direction, result.Negotiated.Video.Index, result.Negotiated.Video.LocalIndex));
    }

    [Fact]
    public void RemoveVideo_ByUs_LeavesTheDeadLineInItsPlace()
    {
        AnsweredOffer up = Negotiation.WithVideo();
        OfferResult offer = Negotiation.Offer(up.State, Negotiation.Audio());

        Assert.Equal([20_000, 0], offer.Sdp.Media.Select(line => line.Port));
        Assert.Equal(["96", "97", "98"], offer.Sdp.Media[1].Formats);
        AnsweredOffer down = Negotiation.Process(offer.State, SdpSamples.SippAudio + DeadVideo);
        Assert.Equal([MediaChanges.None, MediaChanges.Removed], down.Negotiated.ChangesSince(up.Negotiated));
        Assert.Equal(MediaRejection.NotWanted, down.Negotiated.Media[1].Rejection);
    }

    [Fact]
    public void AddVideo_AfterPortZero_ReusesTheSlotAndSetsMediaUpAnew()
    {
        AnsweredOffer refused = Negotiation.WithVideo(DeadVideo);
        OfferResult again = Negotiation.Offer(refused.State, Negotiation.Audio(), Negotiation.Video(port: 21_000));

        Assert.Equal(2, again.Sdp.Media.Length);
        Assert.Equal(21_000, again.Sdp.Media[1].Port);
        AnsweredOffer up = Negotiation.Process(again.State, SdpSamples.SippAudio + Negotiation.VideoAnswer);
        Assert.Equal([MediaChanges.None, MediaChanges.Added], up.Negotiated.ChangesSince(refused.Negotiated));
    }

    [Fact]
    public void PeerDropsALine_AgainstTheRules_IsAnsweredLineByLine()
    {
        AnsweredOffer up = Negotiation.WithVideo();
        AnswerResult after = Negotiation.Answer(up.State, SdpSamples.SippAudio, Negotiation.Audio(), Negotiation.Video());

        Assert.Single(after.Sdp.Media);
        Assert.False(after.Negotiated.RemoteAcceptedVideo);
        Assert.False(after.Negotiated.IsSameAs(up.Negotiated));
        Assert.Equal(2, Negotiation.Offer(after.State, Negotiation.Audio(), Negotiation.Video()).Sdp.Media.Length);
    }

    [Fact]
    public void PeerRemovesVideo_ByPortZero_AndBringsItBack()
    {
        AnsweredOffer up = Negotiation.WithVideo();
        AnswerResult down = Negotiation.Answer(up.State, SdpSamples.SippAudio + DeadVideo, Negotiation.Audio(), Negotiation.Video());
        AnswerResult back = Negotiation.Answer(down.State, SdpSamples.SippAudio + Negotiation.VideoAnswer, Negotiation.Audio(), Negotiation.Video());

        Assert.Equal(MediaChanges.Removed, down.Negotiated.ChangesSince(up.Negotiated)[1]);
        Assert.Equal(MediaRejection.ByPeer, down.Negotiated.Media[1].Rejection);
        Assert.Equal(MediaChanges.Added, back.Negotiated.ChangesSince(down.Negotiated)[1]);
        Assert.Equal(20_002, back.Sdp.Media[1].Port);
    }

    [Fact]
    public void AddVideo_DeadSlotOfOtherMedia_IsReused()
    {
        string offer = SdpSamples.SippAudio + "m=image 0 udptl t38\r\n";
        AnswerResult call = Negotiation.Answer(Negotiation.Start(), offer, Negotiation.Audio());
        OfferResult added = Negotiation.Offer(call.State, Negotiation.Audio(), Negotiation.Video());

        Assert.Equal(["audio", "video"], added.Sdp.Media.Select(line => line.Media));
        Assert.Equal(RtpProfile.Avp, added.Sdp.Media[1].Protocol);
    }

    [Fact]
    public void AddVideo_DeadSlotOfItsOwnKind_IsPreferred()
    {
        string offer = SdpSamples.SippAudio + "m=image 0 udptl t38\r\nm=video 0 RTP/AVP 31\r\n";
        AnswerResult call = Negotiation.Answer(Negotiation.Start(), offer, Negotiation.Audio());
        OfferResult added = Negotiation.Offer(call.State, Negotiation.Audio(), Negotiation.Video());

        Assert.Equal([("audio", 20_000), ("image", 0), ("video", 20_002)], added.Sdp.Media.Select(line => (line.Media, line.Port)));
    }

    [Fact]
    public void AddVideo_RefusedByPortZero_KeepsTheVoice()
    {
        AnsweredOffer result = Negotiation.WithVideo(DeadVideo);

        Assert.False(result.Negotiated.RemoteAcceptedVideo);
        Assert.Equal(MediaRejection.ByPeer, result.Negotiated.Media[1].Rejection);
        Assert.Equal(CodecKind.Pcmu, result.Negotiated.Audio!.Codec!.Kind);
        Assert.Null(result.State.PendingOffer);
    }

    [Fact]
    public void AddVideo_RefusedAsAWhole_GoesBackToTheCallAsItWas()
    {
        AnswerResult call = Negotiation.Answer(Negotiation.Start(), SdpSamples.SippAudio, Negotiation.Audio());
        OfferAnswerState after = OfferAnswer.AbandonOffer(Negotiation.Offer(call.State, Negotiation.Audio(), Negotiation.Video()).State);
        AnswerResult refresh = Negotiation.Answer(after, SdpSamples.SippAudio, Negotiation.Audio());

        Assert.Single(refresh.Sdp.Media);
        Assert.True(refresh.Negotiated.IsSameAs(call.Negotiated));
        Assert.Equal(3ul, Negotiation.Version(refresh.Sdp));
    }

    [Theory]
    [InlineData("recvonly", MediaDirection.SendOnly, false)]
    [InlineData("sendrecv", MediaDirection.SendOnly, false)]
    [InlineData("inactive", MediaDirection.Inactive, true)]
    [InlineData("sendonly", MediaDirection.Inactive, true)]
    public void AddVideo_PeerDirection_IsAccepted(string direction, MediaDirection expected, bool hold)
    {
        NegotiatedMedia video = Negotiation.WithVideo(Negotiation.VideoAnswer.Replace("recvonly", direction, StringComparison.Ordinal)).Negotiated.Video!;
        Assert.Equal((expected, hold), (video.Direction, video.RemoteHold));
    }

    [Fact]
    public void AddVideo_AnswerWithoutModeOrLevel_SendsSingleUnitsAtOurLevel()
    {
        NegotiatedMedia video = Negotiation.WithVideo("m=video 7000 RTP/AVP 97\r\na=rtpmap:97 H264/90000\r\n").Negotiated.Video!;
        Assert.Equal((0, "42e01f"), (video.Codec!.PacketizationMode, video.Codec.SendProfileLevel!.Value.ToString()));
    }

    [Theory]
    [InlineData("42c00c", "1.2", 240, 320, 15)]
    [InlineData("42801f", "3.1", 512, 512, 25)]
    [InlineData("42001f", "3.1", 512, 512, 25)]
    [InlineData("42e028;level-asymmetry-allowed=1", "4", 512, 512, 25)]
    [InlineData("42e028", "3.1", 512, 512, 25)]
    public void AddVideo_AnsweredLevel_CapsWhatWeSend(string fmtp, string level, int width, int height, double rate)
    {
        NegotiatedMedia video = Negotiation.WithVideo(Negotiation.VideoAnswer.Replace("42e01f", fmtp, StringComparison.Ordinal)).Negotiated.Video!;
        VideoFormat format = VideoFormatPicker.Pick(video.Limits!, VideoPreference.Default);

        Assert.Equal(level, video.Codec!.SendProfileLevel!.Value.Level!.Name);
        Assert.Equal((width, height, rate), (format.Width, format.Height, format.FrameRate));
    }

    [Fact]
    public void AddVideo_PlainProfile_StillOffersFeedback()
    {
        OfferResult offer = Negotiation.Offer(Negotiation.Start(), Negotiation.Audio(), Negotiation.Video());

        Assert.Equal(RtpProfile.Avp, offer.Sdp.Media[1].Protocol);
        Assert.Equal(["nack pli", "ccm fir", "nack", "ccm tmmbr", "goog-remb"], offer.Sdp.Media[1].Feedback(97).Select(feedback => feedback.Value));
        Assert.Empty(offer.Sdp.Media[0].AttributeValues("rtcp-fb"));
        Assert.Equal(["nack pli", "ccm fir"], Negotiation.WithVideo().Negotiated.Video!.Feedback);
    }

    [Fact]
    public void Bandwidth_OfThePeer_IsTheCeilingAndIsMirrored()
    {
        AnswerResult result = Negotiation.Answer(Negotiation.Start(), SdpSamples.AndroidIms, Negotiation.Audio(), Negotiation.Video());

        NegotiatedMedia video = result.Negotiated.Video!;
        Assert.Equal((364_800, 8000, 6000), (video.BandwidthCeilingBps, video.RtcpSendersBps, video.RtcpReceiversBps));
        Assert.Equal(["b=AS:768", "b=RS:8000", "b=RR:6000"], Negotiation.Lines(result.Sdp.Media[1]).Where(line => line[0] == 'b'));
        Assert.Equal(38_950, result.Negotiated.Audio!.BandwidthCeilingBps);
    }

    [Fact]
    public void Bandwidth_OfTheSession_LeavesTheRestForVideo()
    {
        string offer = SdpSamples.AndroidIms.Replace("b=AS:384\r\n", "", StringComparison.Ordinal);
        AnswerResult result = Negotiation.Answer(Negotiation.Start(), offer, Negotiation.Audio(), Negotiation.Video());

        Assert.Equal((int)((462 - 41) * 1000 * 0.95), result.Negotiated.Video!.BandwidthCeilingBps);
    }

    [Theory]
    [InlineData("a=sendonly", "c=IN IP4 127.0.0.1", "recvonly", "inactive")]
    [InlineData("a=inactive", "c=IN IP4 127.0.0.1", "inactive", "inactive")]
    [InlineData("a=sendrecv", "c=IN IP4 0.0.0.0", "recvonly", "inactive")]
    [InlineData("", "c=IN IP4 0.0.0.0", "recvonly", "inactive")]
    public void Hold_WhilePictureIsUp_StopsAndResumes(string direction, string connection, string audio, string video)
    {
        AnsweredOffer up = Negotiation.WithVideo();
        string body = (SdpSamples.SippAudio + Negotiation.VideoAnswer).Replace(" 1 IN", " 2 IN", StringComparison.Ordinal);
        string hold = body.Replace("a=sendrecv", direction, StringComparison.Ordinal)
            .Replace("a=recvonly", direction, StringComparison.Ordinal)
            .Replace("c=IN IP4 127.0.0.1", connection, StringComparison.Ordinal)
            .Replace("\r\n\r\n", "\r\n", StringComparison.Ordinal).TrimEnd();

        AnswerResult held = Negotiation.Answer(up.State, hold, Negotiation.Audio(), Negotiation.Video());
        Assert.Equal([audio, video], held.Negotiated.Media.Select(line => line.Direction.ToSdp()));
        Assert.All(held.Negotiated.Media, line => Assert.True(line.RemoteHold));
        Assert.All(held.Sdp.Media, line => Assert.NotEqual(0, line.Port));

        AnswerResult resumed = Negotiation.Answer(held.State, body, Negotiation.Audio(), Negotiation.Video());
        Assert.Equal(["sendrecv", "sendonly"], resumed.Negotiated.Media.Select(line => line.Direction.ToSdp()));
        Assert.All(resumed.Negotiated.ChangesSince(held.Negotiated), change => Assert.True(change.HasFlag(MediaChanges.Direction)));
        Assert.Equal(["96"], resumed.Sdp.Media[1].Formats);
    }

    [Fact]
    public void Hold_PeerReoffersAllCodecsInOtherOrder_KeepsTheCodecInUse()
    {
        AnsweredOffer up = Negotiation.WithVideo();
        string hold = SdpSamples.SippAudio.Replace("RTP/AVP 0 8 101", "RTP/AVP 8 0 101", StringComparison.Ordinal) +
            "m=video 7000 RTP/AVP 100 97 96\r\na=rtpmap:100 VP8/90000\r\na=rtpmap:97 H264/90000\r\na=rtpmap:96 H264/90000\r\n" +
            "a=fmtp:96 profile-level-id=42e01f;packetization-mode=1\r\na=sendonly\r\n";
        AnswerResult held = Negotiation.Answer(up.State, hold, Negotiation.Audio(), Negotiation.Video());

        Assert.Equal(0, held.Negotiated.Audio!.Codec!.SendPayloadType);
        Assert.Equal((96, 1), (held.Negotiated.Video!.Codec!.SendPayloadType, held.Negotiated.Video.Codec.PacketizationMode));
    }

    [Fact]
    public void Reoffer_WithCodecsThatWeLikeBetter_KeepsTheCodecsInUse()
    {
        const string plainVideo = "m=video 7000 RTP/AVP 97\r\na=rtpmap:97 H264/90000\r\n";
        string narrow = SdpSamples.SippAudio.Replace("RTP/AVP 0 8 101", "RTP/AVP 8 101", StringComparison.Ordinal);
        AnswerResult call = Negotiation.Answer(Negotiation.Start(), narrow + plainVideo, Negotiation.Audio(), Negotiation.Video());
        string wide = SdpSamples.SippAudio + plainVideo.Replace("AVP 97", "AVP 98 97", StringComparison.Ordinal) +
            "a=rtpmap:98 H264/90000\r\na=fmtp:98 packetization-mode=1\r\n";
        AnswerResult after = Negotiation.Answer(call.State, wide, Negotiation.Audio(), Negotiation.Video());

        Assert.Equal(call.Sdp, after.Sdp);
        Assert.True(after.Negotiated.IsSameAs(call.Negotiated));
        Assert.Equal((8, 97), (after.Negotiated.Audio!.Codec!.SendPayloadType, after.Negotiated.Video!.Codec!.SendPayloadType));
    }

    [Fact]
    public void LateOffer_OfferInOkAnswerInAck_GivesTheCall()
    {
        OfferResult offer = Negotiation.Offer(Negotiation.Start(), Negotiation.Audio());
        AnsweredOffer call = Negotiation.Process(offer.State, SdpSamples.SippAudio);

        Assert.Equal((CodecKind.Pcmu, 101), (call.Negotiated.Audio!.Codec!.Kind, call.Negotiated.Audio.TelephoneEvent!.SendPayloadType));
        Assert.Equal([CodecKind.Pcmu, CodecKind.Pcma], call.Negotiated.Audio.Codecs.Select(codec => codec.Kind));
        OfferResult reinvite = Negotiation.Offer(call.State, Negotiation.Audio(), Negotiation.Video());
        Assert.Equal(["0", "111", "8", "110", "101"], reinvite.Sdp.Media[0].Formats);
        Assert.Equal(2ul, Negotiation.Version(reinvite.Sdp));
    }

    [Fact]
    public void Refresh_ByThePeer_ChangesNothing()
    {
        AnsweredOffer up = Negotiation.WithVideo();
        AnswerResult first = Negotiation.Answer(up.State, up.State.Remote!, Negotiation.Audio(), Negotiation.Video());
        AnswerResult second = Negotiation.Answer(first.State, up.State.Remote!, Negotiation.Audio(), Negotiation.Video());

        Assert.Equal([MediaChanges.None, MediaChanges.None], first.Negotiated.ChangesSince(up.Negotiated).Select(change => change & ~MediaChanges.Limits & ~MediaChanges.Endpoint));
        Assert.True(second.Negotiated.IsSameAs(first.Negotiated));
        Assert.Equal(first.Sdp, second.Sdp);
        Assert.Equal(Negotiation.Version(first.Sdp), Negotiation.Version(second.Sdp));
    }

    [Fact]
    public void Refresh_ByUs_RepeatsTheText()
    {
        AnsweredOffer up = Negotiation.WithVideo();
        OfferResult refresh = OfferAnswer.CreateRefresh(up.State);
        AnsweredOffer after = Negotiation.Process(refresh.State, up.State.Remote!);

        Assert.Equal(up.State.Local, refresh.Sdp);
        Assert.True(after.Negotiated.IsSameAs(up.Negotiated));

        AnswerResult answered = Negotiation.Answer(Negotiation.Start(), SdpSamples.SippAudio, Negotiation.Audio());
        Assert.Equal(answered.Sdp, OfferAnswer.CreateRefresh(answered.State).Sdp);
        Assert.Equal(up.State.Local, Negotiation.Offer(up.State, Negotiation.Audio(), Negotiation.Video()).Sdp);
    }

    [Fact]
    public void Refresh_ByUsAfterRefusedVideo_DoesNotAskAgain()
    {
        AnsweredOffer refused = Negotiation.WithVideo(DeadVideo);
        OfferResult refresh = OfferAnswer.CreateRefresh(refused.State);
        AnsweredOffer after = Negotiation.Process(refresh.State, SdpSamples.SippAudio + DeadVideo);

        Assert.Equal([20_000, 0], refresh.Sdp.Media.Select(line => line.Port));
        Assert.Equal(3ul, Negotiation.Version(refresh.Sdp));
        Assert.Equal(refresh.Sdp, OfferAnswer.CreateRefresh(after.State).Sdp);
        Assert.Equal([MediaChanges.None, MediaChanges.None], after.Negotiated.ChangesSince(refused.Negotiated));
    }

    [Fact]
    public void Refresh_ByUsWhileHeld_StaysHeld()
    {
        string hold = SdpSamples.SippAudio.Replace("sendrecv", "sendonly", StringComparison.Ordinal);
        AnswerResult held = Negotiation.Answer(Negotiation.Start(), hold, Negotiation.Audio());
        AnsweredOffer after = Negotiation.Process(OfferAnswer.CreateRefresh(held.State).State, hold);

        Assert.Equal(MediaDirection.RecvOnly, after.Negotiated.Audio!.Direction);
        Assert.True(after.Negotiated.IsSameAs(held.Negotiated));
    }

    [Fact]
    public void VideoFromTheStart_IsAnsweredAtOnce()
    {
        AnswerResult result = Negotiation.Answer(Negotiation.Start(), SdpSamples.Baresip, Negotiation.Audio(), Negotiation.Video());

        Assert.True(result.Negotiated.RemoteAcceptedVideo);
        Assert.True(result.Negotiated.Video!.Sends);
        Assert.False(result.Negotiated.Video.Receives);
        Assert.Equal(25, result.Negotiated.Video.Limits!.MaxFrameRate);
    }

    [Fact]
    public void PeerMoves_NewAddressAndPort_IsAnEndpointChangeOnly()
    {
        AnsweredOffer up = Negotiation.WithVideo();
        AnswerResult before = Negotiation.Answer(up.State, up.State.Remote!, Negotiation.Audio(), Negotiation.Video());
        SdpSession moved = SdpSamples.Parse(up.State.Remote!.ToString()
            .Replace("c=IN IP4 127.0.0.1", "c=IN IP4 192.0.2.77", StringComparison.Ordinal).Replace("m=video 7000", "m=video 7100", StringComparison.Ordinal));
        AnswerResult after = Negotiation.Answer(before.State, moved, Negotiation.Audio(), Negotiation.Video());

        Assert.Equal([MediaChanges.Endpoint, MediaChanges.Endpoint], after.Negotiated.ChangesSince(before.Negotiated));
        Assert.Equal("192.0.2.77:7100", after.Negotiated.Video!.RemoteRtp!.ToString());
        Assert.Equal(before.Sdp, after.Sdp);
    }

    [Fact]
    public void HandsetLimits_AndroidIms_GivesTheDefaultPicture()
    {
        NegotiatedMedia video = Negotiation.Answer(Negotiation.Start(), SdpSamples.AndroidIms, Negotiation.Audio(), Negotiation.Video()).Negotiated.Video!;
        VideoFormat format = VideoFormatPicker.Pick(video.Limits!, VideoPreference.Default);

        Assert.Equal(new VideoFormat(240, 320, 15, 300_000), format);
        Assert.Equal(1, video.Codec!.PacketizationMode);
    }

    [Fact]
    public void PayloadTypes_PeerOfferedOthers_AreKeptInOurOffers()
    {
        string offer = SdpSamples.SippAudio.Replace("RTP/AVP 0 8 101", "RTP/AVP 96 101", StringComparison.Ordinal)
            .Replace("a=rtpmap:0 PCMU/8000", "a=rtpmap:96 opus/48000/2", StringComparison.Ordinal);
        AnswerResult call = Negotiation.Answer(Negotiation.Start(), offer, Negotiation.Audio());
        OfferResult ours = Negotiation.Offer(call.State, Negotiation.Audio(), Negotiation.Video());

        Assert.Equal(["96", "0", "8", "110", "101"], ours.Sdp.Media[0].Formats);
        Assert.Equal(["96", "97", "98"], ours.Sdp.Media[1].Formats);
    }

    [Fact]
    public void PayloadTypes_TakenByAnotherCodecOfThePeer_AreAvoided()
    {
        string offer = SdpSamples.SippAudio +
            "m=video 7000 RTP/AVP 97 100\r\na=rtpmap:97 VP8/90000\r\na=rtpmap:100 H264/90000\r\na=fmtp:100 profile-level-id=42001f;packetization-mode=1\r\n";
        AnswerResult call = Negotiation.Answer(Negotiation.Start(), offer, Negotiation.Audio(), Negotiation.Video());
        OfferResult ours = Negotiation.Offer(call.State, Negotiation.Audio(), Negotiation.Video());

        Assert.Equal(["100", "96", "98"], ours.Sdp.Media[1].Formats);
        Assert.Contains("a=fmtp:100 profile-level-id=42001f;packetization-mode=1", ours.Sdp.ToString(), StringComparison.Ordinal);
    }
}
