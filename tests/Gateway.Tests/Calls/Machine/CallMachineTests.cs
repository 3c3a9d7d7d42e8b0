using Avatar2D.Gateway.Calls;
using Avatar2D.Gateway.Calls.Machine;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Rtp.Sdp;
using Avatar2D.Sip.Sessions;

namespace Avatar2D.Gateway.Tests.Calls.Machine;

public sealed class CallMachineTests
{
    private readonly CallDriver _call = new();

    [Fact]
    public void Invite_AudioOnly_AcceptedThenPictureAskedAfterAck()
    {
        _call.Signal(new SipSessionEvent.IncomingInvite(CallDriver.Body(CallDriver.AudioOffer)));
        SdpSession answer = _call.Single<CallAction.Accept>().Body;
        Assert.Single(answer.Media);
        _call.Single<CallAction.ApplyMedia>();

        _call.Signal(new SipSessionEvent.AckReceived(null));
        CallAction.StartTimer wait = _call.All<CallAction.StartTimer>().Single(t => t.Timer == CallTimer.Picture);
        Assert.Equal(CallDriver.AddDelay, wait.Delay);

        _call.Fire(CallTimer.Picture);
        SdpSession offer = _call.Single<CallAction.SendReinvite>().Body;
        Assert.Equal(["audio", "video"], offer.Media.Select(m => m.Media));
        Assert.Equal(MediaDirection.SendOnly, offer.Media[1].Direction);
        Assert.Equal(VersionOf(answer) + 1, VersionOf(offer));
        Assert.Equal(PicturePhase.Asked, _call.State.Picture);
    }

    [Fact]
    public void ReinviteAnswered_VideoAccepted_PictureUp()
    {
        _call.ToAsked();
        _call.Signal(new SipSessionEvent.ReinviteAnswered(CallDriver.Body(CallDriver.VideoAnswer(40_000, "recvonly"))));

        Assert.Equal(PicturePhase.Up, _call.State.Picture);
        NegotiatedMedia video = _call.Single<CallAction.ApplyMedia>().Negotiated.Video!;
        Assert.True(video.Sends);
        Assert.Equal(40_000, video.RemoteRtp!.Port);
        _call.Single<CallAction.Confirmed>();
    }

    [Theory]
    [InlineData(488)]
    [InlineData(415)]
    [InlineData(606)]
    [InlineData(603)]
    [InlineData(400)]
    public void ReinviteRefused_Final_AudioLivesOnAndAskedAgainAfterAWhile(int status)
    {
        _call.ToAsked();
        _call.Signal(new SipSessionEvent.ReinviteRefused(status, null, RetryScheduled: false));

        Assert.Equal(PicturePhase.Refused, _call.State.Picture);
        Assert.Empty(_call.All<CallAction.Hangup>());
        Assert.Equal(CallDriver.RetryDelay, _call.Single<CallAction.StartTimer>().Delay);
        Assert.NotNull(_call.State.Sdp.Negotiated!.Audio);
        Assert.Null(_call.State.Sdp.PendingOffer);
    }

    [Fact]
    public void ReinviteAnswered_PortZero_AskedAgainAtMostThreeTimes()
    {
        _call.ToAsked();
        for (int ask = 1; ask <= CallMachine.MaxPictureAsks; ask++)
        {
            Assert.Equal(PicturePhase.Asked, _call.State.Picture);
            _call.Signal(new SipSessionEvent.ReinviteAnswered(CallDriver.Body(CallDriver.VideoAnswer(0, "recvonly", ask + 1))));
            Assert.Equal(PicturePhase.Refused, _call.State.Picture);
            Assert.Equal(ask < CallMachine.MaxPictureAsks ? 1 : 0, _call.All<CallAction.StartTimer>().Count());
            _call.Fire(CallTimer.Picture);
            if (ask == CallMachine.MaxPictureAsks)
                break;
            SdpSession offer = _call.Single<CallAction.SendReinvite>().Body;
            Assert.Equal(2, offer.Media.Length);
        }
    }

    [Fact]
    public void ReinviteRefused_Collision_FreshOfferWithHigherVersionWhenDue()
    {
        _call.ToAsked();
        ulong first = _call.State.Sdp.Version;
        _call.Signal(new SipSessionEvent.ReinviteRefused(491, null, RetryScheduled: true));
        Assert.Empty(_call.Last);
        _call.Signal(new SipSessionEvent.ReinviteRetryDue());

        SdpSession offer = _call.Single<CallAction.SendReinvite>().Body;
        Assert.True(VersionOf(offer) >= first);
        Assert.Equal(2, offer.Media.Length);
    }

    [Fact]
    public void ReinviteRefused_ServerBusy_AskedAgainWhenItSays()
    {
        _call.ToAsked();
        _call.Signal(new SipSessionEvent.ReinviteRefused(500, TimeSpan.FromSeconds(7), RetryScheduled: false));
        Assert.Equal(TimeSpan.FromSeconds(7), _call.Single<CallAction.StartTimer>().Delay);

        _call.Fire(CallTimer.Picture);
        _call.Single<CallAction.SendReinvite>();
    }

    [Fact]
    public void ReinviteReceived_HoldAndResume_AnsweredAndPictureStaysUp()
    {
        _call.ToUp();
        _call.Signal(new SipSessionEvent.ReinviteReceived(CallDriver.Body(CallDriver.VideoOffer("inactive", 3)), IsUpdate: false));
        SdpSession held = _call.Single<CallAction.AnswerReinvite>().Body;
        Assert.All(held.Media, m => Assert.Equal(MediaDirection.Inactive, m.Direction));
        Assert.False(_call.Single<CallAction.ApplyMedia>().Negotiated.Video!.Sends);

        _call.Signal(new SipSessionEvent.ReinviteReceived(CallDriver.Body(CallDriver.VideoOffer("sendrecv", 4)), IsUpdate: false));
        Assert.True(_call.Single<CallAction.ApplyMedia>().Negotiated.Video!.Sends);
        Assert.Equal(PicturePhase.Up, _call.State.Picture);
    }

    [Fact]
    public void ReinviteReceived_PictureTakenAway_NotAskedAgainButTakenBackWhenOffered()
    {
        _call.ToUp();
        _call.Signal(new SipSessionEvent.ReinviteReceived(CallDriver.Body(CallDriver.VideoOffer("sendrecv", 3, port: 0)), IsUpdate: false));
        Assert.Equal(PicturePhase.Dropped, _call.State.Picture);
        Assert.Empty(_call.All<CallAction.StartTimer>());
        _call.Fire(CallTimer.Picture);
        Assert.Empty(_call.Last);

        _call.Signal(new SipSessionEvent.ReinviteReceived(CallDriver.Body(CallDriver.VideoOffer("sendrecv", 4)), IsUpdate: false));
        Assert.Equal(PicturePhase.Up, _call.State.Picture);
    }

    [Fact]
    public void ReinviteReceived_WithoutOffer_OfferInAnswerAndAnswerInAck()
    {
        _call.ToUp();
        _call.Signal(new SipSessionEvent.ReinviteReceived(null, IsUpdate: false));
        Assert.Equal(2, _call.Single<CallAction.AnswerReinvite>().Body.Media.Length);

        _call.Signal(new SipSessionEvent.AckReceived(CallDriver.Body(CallDriver.VideoAnswer(40_010, "recvonly", 3))));
        Assert.Equal(40_010, _call.Single<CallAction.ApplyMedia>().Negotiated.Video!.RemoteRtp!.Port);
    }

    [Fact]
    public void ReinviteReceived_WithoutOfferAndAckWithoutAnswer_CallStaysAsItWas()
    {
        _call.ToUp();
        NegotiatedSession before = _call.State.Sdp.Negotiated!;
        _call.Signal(new SipSessionEvent.ReinviteReceived(null, IsUpdate: false));
        _call.Signal(new SipSessionEvent.AckReceived(null));

        Assert.Empty(_call.All<CallAction.Hangup>());
        Assert.Same(before, _call.State.Sdp.Negotiated);
    }

    [Fact]
    public void ReinviteReceived_NotSdp_RefusedAndCallLivesOn()
    {
        _call.ToUp();
        _call.Signal(new SipSessionEvent.ReinviteReceived(CallDriver.Body("this is no SDP"), IsUpdate: false));

        Assert.Equal(488, _call.Single<CallAction.RejectReinvite>().Status);
        Assert.Equal(CallPhase.Established, _call.State.Phase);
    }

    [Fact]
    public void ReinviteReceived_Refresh_NothingChanges()
    {
        _call.ToUp();
        NegotiatedSession before = _call.State.Sdp.Negotiated!;
        var refresh = new SipSessionEvent.ReinviteReceived(CallDriver.Body(CallDriver.VideoAnswer(40_000, "recvonly")), IsUpdate: false);
        _call.Signal(refresh);
        Assert.True(_call.Single<CallAction.ApplyMedia>().Negotiated.IsSameAs(before));

        // Our first answer names fewer codecs than our offer did; from then on the text, and so the version, stays.
        ulong version = _call.State.Sdp.Version;
        _call.Signal(refresh);
        Assert.True(_call.Single<CallAction.ApplyMedia>().Negotiated.IsSameAs(before));
        Assert.Equal(version, _call.State.Sdp.Version);
    }

    [Fact]
    public void Invite_WithVideo_AnsweredWithPictureAndNoReinvite()
    {
        _call.Signal(new SipSessionEvent.IncomingInvite(CallDriver.Body(CallDriver.VideoOffer("sendrecv", 1))));
        SdpSession answer = _call.Single<CallAction.Accept>().Body;
        Assert.Equal(MediaDirection.SendOnly, answer.Media[1].Direction);
        _call.Signal(new SipSessionEvent.AckReceived(null));

        Assert.Equal(PicturePhase.Up, _call.State.Picture);
        Assert.DoesNotContain(_call.All<CallAction.StartTimer>(), t => t.Timer == CallTimer.Picture);
        _call.Single<CallAction.Confirmed>();
    }

    [Fact]
    public void Invite_WithoutOffer_OfferInAnswerAndPictureAfterAck()
    {
        _call.Signal(new SipSessionEvent.IncomingInvite(null));
        Assert.Single(_call.Single<CallAction.Accept>().Body.Media);
        _call.Signal(new SipSessionEvent.AckReceived(CallDriver.Body(CallDriver.AudioOffer)));

        _call.Single<CallAction.ApplyMedia>();
        Assert.Contains(_call.All<CallAction.StartTimer>(), t => t.Timer == CallTimer.Picture);
    }

    [Theory]
    [InlineData(null, CallEndReason.BadOffer)]
    [InlineData("garbage", CallEndReason.BadOffer)]
    [InlineData(CallDriver.UnknownCodecOffer, CallEndReason.NoCommonCodec)]
    public void Invite_WithoutOfferAndAckWithoutSound_Ended(string? answer, CallEndReason reason)
    {
        _call.Signal(new SipSessionEvent.IncomingInvite(null));
        _call.Signal(new SipSessionEvent.AckReceived(answer is null ? null : CallDriver.Body(answer)));

        Assert.Equal(reason, _call.Single<CallAction.Hangup>().Reason);
        Assert.Empty(_call.All<CallAction.StartTimer>());
    }

    [Fact]
    public void Invite_AnswerDelay_RingsThenAnswers()
    {
        var call = new CallDriver(answerDelay: TimeSpan.FromSeconds(3));
        call.Signal(new SipSessionEvent.IncomingInvite(CallDriver.Body(CallDriver.AudioOffer)));
        call.Single<CallAction.Ring>();
        Assert.Empty(call.All<CallAction.Accept>());
        Assert.Empty(call.All<CallAction.ApplyMedia>());
        Assert.Equal(TimeSpan.FromSeconds(3), call.All<CallAction.StartTimer>().Single(t => t.Timer == CallTimer.Answer).Delay);

        call.Fire(CallTimer.Answer);
        Assert.Single(call.Single<CallAction.Accept>().Body.Media);
        call.Single<CallAction.ApplyMedia>();
        call.Signal(new SipSessionEvent.AckReceived(null));
        Assert.Equal(CallPhase.Established, call.State.Phase);
    }

    [Fact]
    public void Invite_AnswerDelayAndNoOffer_OfferInAnswerAfterRinging()
    {
        var call = new CallDriver(answerDelay: TimeSpan.FromSeconds(3));
        call.Signal(new SipSessionEvent.IncomingInvite(null));
        call.Fire(CallTimer.Answer);
        call.Single<CallAction.Accept>();
        call.Signal(new SipSessionEvent.AckReceived(CallDriver.Body(CallDriver.AudioOffer)));
        call.Single<CallAction.ApplyMedia>();
    }

    [Fact]
    public void Ringing_CancelledOrEndedHere_NeverAnswered()
    {
        var cancelled = new CallDriver(answerDelay: TimeSpan.FromSeconds(3));
        cancelled.Signal(new SipSessionEvent.IncomingInvite(CallDriver.Body(CallDriver.AudioOffer)));
        cancelled.Signal(new SipSessionEvent.Terminated(SipEndCause.RemoteCancel, 487, null));
        Assert.Equal(CallEndReason.Cancelled, cancelled.Single<CallAction.Finish>().Reason);
        cancelled.Fire(CallTimer.Answer);
        Assert.Empty(cancelled.Last);

        var ended = new CallDriver(answerDelay: TimeSpan.FromSeconds(3));
        ended.Signal(new SipSessionEvent.IncomingInvite(CallDriver.Body(CallDriver.AudioOffer)));
        ended.Apply(new CallInput.End(CallEndReason.Shutdown));
        Assert.Equal(CallEndReason.Shutdown, ended.Single<CallAction.Reject>().Reason);
        ended.Fire(CallTimer.Answer);
        Assert.Empty(ended.Last);
    }

    [Theory]
    [InlineData("garbage", CallEndReason.BadOffer)]
    [InlineData(CallDriver.UnknownCodecOffer, CallEndReason.NoCommonCodec)]
    public void Invite_Unusable_Rejected(string body, CallEndReason reason)
    {
        _call.Signal(new SipSessionEvent.IncomingInvite(CallDriver.Body(body)));

        Assert.Equal(reason, _call.Single<CallAction.Reject>().Reason);
    }

    [Fact]
    public void AudioSilent_OnHold_LivesOnElseEnds()
    {
        _call.ToUp();
        _call.Signal(new SipSessionEvent.ReinviteReceived(CallDriver.Body(CallDriver.VideoOffer("inactive", 3)), IsUpdate: false));
        _call.Apply(new CallInput.AudioSilent());
        Assert.Empty(_call.Last);

        _call.Signal(new SipSessionEvent.ReinviteReceived(CallDriver.Body(CallDriver.VideoOffer("sendrecv", 4)), IsUpdate: false));
        _call.Apply(new CallInput.AudioSilent());
        Assert.Equal(CallEndReason.MediaTimeout, _call.Single<CallAction.Hangup>().Reason);
    }

    [Fact]
    public void PictureFailed_WhileUp_LineTakenDownAndAudioLivesOn()
    {
        _call.ToUp();
        _call.Apply(new CallInput.PictureFailed());

        SdpSession offer = _call.Single<CallAction.SendReinvite>().Body;
        Assert.Equal(2, offer.Media.Length);
        Assert.Equal(0, offer.Media[1].Port);
        Assert.Empty(_call.All<CallAction.Hangup>());
    }

    [Fact]
    public void PictureFailed_OfferOut_LineTakenDownOnceItWasAccepted()
    {
        _call.ToAsked();
        _call.Apply(new CallInput.PictureFailed());
        Assert.Empty(_call.All<CallAction.SendReinvite>());
        _call.Signal(new SipSessionEvent.ReinviteAnswered(CallDriver.Body(CallDriver.VideoAnswer(40_000, "recvonly"))));

        Assert.Equal(0, _call.Single<CallAction.SendReinvite>().Body.Media[1].Port);
        _call.Signal(new SipSessionEvent.ReinviteAnswered(CallDriver.Body(CallDriver.VideoAnswer(0, "inactive", 3))));
        Assert.Null(_call.State.Sdp.Negotiated!.Video);
        Assert.Empty(_call.All<CallAction.SendReinvite>());
    }

    [Fact]
    public void PictureFailed_OfferOutAndRefused_NothingMoreIsAsked()
    {
        _call.ToAsked();
        _call.Apply(new CallInput.PictureFailed());
        _call.Signal(new SipSessionEvent.ReinviteRefused(488, null, RetryScheduled: false));
        Assert.Empty(_call.Last);

        _call.Fire(CallTimer.Picture);
        Assert.Empty(_call.Last);
        Assert.Equal(PicturePhase.Off, _call.State.Picture);
    }

    [Fact]
    public void PictureFailed_FarEndsExchangeOpen_LineTakenDownAfterIt()
    {
        _call.ToUp();
        _call.Signal(new SipSessionEvent.ReinviteReceived(null, IsUpdate: false));
        _call.Apply(new CallInput.PictureFailed());
        Assert.Empty(_call.All<CallAction.SendReinvite>());
        Assert.Contains(_call.All<CallAction.StartTimer>(), t => t.Timer == CallTimer.Picture);
        _call.Signal(new SipSessionEvent.AckReceived(CallDriver.Body(CallDriver.VideoAnswer(40_000, "recvonly", 3))));

        Assert.Equal(0, _call.Single<CallAction.SendReinvite>().Body.Media[1].Port);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void PictureFailed_TakingDownCollides_TriedAgain(bool stackRetries)
    {
        _call.ToUp();
        _call.Apply(new CallInput.PictureFailed());
        _call.Signal(new SipSessionEvent.ReinviteRefused(491, null, stackRetries));
        if (stackRetries)
            _call.Signal(new SipSessionEvent.ReinviteRetryDue());
        else
            _call.Fire(_call.Single<CallAction.StartTimer>().Timer);

        Assert.Equal(0, _call.Single<CallAction.SendReinvite>().Body.Media[1].Port);
    }

    [Fact]
    public void ReinviteReceived_OurOfferOpen_RequestPending()
    {
        _call.ToAsked();
        _call.Signal(new SipSessionEvent.ReinviteReceived(CallDriver.Body(CallDriver.VideoOffer("sendrecv", 2)), IsUpdate: true));

        Assert.Equal(491, _call.Single<CallAction.RejectReinvite>().Status);
    }

    [Fact]
    public void AckReceived_MaxDuration_ByeWhenItEnds()
    {
        var call = new CallDriver(maxDuration: TimeSpan.FromMinutes(1));
        call.Signal(new SipSessionEvent.IncomingInvite(CallDriver.Body(CallDriver.AudioOffer)));
        call.Signal(new SipSessionEvent.AckReceived(null));
        Assert.Contains(call.All<CallAction.StartTimer>(), t => t is { Timer: CallTimer.MaxDuration, Delay.TotalMinutes: 1 });
        call.Fire(CallTimer.MaxDuration);

        Assert.Equal(CallEndReason.MaxDuration, call.Single<CallAction.Hangup>().Reason);
    }

    [Fact]
    public void Info_PictureFastUpdate_KeyFrame()
    {
        _call.ToUp();
        byte[] xml = "<media_control><vc_primitive><to_encoder><picture_fast_update/></to_encoder></vc_primitive></media_control>"u8.ToArray();
        _call.Signal(new SipSessionEvent.InfoReceived("application/media_control+xml; charset=utf-8", xml));
        _call.Single<CallAction.RequestKeyFrame>();

        _call.Signal(new SipSessionEvent.InfoReceived("application/media_control+xml", "<media_control/>"u8.ToArray()));
        Assert.Empty(_call.Last);
    }

    [Theory]
    [InlineData(SipEndCause.RemoteBye, CallEndReason.RemoteHangup)]
    [InlineData(SipEndCause.AckTimeout, CallEndReason.NoAck)]
    [InlineData(SipEndCause.DialogGone, CallEndReason.DialogLost)]
    [InlineData(SipEndCause.Transport, CallEndReason.TransportFailure)]
    [InlineData(SipEndCause.RemoteCancel, CallEndReason.Cancelled)]
    public void Terminated_AnyPhase_FinishedOnceWithItsReason(SipEndCause cause, CallEndReason reason)
    {
        _call.ToAsked();
        _call.Signal(new SipSessionEvent.Terminated(cause, 0, null));
        Assert.Equal(reason, _call.Single<CallAction.Finish>().Reason);

        _call.Signal(new SipSessionEvent.Terminated(cause, 0, null));
        _call.Apply(new CallInput.End(CallEndReason.Shutdown));
        Assert.Empty(_call.Last);
    }

    [Fact]
    public void End_Twice_OneByeAndFirstReasonStands()
    {
        _call.ToUp();
        _call.Apply(new CallInput.End(CallEndReason.Shutdown));
        _call.Single<CallAction.Hangup>();
        _call.Apply(new CallInput.End(CallEndReason.MaxDuration));
        Assert.Empty(_call.Last);
        _call.Signal(new SipSessionEvent.Terminated(SipEndCause.LocalBye, 0, null));

        Assert.Equal(CallEndReason.Shutdown, _call.Single<CallAction.Finish>().Reason);
    }

    [Fact]
    public void TimerFired_NoAck_SetupEnds()
    {
        _call.Signal(new SipSessionEvent.IncomingInvite(CallDriver.Body(CallDriver.AudioOffer)));
        _call.Fire(CallTimer.Setup);

        Assert.Equal(CallEndReason.SetupTimeout, _call.Single<CallAction.Hangup>().Reason);
    }

    [Fact]
    public void Next_RandomInputs_NeverThrowsAndNeverRemovesLines()
    {
        for (int seed = 0; seed < 300; seed++)
            CallDriver.RunRandom(seed, steps: 40);
    }

    [Fact]
    public void FaceChosen_WhileThePictureIsUp_ShownWithoutANewOffer()
    {
        var face = new CallerPicture("kiko");
        _call.ToUp();
        _call.Apply(new CallInput.FaceChosen(face));
        Assert.Same(face, Assert.IsType<CallAction.ShowFace>(Assert.Single(_call.Last)).Face);

        _call.Apply(new CallInput.End(CallEndReason.LocalHangup));
        _call.Apply(new CallInput.FaceChosen(face));
        Assert.Empty(_call.Last);
    }

    [Fact]
    public void PictureSwitched_OffAndOn_TakenDownAtOnceAndAskedAgain()
    {
        _call.ToUp();
        _call.Apply(new CallInput.PictureSwitched(On: false));
        Assert.False(_call.Single<CallAction.SwitchPicture>().On);
        Assert.Equal(0, _call.Single<CallAction.SendReinvite>().Body.Media[1].Port);
        Assert.Equal(PicturePhase.Off, _call.State.Picture);
        _call.Signal(new SipSessionEvent.ReinviteAnswered(CallDriver.Body(CallDriver.VideoAnswer(0, "inactive", 3))));
        Assert.Empty(_call.All<CallAction.SendReinvite>());

        _call.Apply(new CallInput.PictureSwitched(On: true));
        Assert.True(_call.Single<CallAction.SwitchPicture>().On);
        _call.Fire(CallTimer.Picture);
        Assert.NotEqual(0, _call.Single<CallAction.SendReinvite>().Body.Media[1].Port);
        _call.Signal(new SipSessionEvent.ReinviteAnswered(CallDriver.Body(CallDriver.VideoAnswer(40_000, "recvonly", 4))));
        Assert.Equal(PicturePhase.Up, _call.State.Picture);
    }

    [Fact]
    public void PictureSwitched_TwiceOrWhileOfferIsOut_NeverTwoOffersAtOnce()
    {
        _call.ToAsked();
        _call.Apply(new CallInput.PictureSwitched(On: false));
        Assert.Empty(_call.All<CallAction.SendReinvite>());
        _call.Apply(new CallInput.PictureSwitched(On: false));
        Assert.Empty(_call.Last);
        _call.Signal(new SipSessionEvent.ReinviteAnswered(CallDriver.Body(CallDriver.VideoAnswer(40_000, "recvonly"))));
        Assert.Equal(0, _call.Single<CallAction.SendReinvite>().Body.Media[1].Port);
        Assert.Equal(PicturePhase.Off, _call.State.Picture);
    }

    private static ulong VersionOf(SdpSession description) =>
        description.Origin.TryGetVersion(out ulong version) ? version : throw new FormatException("o= without version");
}
