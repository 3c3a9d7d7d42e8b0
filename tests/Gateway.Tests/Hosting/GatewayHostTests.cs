using System.Net;
using System.Text.Json;
using Avatar2D.Gateway.Calls.Machine;
using Avatar2D.Gateway.Hosting;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Phone;
using Avatar2D.Rtp.Sdp;
using Avatar2D.Sip.Dialogs;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Gateway.Tests.Hosting;

/// <summary>The whole gateway on loopback sockets, called by our own phone. Times here are bounds on hanging, never on speed.</summary>
public sealed class GatewayHostTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("avatar2d-host-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("pcmu", "h264")]
    [InlineData("opus", "h265")]
    public async Task Call_PhoneTakesThePicture_SeesItAndHearsItself(string audio, string video)
    {
        await using GatewayHost gateway = await StartAsync();
        var options = new TestPhoneOptions
        {
            Codec = Enum.Parse<AudioCodecChoice>(audio, ignoreCase: true),
            VideoCodecs = [Enum.Parse<VideoCodecChoice>(video, ignoreCase: true)],
            Duration = TimeSpan.FromSeconds(3),
            RecordingPath = Path.Combine(_folder, "call.mp4"),
        };
        CallReport report = await CallAsync(gateway, options);
        await gateway.StopAsync(CancellationToken.None);

        Assert.Equal(200, report.SipStatus);
        Assert.True(report.FramesReceived > 5, $"{report.FramesReceived} pictures");
        Assert.Equal("128x128", report.VideoSize);
        Assert.NotNull(report.FirstIdrMs);
        Assert.NotNull(report.AvSkewMsP95);
        Assert.True(new FileInfo(report.Recording!).Length > 1000);
        JsonElement record = Assert.Single(Records());
        Assert.Equal("remote_hangup", record.GetProperty("endReason").GetString());
        Assert.Equal(video, record.GetProperty("videoCodec").GetString(), ignoreCase: true);
        Assert.True(record.GetProperty("framesSent").GetInt64() >= report.FramesReceived);
    }

    [Fact]
    public async Task Call_PhoneRefusesThePicture_VoiceGoesOn()
    {
        await using GatewayHost gateway = await StartAsync();
        CallReport report = await CallAsync(gateway, new TestPhoneOptions { AcceptVideo = false, Duration = TimeSpan.FromSeconds(2) });
        await gateway.StopAsync(CancellationToken.None);

        Assert.Equal("local_hangup", report.EndReason);
        Assert.NotNull(report.AckToReinviteMs);
        Assert.Equal(0, report.FramesReceived);
        JsonElement record = Assert.Single(Records());
        Assert.Equal(JsonValueKind.Null, record.GetProperty("videoCodec").ValueKind);
        Assert.True(record.GetProperty("audioPacketsReceived").GetInt64() > 20);
    }

    [Fact]
    public async Task StopAsync_CallIsUp_ByeAfterTheBoundAndRecordClosed()
    {
        GatewayHost gateway = await StartAsync();
        Task<CallReport> call = CallAsync(gateway, new TestPhoneOptions { Duration = TimeSpan.FromMinutes(5) });
        await UntilAsync(() => gateway.Calls.Calls.Any(c => c.Picture == PicturePhase.Up));
        await gateway.StopAsync(CancellationToken.None);

        Assert.Equal("remote_hangup", (await call.WaitAsync(Patience)).EndReason);
        Assert.Equal("shutdown", Assert.Single(Records()).GetProperty("endReason").GetString());
        Assert.Equal(0, gateway.Ports.InUse);
        await gateway.DisposeAsync();
    }

    [Fact]
    public async Task Call_TooManyOrNoPorts_RefusedWithRetryAndRecorded()
    {
        await using GatewayHost gateway = await StartAsync(o => o with { Calls = o.Calls with { MaxCalls = 1 } });
        Task<CallReport> first = CallAsync(gateway, new TestPhoneOptions { Duration = TimeSpan.FromSeconds(4) });
        await UntilAsync(() => gateway.Calls.Count == 1);
        CallReport second = await CallAsync(gateway, new TestPhoneOptions());

        Assert.Equal(503, second.SipStatus);
        Assert.Equal(200, (await first).SipStatus);
        await gateway.StopAsync(CancellationToken.None);
        Assert.Contains(Records(), r => r.GetProperty("endReason").GetString() == "too_many_calls");
    }

    [Fact]
    public async Task Call_NothingHeard_EndedByMediaTimeout()
    {
        await using GatewayHost gateway = await StartAsync(o => o with { Rtp = o.Rtp with { TimeoutSeconds = 1 }, Video = o.Video with { Enabled = false } });
        await using var peer = new SilentPeer();
        await peer.CallAsync(gateway.SipEndPoints[0]);

        SipSessionEvent.Terminated end = await peer.WaitForAsync<SipSessionEvent.Terminated>();
        Assert.Equal(SipEndCause.RemoteBye, end.Cause);
        await gateway.StopAsync(CancellationToken.None);
        Assert.Equal("media_timeout", Assert.Single(Records()).GetProperty("endReason").GetString());
    }

    [Fact]
    public async Task Call_BehindNat_AdvertisedAddressesInContactAndSdp()
    {
        await using GatewayHost gateway = await StartAsync(o => o with
        {
            Sip = o.Sip with { Listen = ["udp:127.0.0.1:0 advertise 203.0.113.7:5080"] },
            Rtp = o.Rtp with { AdvertisedAddress = "203.0.113.8" },
        });
        await using var peer = new SilentPeer();
        await peer.CallAsync(gateway.SipEndPoints[0]);

        SipSessionEvent.Answered answer = await peer.WaitForAsync<SipSessionEvent.Answered>();
        Assert.True(SdpSession.TryParse(answer.Body!.Content.Span, out SdpSession? sdp, out _));
        Assert.Equal("203.0.113.8", sdp!.ConnectionOf(sdp.Media[0]).Address);
        Assert.Equal("203.0.113.7", peer.Session!.PeerContact!.Host);
    }

    [Fact]
    public async Task Call_OverIpv6_Works()
    {
        await using GatewayHost gateway = await StartAsync(o => o with
        {
            Sip = o.Sip with { Listen = ["udp:[::1]:0"] },
            Rtp = o.Rtp with { BindAddresses = ["::1"] },
        });
        CallReport report = await CallAsync(gateway, new TestPhoneOptions { Duration = TimeSpan.FromSeconds(2) });

        Assert.Equal(200, report.SipStatus);
        Assert.True(report.FramesReceived > 0);
    }

    [Fact]
    public async Task Call_AvatarUnknown_VoiceOnly()
    {
        await using GatewayHost gateway = await StartAsync(o => o with { Avatar = o.Avatar with { Default = "nobody" } });
        CallReport report = await CallAsync(gateway, new TestPhoneOptions { Duration = TimeSpan.FromSeconds(1) });

        Assert.Equal(200, report.SipStatus);
        Assert.Null(report.AckToReinviteMs);
    }

    [Fact]
    public async Task Call_InfoAsksForKeyFrame_StandsInTheRecord()
    {
        await using GatewayHost gateway = await StartAsync();
        await using var peer = new SilentPeer();
        await peer.CallAsync(gateway.SipEndPoints[0]);
        await peer.WaitForAsync<SipSessionEvent.Answered>();
        peer.Session!.SendInfo(new SipBody(
            MediaType.MediaControl, "<media_control><vc_primitive><to_encoder><picture_fast_update/></to_encoder></vc_primitive></media_control>"u8.ToArray()));
        await UntilAsync(() => gateway.Calls.Calls.Any(c => c.Figures.KeyFrameRequests == 1));
        await gateway.StopAsync(CancellationToken.None);

        Assert.Equal(1, Assert.Single(Records()).GetProperty("keyFrameRequests").GetInt64());
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var bound = new CancellationTokenSource(Patience);
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, bound.Token);
    }

    private static async Task<CallReport> CallAsync(GatewayHost gateway, TestPhoneOptions options)
    {
        await using var phone = new TestPhone(options, TimeProvider.System, NullLoggerFactory.Instance);
        IPEndPoint sip = gateway.SipEndPoints[0];
        return await phone.CallAsync(SipUri.Parse($"sip:avatar@{sip}"), CancellationToken.None).WaitAsync(Patience);
    }

    private async Task<GatewayHost> StartAsync(Func<GatewayOptions, GatewayOptions>? change = null)
    {
        var options = new GatewayOptions
        {
            Sip = new SipOptions { Listen = ["udp:127.0.0.1:0"] },
            Rtp = new RtpOptions { BindAddresses = ["127.0.0.1"] },
            Video = new VideoOptions { Width = 128, Height = 128, BitRateKbps = 100 },
            Calls = new CallOptions { DrainSeconds = 0 },
            Cdr = new CdrOptions { Path = Path.Combine(_folder, "cdr.jsonl") },
        };
        var gateway = new GatewayHost(change?.Invoke(options) ?? options, DrawnAvatars.Catalog(), TimeProvider.System, NullLoggerFactory.Instance);
        await gateway.StartAsync(CancellationToken.None);
        return gateway;
    }

    private List<JsonElement> Records() =>
        [.. File.ReadAllLines(Path.Combine(_folder, "cdr.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];
}
