using System.Net;
using Avatar2D.Sip.UserAgent;
using Microsoft.Extensions.Time.Testing;

namespace Avatar2D.Sip.Tests.UserAgent;

public sealed class SourceLimiterTests
{
    private static readonly IPAddress One = IPAddress.Parse("192.0.2.1");

    [Fact]
    public void TryTake_BurstThenRate_RefusesTheRestOfThisSourceOnly()
    {
        var time = new FakeTimeProvider();
        var limiter = new SourceLimiter(perSecond: 2, burst: 3, time);
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => limiter.TryTake(One)));
        Assert.True(limiter.TryTake(IPAddress.Parse("192.0.2.2")));
        time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(limiter.TryTake(One));
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([true, false], [limiter.TryTake(One), limiter.TryTake(One)]);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => limiter.TryTake(One)));
    }

    [Fact]
    public void Invite_AboveTheRate_Is503WithRetryAfterAndCallsGoOn()
    {
        var stage = new Stage(o => o with { RequestsPerSecond = 1, RequestBurst = 1 });
        stage.Peer.Send(stage.Bob, stage.Peer.Invite(stage.Bob, "a", "a", "v=0\r\n").Build());
        stage.Peer.Send(stage.Bob, stage.Peer.Invite(stage.Bob, "b", "b", "v=0\r\n").Build());
        var refusal = stage.Peer.Response("INVITE");
        Assert.Equal((503, true), (refusal.StatusCode, refusal.RetryAfter is not null));
        Assert.Single(stage.Bob.Calls);
        stage.Pass(1, 100);
        stage.Peer.Send(stage.Bob, stage.Peer.Invite(stage.Bob, "c", "c", "v=0\r\n").Build());
        Assert.Equal(2, stage.Bob.Calls.Count);
    }
}
