using System.Text.Json;
using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Calls;
using Avatar2D.Gateway.Hosting;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Phone;
using Avatar2D.Gateway.Tests.Avatars;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Gateway.Tests.Hosting;

/// <summary>The gateway on loopback sockets when something beside the call goes wrong: the voice and the record must not suffer.</summary>
public sealed class CallTroubleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("avatar2d-trouble-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Bye_AvatarStillLoads_CallEndsWithoutWaitingForIt()
    {
        var never = new TaskCompletionSource<ISourceFrames>();
        await using GatewayHost gateway = await StartAsync(open: name => name == Other ? never.Task : null);
        await using var peer = new SilentPeer();
        await peer.CallAsync(gateway.SipEndPoints[0], SilentPeer.VideoOffer, user: "guest");
        await peer.WaitForAsync<SipSessionEvent.Answered>();
        peer.Session!.Hangup();
        await gateway.Calls.WhenAllEndedAsync().WaitAsync(SilentPeer.Patience, TestContext.Current.CancellationToken);

        Assert.Equal(0, gateway.Ports.InUse);
        await gateway.StopAsync(CancellationToken.None);
        JsonElement record = Assert.Single(Records());
        Assert.Equal("remote_hangup", record.GetProperty("endReason").GetString());
        Assert.Equal(200, record.GetProperty("sipStatus").GetInt32());
        never.SetCanceled(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Picture_AvatarDamaged_LineTakenDownAndVoiceGoesOn()
    {
        await using GatewayHost gateway = await StartAsync(
            open: name => name == Other ? Task.FromException<ISourceFrames>(new InvalidDataException("damaged")) : null);
        await using var peer = new SilentPeer();
        await peer.CallAsync(gateway.SipEndPoints[0], SilentPeer.VideoOffer, user: "guest");
        SipSessionEvent.ReinviteReceived removal = await peer.WaitForAsync<SipSessionEvent.ReinviteReceived>();
        string offer = System.Text.Encoding.ASCII.GetString(removal.Body!.Content.Span);

        Assert.Contains("m=video 0 ", offer, StringComparison.Ordinal);
        Assert.Equal(1, gateway.Calls.Count);
    }

    [Theory]
    [InlineData("decoder")]
    [InlineData("audio_encoder")]
    public async Task Call_NetworkFailsWhileTheCallerSpeaks_LoopAndVoiceGoOn(string network)
    {
        using var log = new KeptLog();
        using var model = new FailingModel(network);
        using var catalog = new AvatarCatalog((_, _) => Task.FromResult<ISourceFrames>(new GreyFace()), 100_000_000, model.Engine(log));
        await using GatewayHost gateway = await StartAsync(catalog: catalog, loggers: log);
        var options = new TestPhoneOptions
        {
            SpeechPath = InstallationFiles.Find("assets/speech.wav"), SpeechDelay = TimeSpan.FromSeconds(1),
            Duration = TimeSpan.FromSeconds(4), KeepWire = true,
        };
        await using var phone = new TestPhone(options, TimeProvider.System, NullLoggerFactory.Instance);
        CallReport report = await phone.CallAsync(SipUri.Parse($"sip:avatar@{gateway.SipEndPoints[0]}"), CancellationToken.None)
            .WaitAsync(SilentPeer.Patience, TestContext.Current.CancellationToken);
        await gateway.StopAsync(CancellationToken.None);

        Assert.Equal("local_hangup", report.EndReason);
        Assert.Single(log.Lines, line => line.Message.Contains("cannot speak, its loop is shown as it is", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Message.Contains("stream of a call failed", StringComparison.Ordinal));
        double speechBegins = phone.Wire!.Sent[0].Seconds + 1;
        Assert.Contains(phone.Wire.Seen, picture => picture.Arrival > speechBegins + 1);
        Assert.Contains(phone.Wire.Heard, sound => sound.Arrival > speechBegins + 1 && sound.Pcm.Any(sample => sample > 1000));
    }

    [Fact]
    public async Task Call_MediaAddressIsAnUnknownName_CallLivesUntilItsEnd()
    {
        await using GatewayHost gateway = await StartAsync();
        await using var peer = new SilentPeer();
        await peer.CallAsync(
            gateway.SipEndPoints[0], SilentPeer.AudioOffer.Replace("c=IN IP4 127.0.0.1", "c=IN IP4 phone.invalid", StringComparison.Ordinal));
        await peer.WaitForAsync<SipSessionEvent.Answered>();
        peer.Session!.Hangup();
        await gateway.Calls.WhenAllEndedAsync().WaitAsync(SilentPeer.Patience, TestContext.Current.CancellationToken);
        await gateway.StopAsync(CancellationToken.None);

        Assert.Equal("remote_hangup", Assert.Single(Records()).GetProperty("endReason").GetString());
    }

    [Theory]
    [InlineData("127.0.0.0/8", "sip:alice@example.com")]
    [InlineData("192.0.2.0/24", null)]
    public async Task Call_AssertedIdentity_BelievedFromTrustedPeersOnly(string trusted, string? expected)
    {
        await using GatewayHost gateway = await StartAsync(o => o with { Sip = o.Sip with { TrustedPeers = [trusted] } });
        await using var peer = new SilentPeer();
        await peer.CallAsync(gateway.SipEndPoints[0], headers: new SipHeader("P-Asserted-Identity", "<sip:alice@example.com>"));
        await peer.WaitForAsync<SipSessionEvent.Answered>();
        await gateway.StopAsync(CancellationToken.None);

        Assert.Equal(expected, Assert.Single(Records()).GetProperty("assertedIdentity").GetString());
    }

    [Theory]
    [InlineData("127.0.0.0/8", true)]
    [InlineData("192.0.2.0/24", false)]
    public async Task Call_HistoryAndWantedHeaders_AreRecordedOfTrustedPeersOnly(string trusted, bool believed)
    {
        await using GatewayHost gateway = await StartAsync(o => o with
        {
            Sip = o.Sip with { TrustedPeers = [trusted] },
            Cdr = o.Cdr with { Headers = ["P-Charging-Vector", "X-Long", "X-Absent"] },
        });
        await using var peer = new SilentPeer();
        await peer.CallAsync(gateway.SipEndPoints[0], headers:
        [
            new SipHeader("Privacy", "id"), new SipHeader("Diversion", "<sip:newer@example.com>"), new SipHeader("Diversion", "<sip:older@example.com>"),
            new SipHeader("P-Charging-Vector", "icid-value=42"), new SipHeader("X-Long", new string('x', 1000)), new SipHeader("X-Other", "y"),
        ]);
        await peer.WaitForAsync<SipSessionEvent.Answered>();
        await gateway.StopAsync(CancellationToken.None);

        JsonElement record = Assert.Single(Records());
        Assert.Equal("id", record.GetProperty("privacy").GetString());
        Assert.Equal(JsonValueKind.Null, record.GetProperty("farEndReason").ValueKind);
        if (!believed)
        {
            Assert.Equal(JsonValueKind.Null, record.GetProperty("history").ValueKind);
            Assert.Equal(JsonValueKind.Null, record.GetProperty("headers").ValueKind);
            return;
        }

        Assert.Equal(["<sip:older@example.com>", "<sip:newer@example.com>"], record.GetProperty("history").EnumerateArray().Select(e => e.GetString()));
        Assert.Equal(
            [("P-Charging-Vector", "icid-value=42"), ("X-Long", new string('x', CallerHeaders.MaxLength))],
            record.GetProperty("headers").EnumerateObject().Select(p => (p.Name, p.Value.GetString())));
    }

    [Theory]
    [InlineData("id")]
    [InlineData("critical; USER")]
    [InlineData("none")]
    [InlineData(null)]
    public async Task Call_Privacy_KeepsTheNamedFaceBack(string? privacy)
    {
        await using GatewayHost gateway = await StartAsync(o => o with
        {
            Sip = o.Sip with { TrustedPeers = ["127.0.0.1"] },
            Avatar = o.Avatar with { ByIdentity = new Dictionary<string, string> { ["alice@example.com"] = Other } },
        });
        await using var peer = new SilentPeer();
        SipHeader[] headers = [new SipHeader("P-Asserted-Identity", "<sip:alice@example.com>")];
        await peer.CallAsync(gateway.SipEndPoints[0], headers: privacy is null ? headers : [.. headers, new SipHeader("Privacy", privacy)]);
        await peer.WaitForAsync<SipSessionEvent.Answered>();
        await gateway.StopAsync(CancellationToken.None);

        JsonElement record = Assert.Single(Records());
        Assert.Equal("sip:alice@example.com", record.GetProperty("assertedIdentity").GetString());
        Assert.Equal(privacy is null or "none" ? Other : "maya", record.GetProperty("avatar").GetString());
    }

    [Fact]
    public async Task Call_Announcement_IsHeard()
    {
        string path = Path.Combine(_folder, "announcement.wav");
        WavFile.Write(path, 8000, [.. Enumerable.Range(0, 8000).Select(i => (short)(8000 * Math.Sin(i * 0.3)))]);
        await using GatewayHost gateway = await StartAsync(
            o => o with { Audio = o.Audio with { ReturnMode = AudioReturnMode.Announcement, AnnouncementPath = path } });
        await using var phone = new TestPhone(
            new TestPhoneOptions { KeepWire = true, AcceptVideo = false, Duration = TimeSpan.FromSeconds(2) }, TimeProvider.System, NullLoggerFactory.Instance);
        await phone.CallAsync(SipUri.Parse($"sip:avatar@{gateway.SipEndPoints[0]}"), CancellationToken.None)
            .WaitAsync(SilentPeer.Patience, TestContext.Current.CancellationToken);

        Assert.Contains(phone.Heard!.Samples.ToArray(), sample => sample > 7000);
    }

    private const string Other = "kiko";

    private async Task<GatewayHost> StartAsync(
        Func<GatewayOptions, GatewayOptions>? change = null, Func<string, Task<ISourceFrames>?>? open = null,
        AvatarCatalog? catalog = null, ILoggerFactory? loggers = null)
    {
        var options = new GatewayOptions
        {
            Sip = new SipOptions { Listen = ["udp:127.0.0.1:0"] },
            Rtp = new RtpOptions { BindAddresses = ["127.0.0.1"] },
            Video = new VideoOptions { Width = 128, Height = 128, BitRateKbps = 100 },
            Avatar = new AvatarOptions { BelieveFrom = true, ByIdentity = new Dictionary<string, string> { ["guest"] = Other } },
            Calls = new CallOptions { DrainSeconds = 0 },
            Cdr = new CdrOptions { Path = Path.Combine(_folder, "cdr.jsonl") },
        };
        catalog ??= new AvatarCatalog((name, _) => open?.Invoke(name) ?? DrawnAvatars.OpenAsync(), 100_000_000);
        var gateway = new GatewayHost(change?.Invoke(options) ?? options, catalog, TimeProvider.System, loggers ?? NullLoggerFactory.Instance);
        await gateway.StartAsync(CancellationToken.None);
        return gateway;
    }

    private List<JsonElement> Records() =>
        [.. File.ReadAllLines(Path.Combine(_folder, "cdr.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];
}
