using System.Text.Json;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Gateway.Hosting;
using Avatar2D.Gateway.Options;
using Avatar2D.Interop.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Interop.Tests.Load;

/// <summary>A gateway in this process that logs nothing, so that what its calls leave behind can be seen.</summary>
internal sealed class LoadGateway : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly GatewayOptions _options;

    private LoadGateway(Func<GatewayOptions, GatewayOptions> change)
    {
        _options = change(new GatewayOptions
        {
            Sip = new SipOptions { Listen = ["udp:127.0.0.1:0"] },
            Rtp = new RtpOptions { BindAddresses = ["127.0.0.1"], QuarantineSeconds = 1 },
            Calls = new CallOptions { DrainSeconds = 0 },
            Cdr = new CdrOptions { Path = _folder.File("cdr.jsonl") },
        });
        Host = new GatewayHost(_options, TestAvatars.Catalog, Time, NullLoggerFactory.Instance);
    }

    public CountingTime Time { get; } = new();

    public GatewayHost Host { get; }

    public static async Task<LoadGateway> StartAsync(Func<GatewayOptions, GatewayOptions>? change = null)
    {
        var gateway = new LoadGateway(change ?? (options => options));
        await gateway.Host.StartAsync(CancellationToken.None);
        return gateway;
    }

    /// <summary>Waits until nothing of any call is left, the last transactions included.</summary>
    public Task EmptyAsync() => Until.TrueAsync(
        () => Host is { Calls.Count: 0, SipSessions: 0, SipDialogs: 0, SipTransactions: 0, MediaTasks: 0, Ports.InUse: 0 },
        "an empty gateway",
        () => $"calls {Host.Calls.Count}, sessions {Host.SipSessions}, dialogs {Host.SipDialogs}, transactions {Host.SipTransactions}, "
            + $"streams {Host.MediaTasks}, ports {Host.Ports.InUse}");

    /// <summary>Stops and reads the call detail records.</summary>
    public async Task<IReadOnlyList<CallDetailRecord>> RecordsAsync()
    {
        await Host.StopAsync(CancellationToken.None);
        return [.. (await File.ReadAllLinesAsync(_options.Cdr.Path)).Select(line => JsonSerializer.Deserialize(line, CdrJson.Default.CallDetailRecord)!)];
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _folder.Dispose();
    }
}
