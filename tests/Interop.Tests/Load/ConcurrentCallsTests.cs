using Avatar2D.Gateway.Calls.Machine;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Load;

/// <summary>Many calls at one time, placed by SIPp: none may fail.</summary>
public sealed class ConcurrentCallsTests
{
    private const int VoiceCalls = 50;
    private const int PictureCalls = 4;

    [Fact]
    public async Task Calls_FiftyAtOnceWithoutPicture_NoneFails()
    {
        await using LoadGateway gateway = await LoadGateway.StartAsync(o => o with { Video = o.Video with { Enabled = false } });
        await using ExternalProcess sipp = SippCallers.Start("voice", gateway.Host.SipEndPoints[0], VoiceCalls, perSecond: 10, holdMs: 15_000);
        await Until.TrueAsync(
            () => gateway.Host.Calls.Count == VoiceCalls && gateway.Host.Calls.Calls.All(call => call.Figures.Audio.PacketsReceived > 50),
            "fifty calls that are heard",
            () => sipp.Report);
        await sipp.AllGoodAsync();
        await gateway.EmptyAsync();

        IReadOnlyList<CallDetailRecord> records = await gateway.RecordsAsync();
        Assert.Equal(VoiceCalls, records.Count);
        Assert.All(records, record => Assert.Equal(CallEndReason.RemoteHangup, record.EndReason));
        Assert.All(records, record => Assert.Equal("PCMU", record.AudioCodec));
    }

    [Fact]
    public async Task Calls_FourAtOnceWithPicture_NoneFails()
    {
        await using LoadGateway gateway = await LoadGateway.StartAsync();
        await using var sink = new PictureSink();
        await using ExternalProcess sipp = SippCallers.Start(
            "picture", gateway.Host.SipEndPoints[0], PictureCalls, perSecond: 2, holdMs: 10_000, sink.Port);
        await Until.TrueAsync(
            () => gateway.Host.Calls.Count == PictureCalls && gateway.Host.Calls.Calls.All(call => call.Picture == PicturePhase.Up),
            "four calls with a picture",
            () => sipp.Report);
        await sipp.AllGoodAsync();
        await gateway.EmptyAsync();

        Assert.Equal(PictureCalls, sink.Pictures.Count);
        Assert.All(sink.Pictures.Values, pictures => Assert.True(pictures > 50, $"{pictures} pictures"));
        IReadOnlyList<CallDetailRecord> records = await gateway.RecordsAsync();
        Assert.Equal(PictureCalls, records.Count);
        Assert.All(records, record => Assert.Equal(CallEndReason.RemoteHangup, record.EndReason));
        Assert.All(records, record => Assert.Equal("H264", record.VideoCodec));
    }
}
