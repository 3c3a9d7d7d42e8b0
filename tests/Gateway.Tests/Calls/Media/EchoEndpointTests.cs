using Avatar2D.Gateway.Calls.Media;

namespace Avatar2D.Gateway.Tests.Calls.Media;

/// <summary>The own voice comes back exactly as late as its picture.</summary>
public sealed class EchoEndpointTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(70)]
    [InlineData(333)]
    public void Fill_AfterDelay_GivesEverySampleOnce(int delayMs)
    {
        var echo = new EchoEndpoint(8000, TimeSpan.FromMilliseconds(delayMs));
        short next = 1;
        var heard = new List<short>();
        short[] tick = new short[160];
        for (int i = 0; i < 100; i++)
        {
            for (int k = 0; k < tick.Length; k++)
                tick[k] = next++;
            echo.OnReceived(tick);
            echo.Fill(tick);
            heard.AddRange(tick);
        }

        int silence = delayMs * 8;
        Assert.All(heard.Take(silence), sample => Assert.Equal(0, sample));
        Assert.Equal(Enumerable.Range(1, heard.Count - silence), heard.Skip(silence).Select(sample => (int)sample));
    }
}
