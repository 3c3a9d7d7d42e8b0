using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Load;

/// <summary>After many calls the process holds what it held before.</summary>
public sealed class LeftoversTests
{
    /// <summary>One kilobyte a call would be 1 MB.</summary>
    private const long HeapBand = 500_000;

    /// <summary>Native allocators keep some of what they were given; a lost Opus codec (30 kB) or socket buffer a call would be more.</summary>
    private const long ResidentBand = 24_000_000;

    [Fact]
    public async Task ShortCalls_Thousand_LeaveNothingBehind()
    {
        await using LoadGateway gateway = await LoadGateway.StartAsync();
        await CallAsync(gateway, "short", calls: 300, perSecond: 50, holdMs: 0); // Warms pools, caches and the compiler.
        ProcessFigures before = ProcessFigures.Read(gateway.Time);
        await CallAsync(gateway, "short", calls: 1000, perSecond: 50, holdMs: 0);
        ProcessFigures after = ProcessFigures.Read(gateway.Time);
        AssertSame(before, after);
        Assert.Equal(1300, (await gateway.RecordsAsync()).Count);
    }

    [Fact]
    public async Task PictureCalls_Forty_LeaveNothingBehind()
    {
        await using LoadGateway gateway = await LoadGateway.StartAsync(o => o with { Video = o.Video with { AddDelayMs = 0, AddDelayRandomMs = 0 } });
        await using var sink = new PictureSink();
        await CallAsync(gateway, "picture", calls: 20, perSecond: 5, holdMs: 200, sink.Port);
        ProcessFigures before = ProcessFigures.Read(gateway.Time);
        await CallAsync(gateway, "picture", calls: 40, perSecond: 5, holdMs: 200, sink.Port);
        ProcessFigures after = ProcessFigures.Read(gateway.Time);
        AssertSame(before, after);
    }

    private static async Task CallAsync(LoadGateway gateway, string scenario, int calls, int perSecond, int holdMs, int videoPort = 9)
    {
        await using (ExternalProcess sipp = SippCallers.Start(scenario, gateway.Host.SipEndPoints[0], calls, perSecond, holdMs, videoPort))
            await sipp.AllGoodAsync();
        await gateway.EmptyAsync();
    }

    private static void AssertSame(ProcessFigures before, ProcessFigures after)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"before: {before}\nafter:  {after}");
        Assert.Equal(before.OpenFiles, after.OpenFiles);
        Assert.Equal(before.Timers, after.Timers);
        Assert.True(after.HeapBytes - before.HeapBytes < HeapBand, $"before: {before}; after: {after}");
        Assert.True(after.ResidentBytes - before.ResidentBytes < ResidentBand, $"before: {before}; after: {after}");
    }
}
