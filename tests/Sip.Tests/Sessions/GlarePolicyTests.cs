using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.Transports;

namespace Avatar2D.Sip.Tests.Sessions;

public sealed class GlarePolicyTests
{
    [Theory]
    [InlineData(true, 2100, 4000)]
    [InlineData(false, 0, 2000)]
    public void RetryDelay_ManyDraws_StaysInTheRangeInStepsOf10Ms(bool ownsCallId, int fromMs, int toMs)
    {
        var tokens = new SipTokens(new Random(1));
        var draws = Enumerable.Range(0, 5_000).Select(_ => GlarePolicy.RetryDelay(ownsCallId, tokens).TotalMilliseconds).ToArray();
        Assert.Equal(fromMs, draws.Min());
        Assert.Equal(toMs, draws.Max());
        Assert.All(draws, delay => Assert.Equal(0, delay % 10));
    }

    [Fact]
    public void OverlapRetryAfterSeconds_ManyDraws_IsZeroToTen()
    {
        var tokens = new SipTokens(new Random(1));
        var draws = Enumerable.Range(0, 1_000).Select(_ => GlarePolicy.OverlapRetryAfterSeconds(tokens)).ToArray();
        Assert.Equal((0, 10), (draws.Min(), draws.Max()));
    }
}
