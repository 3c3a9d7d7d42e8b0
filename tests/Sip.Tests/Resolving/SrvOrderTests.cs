using Avatar2D.Sip.Resolving;

namespace Avatar2D.Sip.Tests.Resolving;

public sealed class SrvOrderTests
{
    [Fact]
    public void Of_Priorities_LowestFirst() =>
        Assert.Equal(["a", "b", "c"], SrvOrder.Of([new(30, 0, "c", 1), new(10, 0, "a", 1), new(20, 9, "b", 1)], most => most).Select(t => t.Host));

    [Fact]
    public void Of_Weights_AreSharesOfTheFirstPlace()
    {
        var random = new Random(2026);
        SrvTarget[] targets = [new(0, 60, "large", 1), new(0, 30, "middle", 1), new(0, 10, "small", 1), new(0, 0, "spare", 1)];
        var first = Enumerable.Range(0, 4_000).Select(_ => SrvOrder.Of(targets, most => random.Next(most + 1))[0].Host).ToLookup(host => host);
        Assert.InRange(first["large"].Count(), 2_250, 2_500);
        Assert.InRange(first["middle"].Count(), 1_050, 1_300);
        Assert.InRange(first["small"].Count(), 300, 480);
        Assert.InRange(first["spare"].Count(), 10, 90); // One in a hundred.
    }

    [Fact]
    public void Of_Nothing_IsNothing() => Assert.Empty(SrvOrder.Of([], most => most));
}
