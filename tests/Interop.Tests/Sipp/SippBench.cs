using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Gateway.Options;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Sipp;

/// <summary>
/// Runs the rows: each with a SIPp process, a media peer and a loopback address of its own, several at a time, as most of a
/// scenario is waiting. All rows of one kind of gateway share one.
/// </summary>
public sealed class SippBench : IAsyncDisposable
{
    private const int AtOnce = 6;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(100);

    private readonly SemaphoreSlim _places = new(AtOnce);
    private readonly TempFolder _folder = new();
    private readonly ConcurrentDictionary<SippGatewayKind, Lazy<Task<GatewayUnderTest>>> _gateways = new();
    private readonly Lazy<Dictionary<string, Task<SippOutcome>>> _runs;

    /// <summary>Prepares; the first question starts all rows.</summary>
    public SippBench() => _runs = new(() =>
        SippCases.All.Select((row, index) => (row, index)).ToDictionary(r => r.row.Name, r => Task.Run(() => RunAsync(r.row, r.index))));

    /// <summary>The outcome of a row.</summary>
    internal Task<SippOutcome> OutcomeAsync(string name) => _runs.Value[name];

    /// <summary>The gateways, when all rows are through.</summary>
    internal async Task<IReadOnlyList<GatewayUnderTest>> GatewaysAfterAllAsync()
    {
        await Task.WhenAll(_runs.Value.Values);
        return await Task.WhenAll(_gateways.Values.Select(gateway => gateway.Value));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_runs.IsValueCreated)
        {
            foreach (GatewayUnderTest gateway in await GatewaysAfterAllAsync())
                await gateway.DisposeAsync();
        }

        _places.Dispose();
        _folder.Dispose();
    }

    private static GatewayOptions OptionsOf(SippGatewayKind kind, GatewayOptions options)
    {
        // No key frames but those that somebody asks for: they can be counted.
        options = options with { Video = options.Video with { EarlyKeyFrameSeconds = 0, KeyFrameIntervalSeconds = 300 } };
        return kind switch
        {
            SippGatewayKind.Ringing => options with { Calls = options.Calls with { AnswerDelayMs = 2500 } },
            SippGatewayKind.ShortTimers => options with { Sip = options.Sip with { T1Ms = 150 } },
            _ => options,
        };
    }

    private async Task<SippOutcome> RunAsync(SippCase row, int index)
    {
        await _places.WaitAsync();
        try
        {
            GatewayUnderTest gateway = await _gateways.GetOrAdd(row.Gateway, kind => new(() => GatewayUnderTest.StartAsync(o => OptionsOf(kind, o)))).Value;
            return await RunAsync(row, gateway, AddressOf(index));
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>127.64.x.x to 127.127.x.x: other test processes of the machine are at other addresses.</summary>
    private static IPAddress AddressOf(int index) =>
        new([127, (byte)(64 + (Environment.ProcessId / 256 % 64)), (byte)(Environment.ProcessId % 256), (byte)(index + 1)]);

    private async Task<SippOutcome> RunAsync(SippCase row, GatewayUnderTest gateway, IPAddress address)
    {
        string callId = $"{row.Name}@sipp";
        string scenario = _folder.Write($"{row.Name}.xml", SippScenario.Expand(row.Scenario, row.Values));
        string messages = _folder.File($"{row.Name}.msg");
        string errors = _folder.File($"{row.Name}.err");
        await using var media = new MediaPeer(address, row.IsH265);
        string[] arguments =
        [
            "TZ=UTC", Tool.Sipp, $"{(row.Tcp ? gateway.Tcp : gateway.Udp)}", "-sf", scenario, "-i", $"{address}", "-p", $"{MediaPeer.SipPort}",
            "-t", row.Tcp ? "t1" : "u1", "-m", "1", "-r", "1", "-nostdin", "-cid_str", callId, .. MediaPeer.Keys,
            "-trace_msg", "-message_file", messages, "-trace_err", "-error_file", errors, "-timeout", $"{Limit.TotalSeconds:0}", "-timeout_error",
        ];
        int exitCode;
        await using (ExternalProcess sipp = ExternalProcess.Start("/usr/bin/env", arguments, _folder.Root))
            exitCode = await sipp.EndedAsync(Limit * 1.5);
        bool lingers = await LingersAsync(gateway, callId);
        string log = string.Join('\n', gateway.Log.Text.Split('\n').Where(line => line.Contains(callId, StringComparison.Ordinal)));
        string text = ReadIfThere(messages);
        return new SippOutcome
        {
            ExitCode = exitCode,
            Story = $"{row.Name}: SIPp {exitCode}\n{ReadIfThere(errors)}\n{text}\n{log}",
            Trace = SipTrace.Parse(text),
            Media = media,
            Records = await RecordsAsync(gateway, callId, row.EndReason is null ? 0 : 1),
            Lingers = lingers,
        };
    }

    private static string ReadIfThere(string path) => File.Exists(path) ? File.ReadAllText(path) : "";

    /// <summary>The gateway may need a moment for the end of a call.</summary>
    private static async Task<bool> LingersAsync(GatewayUnderTest gateway, string callId)
    {
        TimeProvider time = TimeProvider.System;
        long start = time.GetTimestamp();
        while (gateway.Host.Calls.Calls.Any(call => call.CallId == callId))
        {
            if (time.GetElapsedTime(start) > TimeSpan.FromSeconds(30))
                return true;
            await Until.PassedAsync(TimeSpan.FromMilliseconds(20));
        }

        return false;
    }

    private static async Task<IReadOnlyList<CallDetailRecord>> RecordsAsync(GatewayUnderTest gateway, string callId, int wanted)
    {
        List<CallDetailRecord> records = [];
        for (int attempt = 0; attempt < 250; attempt++)
        {
            records = [.. ReadIfThere(gateway.Options.Cdr.Path).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => line.EndsWith('}') && line.Contains($"\"{callId}\"", StringComparison.Ordinal))
                .Select(line => JsonSerializer.Deserialize(line, CdrJson.Default.CallDetailRecord)!)]; // A record is never null.
            if (records.Count >= wanted)
                break;
            await Until.PassedAsync(TimeSpan.FromMilliseconds(20));
        }

        return records;
    }
}
