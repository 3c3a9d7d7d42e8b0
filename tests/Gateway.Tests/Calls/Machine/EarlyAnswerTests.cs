using Avatar2D.Gateway.Calls.Machine;
using Avatar2D.Rtp.Sdp;
using Avatar2D.Sip.Sessions;

namespace Avatar2D.Gateway.Tests.Calls.Machine;

/// <summary>Answers before the answer: early media (RFC 5009), reliable responses (RFC 3262), preconditions (RFC 3312).</summary>
public sealed class EarlyAnswerTests
{
    private const string Wishes = "a=curr:qos remote none\r\na=des:qos mandatory local sendrecv\r\na=des:qos mandatory remote sendrecv\r\n";

    private static string ImsOffer(string local, int version) =>
        CallDriver.AudioOffer.Replace("peer 1 1", $"peer 1 {version}", StringComparison.Ordinal) + $"a=curr:qos local {local}\r\n" + Wishes;

    private static CallDriver Driver(bool early = false, TimeSpan answerDelay = default) =>
        new(answerDelay, change: plan => plan with { Capabilities = plan.Capabilities with { Preconditions = true }, EarlyMedia = early });

    [Fact]
    public void Invite_CallerHasNoResourcesYet_Gets183AndIsAnsweredAfterItsUpdate()
    {
        CallDriver call = Driver();
        call.Signal(new SipSessionEvent.IncomingInvite(CallDriver.Body(ImsOffer("none", 1))));
        Assert.Contains("a=conf:qos remote sendrecv", call.Single<CallAction.Ring>().Early!.ToString(), StringComparison.Ordinal);
        Assert.Empty(call.All<CallAction.ApplyMedia>());
        call.Signal(new SipSessionEvent.EarlyAcknowledged());
        Assert.Empty(call.Last);
        call.Signal(new SipSessionEvent.ReinviteReceived(CallDriver.Body(ImsOffer("none", 2)), IsUpdate: true));
        call.Single<CallAction.AnswerReinvite>();
        Assert.Empty(call.All<CallAction.Accept>()); // still none
        call.Signal(new SipSessionEvent.ReinviteReceived(CallDriver.Body(ImsOffer("sendrecv", 3)), IsUpdate: true));
        call.Single<CallAction.AnswerReinvite>();
        call.Single<CallAction.Accept>();
        call.Single<CallAction.ApplyMedia>();
        Assert.Equal(CallPhase.Answered, call.State.Phase);
    }

    [Fact]
    public void Invite_ResourcesNeverCome_IsRefusedAtTheTimeout()
    {
        CallDriver call = Driver();
        call.Signal(new SipSessionEvent.IncomingInvite(CallDriver.Body(ImsOffer("none", 1))));
        call.Fire(CallTimer.Setup);
        call.Single<CallAction.Reject>();
    }

    [Fact]
    public void Invite_EarlyMediaAsked_RingsWithTheAnswerAndMedia()
    {
        CallDriver call = Driver(early: true, answerDelay: TimeSpan.FromSeconds(3));
        call.Signal(new SipSessionEvent.IncomingInvite(CallDriver.Body(CallDriver.AudioOffer)));
        Assert.NotNull(call.Single<CallAction.Ring>().Early);
        call.Single<CallAction.ApplyMedia>();
        call.Single<CallAction.Confirmed>();
        call.Fire(CallTimer.Answer);
        call.Single<CallAction.Accept>();
    }

    [Theory]
    [InlineData("a=conf:qos remote sendrecv\r\n", 1)]
    [InlineData("", 0)]
    public void EarlyAnswer_AsksForConfirmation_IsToldByUpdate(string confirm, int updates)
    {
        CallDriver call = Driver();
        call.ToAsked();
        call.Signal(new SipSessionEvent.EarlyAnswered(CallDriver.Body(CallDriver.VideoAnswer(40_000, "recvonly") + confirm)));
        Assert.Equal(updates, call.All<CallAction.SendUpdate>().Count());
        Assert.Empty(call.All<CallAction.ApplyMedia>());
        if (updates > 0)
            call.Signal(new SipSessionEvent.UpdateAnswered(CallDriver.Body(CallDriver.VideoAnswer(40_000, "recvonly", version: 3))));
        Assert.Equal(PicturePhase.Asked, call.State.Picture);
        call.Signal(new SipSessionEvent.ReinviteAnswered(null));
        Assert.True(call.Single<CallAction.ApplyMedia>().Negotiated.RemoteAcceptedVideo);
        call.Single<CallAction.Confirmed>();
        Assert.Equal(PicturePhase.Up, call.State.Picture);
    }

    [Fact]
    public void EarlyAnswer_UpdateOfThePeerBeforeItsAnswer_ChangesWhatIsAgreed()
    {
        CallDriver call = Driver();
        call.ToAsked();
        call.Signal(new SipSessionEvent.EarlyAnswered(CallDriver.Body(CallDriver.VideoAnswer(40_000, "recvonly"))));
        call.Signal(new SipSessionEvent.ReinviteReceived(CallDriver.Body(CallDriver.VideoAnswer(40_006, "recvonly", version: 3)), IsUpdate: true));
        call.Single<CallAction.AnswerReinvite>();
        Assert.Empty(call.All<CallAction.ApplyMedia>());
        call.Signal(new SipSessionEvent.ReinviteAnswered(null));
        Assert.Equal(40_006, call.Single<CallAction.ApplyMedia>().Negotiated.Video!.RemoteRtp!.Port);
    }

    [Fact]
    public void EarlyAnswer_ThenRefused_TheLineIsTakenDownAndNotAskedAgain()
    {
        CallDriver call = Driver();
        call.ToAsked();
        call.Signal(new SipSessionEvent.EarlyAnswered(CallDriver.Body(CallDriver.VideoAnswer(40_000, "recvonly"))));
        call.Signal(new SipSessionEvent.ReinviteRefused(603, null, false));
        SdpSession offer = call.Single<CallAction.SendReinvite>().Body;
        Assert.Equal(0, offer.Media[1].Port);
        Assert.Equal(PicturePhase.Off, call.State.Picture);
        call.Fire(CallTimer.Picture);
        Assert.Empty(call.All<CallAction.SendReinvite>());
    }
}
