using System.Globalization;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Calls;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Gateway.Hosting;
using Avatar2D.Gateway.Options;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Gateway.Tests.Load;

/// <summary>The whole gateway under four calls with pictures; the callers are processes of their own.</summary>
[Collection(AloneInTheProcess.Name)]
public sealed class FourCallsTests : IDisposable
{
    /// <summary>Bound of 60 s. Per packet and frame nothing is allocated; once a second or so SIP and RTCP may.</summary>
    private const double BytesPerMinute = 1_000_000;
    private const int DefaultSeconds = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly string _folder = Directory.CreateTempSubdirectory("avatar2d-load-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>AVATAR2D_LOAD_SECONDS lengthens the measurement; the bound goes with it.</summary>
    [Fact]
    public async Task Gateway_FourCallsWithPictures_ManagedAllocationStaysUnderOneMegabyteAMinute()
    {
        int seconds = int.TryParse(Environment.GetEnvironmentVariable("AVATAR2D_LOAD_SECONDS"), CultureInfo.InvariantCulture, out int wanted)
            ? wanted : DefaultSeconds;
        await using GatewayHost gateway = await StartAsync();
        string target = $"sip:avatar@{gateway.SipEndPoints[0]}";
        var callers = new List<CallerProcess>();
        try
        {
            foreach (string codec in new[] { "pcmu", "pcma", "opus", "opus" })
                callers.Add(new CallerProcess(target, codec));

            // Warm: every call has shown ten seconds of pictures, so that buffers have their size and hot code is compiled.
            await UntilAsync(() => gateway.Calls.Count == 4 && gateway.Calls.Calls.All(call => call.Figures.Pictures.FramesSent > 250), callers);
            CallSession[] calls = [.. gateway.Calls.Calls];
            CallFigures[] first = [.. calls.Select(call => CallFigures.Of(call))];

            long before = GC.GetTotalAllocatedBytes(precise: true);
            await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);
            long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

            for (int i = 0; i < calls.Length; i++)
                first[i].AssertGrew(CallFigures.Of(calls[i]));
            TestContext.Current.TestOutputHelper?.WriteLine($"{allocated} bytes in {seconds} s of four calls");
            Assert.InRange(allocated, 0, (long)(BytesPerMinute * seconds / 60));

            gateway.Calls.EndAll(CallEndReason.Shutdown);
            foreach (CallerProcess caller in callers)
                Assert.Equal("remote_hangup", (await caller.ReportAsync(Patience)).GetProperty("endReason").GetString());
        }
        finally
        {
            callers.ForEach(caller => caller.Dispose());
        }
    }

    private static async Task UntilAsync(Func<bool> condition, List<CallerProcess> callers)
    {
        using var bound = new CancellationTokenSource(Patience);
        while (!condition())
        {
            if (callers.Find(caller => caller.HasExited) is { } gone)
                Assert.Fail($"A caller ended early: {await gone.ReportAsync(Patience)}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, bound.Token);
        }
    }

    private async Task<GatewayHost> StartAsync()
    {
        var options = new GatewayOptions
        {
            Sip = new SipOptions { Listen = ["udp:127.0.0.1:0"] },
            Rtp = new RtpOptions { BindAddresses = ["127.0.0.1"] },
            Calls = new CallOptions { DrainSeconds = 0 },
            Cdr = new CdrOptions { Path = Path.Combine(_folder, "cdr.jsonl") },
            Avatar = new AvatarOptions { Folder = Path.Combine(AppContext.BaseDirectory, "avatars") },
        };
        var gateway = new GatewayHost(options, AvatarCatalog.From(options.Avatar, options.Engine, NullLoggerFactory.Instance), TimeProvider.System, NullLoggerFactory.Instance);
        await gateway.StartAsync(CancellationToken.None);
        return gateway;
    }

    private sealed record CallFigures(long Frames, long Heard, long Sent)
    {
        public static CallFigures Of(CallSession call)
        {
            Gateway.Calls.Media.CallFigures figures = call.Figures;
            return new CallFigures(figures.Pictures.FramesSent, figures.Audio.PacketsReceived, figures.Audio.PacketsSent);
        }

        public void AssertGrew(CallFigures later) =>
            Assert.True(later.Frames > Frames && later.Heard > Heard && later.Sent > Sent, $"A call stood still: {this}, then {later}");
    }
}
