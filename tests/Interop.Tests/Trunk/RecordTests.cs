using System.Collections.Immutable;
using Avatar2D.Interop.Tests.Harness;
using Avatar2D.Interop.Tests.Sipp;

namespace Avatar2D.Interop.Tests.Trunk;

/// <summary>Call detail records while their file is moved away (mv, as logrotate does), and on a disk that is full (/dev/full).</summary>
public sealed class RecordTests
{
    private static async Task CallAsync(GatewayUnderTest gateway)
    {
        await using SippCall call = SippCall.Start(gateway.Udp, "headers", ImmutableDictionary<string, string>.Empty);
        await call.GoodAsync();
        await gateway.CallsAsync(0);
    }

    private static int Lines(string path) => File.Exists(path) ? File.ReadAllLines(path).Length : 0;

    [Fact]
    public async Task Records_FileIsMovedAway_GoOnInANewOne()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(o => o with { Video = o.Video with { Enabled = false } });
        string path = gateway.Options.Cdr.Path;
        await CallAsync(gateway);
        await Until.TrueAsync(() => Lines(path) == 1, "a record", () => gateway.Log.Text);
        await using ExternalProcess mv = ExternalProcess.Start(Tool.PathOf("mv", "coreutils"), [path, path + ".1"]);
        Assert.Equal(0, await mv.EndedAsync());
        await CallAsync(gateway);
        await Until.TrueAsync(() => Lines(path) == 1, "a record in a new file", () => gateway.Log.Text);
        Assert.Equal(1, Lines(path + ".1"));
        Assert.Empty(gateway.Log.Errors);
    }

    [Fact]
    public async Task Records_DiskIsFull_WaitAndNoCallSuffers()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(o => o with { Video = o.Video with { Enabled = false } });
        string path = gateway.Options.Cdr.Path;
        File.CreateSymbolicLink(path, "/dev/full");
        await CallAsync(gateway);
        await Until.TrueAsync(() => gateway.Log.Text.Contains("CDRs cannot be written", StringComparison.Ordinal), "a complaint", () => gateway.Log.Text);
        await CallAsync(gateway);
        File.Delete(path); // Room again.
        await CallAsync(gateway);
        Assert.Equal(3, (await gateway.RecordsAsync()).Count);
        Assert.Contains("are written to", gateway.Log.Text, StringComparison.Ordinal);
    }
}
