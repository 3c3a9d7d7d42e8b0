using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Load;

/// <summary>After many calls the process holds what it held before.</summary>
public sealed class LeftoversTests
{
    /// <summary>One kilobyte a call would be 1 MB.</summary>
    private const long HeapBand = 500_000;

    /// <summary>Native allocators keep some of what they were given; a lost Opus codec (30 kB) or socket buffer a call would be more.</summary>
    private const long VoiceBand = 24_000_000;

    /// <summary>Forty lost H.264 encoders, some 5 MB each, would be 200 MB.</summary>
    private const long PictureBand = 60_000_000;

    [Fact]
    public async Task ShortCalls_Thousand_LeaveNothingBehind()
    {
        await using LoadGateway gateway = await LoadGateway.StartAsync();
        await CallAsync(gateway, "short", calls: 300, perSecond: 50, holdMs: 0, atOnce: 25); // Warms pools, caches and the compiler.
        ProcessFigures before = ProcessFigures.Read(gateway.Time);
        await CallAsync(gateway, "short", calls: 1000, perSecond: 50, holdMs: 0, atOnce: 25);
        ProcessFigures after = ProcessFigures.Read(gateway.Time);
        AssertSame(before, after, VoiceBand);
        Assert.Equal(1300, (await gateway.RecordsAsync()).Count);
    }

    [Fact]
    public async Task PictureCalls_Forty_LeaveNothingBehind()
    {
        await using LoadGateway gateway = await LoadGateway.StartAsync(o => o with { Video = o.Video with { AddDelayMs = 0, AddDelayRandomMs = 0 } });
        await using var sink = new PictureSink();
        await CallAsync(gateway, "picture", calls: 20, perSecond: 5, holdMs: 200, atOnce: 4, sink.Port);
        ProcessFigures before = ProcessFigures.Read(gateway.Time);
        await CallAsync(gateway, "picture", calls: 40, perSecond: 5, holdMs: 200, atOnce: 4, sink.Port);
        ProcessFigures after = ProcessFigures.Read(gateway.Time);
        AssertSame(before, after, PictureBand);
    }

    private static async Task CallAsync(LoadGateway gateway, string scenario, int calls, int perSecond, int holdMs, int atOnce, int videoPort = 9)
    {
        // As many at once before and after the first look: what an allocator keeps depends on the peak.
        await using (ExternalProcess sipp = SippCallers.Start(scenario, gateway.Host.SipEndPoints[0], calls, perSecond, holdMs, videoPort, atOnce))
            await sipp.AllGoodAsync();
        await gateway.EmptyAsync();
    }

    private static void AssertSame(ProcessFigures before, ProcessFigures after, long residentBand)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"before: {before}\nafter:  {after}");
        Assert.Equal(before.OpenFiles, after.OpenFiles);
        Assert.Equal(before.Timers, after.Timers);
        Assert.True(after.HeapBytes - before.HeapBytes < HeapBand, $"before: {before}; after: {after}");
        Assert.True(after.ResidentBytes - before.ResidentBytes < residentBand, $"before: {before}; after: {after}");
    }
}
