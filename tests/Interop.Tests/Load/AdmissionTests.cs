using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Load;

/// <summary>A gateway that is full, or being emptied, as SIPp sees it; the calls that are up never notice.</summary>
public sealed class AdmissionTests
{
    private const int Room = 2;

    [Fact]
    public async Task Call_MoreThanThereIsRoomFor_Is503WithRetryAfterAndTheOthersGoOn()
    {
        await using LoadGateway gateway = await LoadGateway.StartAsync(o => o with
        {
            Video = o.Video with { Enabled = false }, Calls = o.Calls with { MaxCalls = Room },
        });
        await using ExternalProcess held = SippCallers.Start("voice", gateway.Host.SipEndPoints[0], Room, perSecond: Room, holdMs: 12_000);
        await Until.TrueAsync(() => gateway.Host.Calls.Count == Room, "a full gateway", () => held.Report);
        await using ExternalProcess more = SippCallers.Start("full", gateway.Host.SipEndPoints[0], calls: 3, perSecond: 3, holdMs: 0);
        await more.AllGoodAsync();
        Assert.Equal(Room, gateway.Host.Calls.Count);
        await held.AllGoodAsync();
        await gateway.EmptyAsync();
        await using ExternalProcess again = SippCallers.Start("voice", gateway.Host.SipEndPoints[0], 1, perSecond: 1, holdMs: 500);
        await again.AllGoodAsync(); // There is room again.
        IReadOnlyList<CallDetailRecord> records = await gateway.RecordsAsync();
        Assert.Equal(Room + 1, records.Count(record => record.EndReason == CallEndReason.RemoteHangup));
    }

    [Fact]
    public async Task Call_WhenPicturesAreLate_IsAnsweredWithoutPicture()
    {
        // An encoder that no machine keeps up with: most pictures are left out.
        await using LoadGateway gateway = await LoadGateway.StartAsync(o => o with
        {
            Video = o.Video with { Preset = "placebo", Width = 1280, Height = 720, FramesPerSecond = 30, BitRateKbps = 4000 },
            Calls = o.Calls with { MaxLateFramesPercent = 1 },
        });
        await using ExternalProcess first = SippCallers.Start("picture", gateway.Host.SipEndPoints[0], calls: 1, perSecond: 1, holdMs: 45_000);
        await Until.TrueAsync(() => gateway.Host.Calls.Calls.SingleOrDefault()?.Figures.Pictures is { FramesDropped: > 100 }, "late pictures", () => first.Report);

        // SIPp's scenario knows no re-INVITE: one would end it with an error.
        await using ExternalProcess second = SippCallers.Start("voice", gateway.Host.SipEndPoints[0], calls: 1, perSecond: 1, holdMs: 5000);
        await second.AllGoodAsync();
        await first.AllGoodAsync();
        await gateway.EmptyAsync();
        IReadOnlyList<CallDetailRecord> records = await gateway.RecordsAsync();
        Assert.Equal([CdrNoPicture.Overload, null], records.Select(record => record.NoPictureReason));
        Assert.Equal([null, "H264"], records.Select(record => record.VideoCodec));
        Assert.All(records, record => Assert.Equal((CallEndReason.RemoteHangup, 200), (record.EndReason, record.SipStatus)));
    }

    [Fact]
    public async Task Options_WhileTheGatewayIsEmptied_Is503AndTheCallGoesOn()
    {
        await using LoadGateway gateway = await LoadGateway.StartAsync(o => o with
        {
            Video = o.Video with { Enabled = false }, Calls = o.Calls with { DrainSeconds = 120 },
        });
        await using ExternalProcess held = SippCallers.Start("voice", gateway.Host.SipEndPoints[0], 1, perSecond: 1, holdMs: 10_000);
        await Until.TrueAsync(() => gateway.Host.Calls.Count == 1, "a call", () => held.Report);
        Task emptied = gateway.Host.StoppingAsync(CancellationToken.None);
        await using ExternalProcess probe = SippCallers.Start("draining", gateway.Host.SipEndPoints[0], calls: 1, perSecond: 1, holdMs: 0);
        await probe.AllGoodAsync();
        await using ExternalProcess late = SippCallers.Start("full", gateway.Host.SipEndPoints[0], calls: 1, perSecond: 1, holdMs: 0);
        await late.AllGoodAsync();
        Assert.Equal(1, gateway.Host.Calls.Count);
        await held.AllGoodAsync(); // Its BYE is its own.
        await emptied;
        Assert.Equal(CallEndReason.RemoteHangup, Assert.Single(await gateway.RecordsAsync()).EndReason);
    }
}
