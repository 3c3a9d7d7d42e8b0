using System.Net;
using System.Text.Json;
using Avatar2D.Gateway.Calls;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Gateway.Hosting;
using Avatar2D.Gateway.Options;
using Microsoft.Extensions.Logging;

namespace Avatar2D.Interop.Tests.Harness;

/// <summary>
/// The whole gateway in this process, on loopback, with real sockets and the system's clock. Its pictures are loaded when
/// <see cref="StartAsync"/> returns. Ends all calls at once when it is disposed.
/// </summary>
internal sealed class GatewayUnderTest : IAsyncDisposable
{
    private readonly ILoggerFactory _loggers;
    private readonly TempFolder _folder;
    private bool _stopped;

    private GatewayUnderTest(GatewayOptions options, TempFolder folder)
    {
        Options = options;
        _folder = folder;
        _loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(Log));
        Host = new GatewayHost(options, TestAvatars.Catalog, TimeProvider.System, _loggers);
    }

    public GatewayOptions Options { get; }

    public GatewayHost Host { get; }

    public LogLines Log { get; } = new();

    /// <summary>Where SIP over UDP is heard.</summary>
    public IPEndPoint Udp => Host.SipEndPoints[0];

    /// <summary>Where SIP over TCP is heard.</summary>
    public IPEndPoint Tcp => Host.SipEndPoints[1];

    /// <summary>The only call there is; fails when there is none or more.</summary>
    public CallSession Call => Host.Calls.Calls.Single();

    /// <summary>
    /// The settings of the tests: UDP and TCP on ports of their own on 127.0.0.1, small pictures, no waiting at the end,
    /// calls without RTP live on.
    /// </summary>
    /// <param name="folder">For the call detail records.</param>
    /// <param name="address">Where everything is bound.</param>
    public static GatewayOptions DefaultOptions(TempFolder folder, string address = "127.0.0.1") => new()
    {
        Sip = new SipOptions { Listen = [$"udp:{HostOf(address)}:0", $"tcp:{HostOf(address)}:0"], UserAgent = "Avatar2D-interop" },
        Rtp = new RtpOptions { BindAddresses = [address], TimeoutSeconds = 0, QuarantineSeconds = 0 },
        Video = new VideoOptions { Width = 320, Height = 320, BitRateKbps = 400, AddDelayMs = 50, AddDelayRandomMs = 50 },
        Mark = new MarkOptions { Label = "" }, // Pictures are compared with the avatar's own.
        Avatar = new AvatarOptions { Default = "maya" },
        Calls = new CallOptions { DrainSeconds = 0 },
        Cdr = new CdrOptions { Path = folder.File("cdr.jsonl") },
        Http = new HttpOptions { Listen = "" },
    };

    private static string HostOf(string address) => address.Contains(':') ? $"[{address}]" : address;

    /// <summary>Starts a gateway.</summary>
    /// <param name="change">Changes the default settings; null leaves them.</param>
    /// <param name="address">Where everything is bound.</param>
    public static async Task<GatewayUnderTest> StartAsync(Func<GatewayOptions, GatewayOptions>? change = null, string address = "127.0.0.1")
    {
        var folder = new TempFolder();
        GatewayOptions options = DefaultOptions(folder, address);
        var gateway = new GatewayUnderTest(change?.Invoke(options) ?? options, folder);
        await gateway.Host.StartAsync(CancellationToken.None);
        if (gateway.Options.Video.Enabled)
            (await TestAvatars.LoadAsync(gateway.Options.Avatar.Default, gateway.Options.Video.Width, gateway.Options.Video.Height)).Dispose();
        return gateway;
    }

    /// <summary>Waits until as many calls live.</summary>
    public Task CallsAsync(int count) =>
        Until.TrueAsync(() => Host.Calls.Count == count, $"{count} calls at the gateway", () => $"there are {Host.Calls.Count}\n{Log.Text}");

    /// <summary>Ends what is left and reads the call detail records, in the order of the calls' ends.</summary>
    public async Task<IReadOnlyList<CallDetailRecord>> RecordsAsync()
    {
        await StopAsync();
        string path = Options.Cdr.Path;
        if (!File.Exists(path))
            return [];
        return [.. (await File.ReadAllLinesAsync(path)).Select(line =>
            JsonSerializer.Deserialize(line, CdrJson.Default.CallDetailRecord) ?? throw new InvalidDataException("An empty record."))];
    }

    /// <summary>Stops the gateway: BYE to calls that are left.</summary>
    public async Task StopAsync()
    {
        if (_stopped)
            return;
        _stopped = true;
        await Host.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Host.DisposeAsync();
        _loggers.Dispose();
        _folder.Dispose();
    }
}
