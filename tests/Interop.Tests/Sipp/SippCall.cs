using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Sipp;

/// <summary>SIPp beside a test: calls whose media are another's and that the test leads, or the called side.</summary>
internal sealed class SippCall : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ExternalProcess _process;

    private SippCall(
        IPEndPoint gateway, string scenario, ImmutableDictionary<string, string> values, int audioPort, int videoPort, IPAddress address, int calls, int port,
        IReadOnlyList<string>? keys = null)
    {
        string file = _folder.Write("scenario.xml", SippScenario.Expand(scenario, values));
        _process = ExternalProcess.Start("/usr/bin/env",
        [
            "TZ=UTC", Tool.Sipp, $"{gateway}", "-sf", file, "-i", $"{address}", "-p", Text(port), "-m", Text(calls), "-r", "100", "-nostdin",
            "-key", "aport", Text(audioPort), "-key", "vport", Text(videoPort), .. keys ?? [],
            "-trace_msg", "-message_file", _folder.File("messages"), "-trace_err", "-error_file", _folder.File("errors"), "-timeout", "220", "-timeout_error",
        ], _folder.Root);
    }

    /// <summary>What went over the wire so far.</summary>
    public IReadOnlyList<SipTraceMessage> Trace => SipTrace.Parse(ReadIfThere("messages"));

    /// <summary>For the message of a failed test.</summary>
    public string Report => $"{_process.Report}\n{ReadIfThere("errors")}\n{ReadIfThere("messages")}";

    /// <summary>Starts a call.</summary>
    /// <param name="gateway">Whom to call.</param>
    /// <param name="scenario">File in scenarios.</param>
    /// <param name="values">Its placeholders.</param>
    /// <param name="audioPort">Where its SDP wants sound.</param>
    /// <param name="videoPort">Where its SDP wants the picture.</param>
    /// <param name="address">Where it calls from.</param>
    /// <param name="calls">How many, at once.</param>
    /// <param name="keys">More words of the scenario, as SIPp's -key arguments: texts that cannot stand in an attribute.</param>
    public static SippCall Start(
        IPEndPoint gateway, string scenario, ImmutableDictionary<string, string> values, int audioPort = 9, int videoPort = 9, string address = "127.0.0.1",
        int calls = 1, IReadOnlyList<string>? keys = null) =>
        new(gateway, scenario, values, audioPort, videoPort, IPAddress.Parse(address), calls, FreePorts.One(address), keys);

    /// <summary>Starts the called side of one call.</summary>
    /// <param name="place">Where it listens.</param>
    /// <param name="scenario">File in scenarios.</param>
    /// <param name="values">Its placeholders.</param>
    public static async Task<SippCall> ListenAsync(IPEndPoint place, string scenario, ImmutableDictionary<string, string> values)
    {
        var called = new SippCall(place, scenario, values, 9, 9, place.Address, 1, place.Port);
        await Until.TrueAsync(() => called._process.HasExited || !FreePorts.IsUdpFree(place.Address, place.Port), "SIPp to listen", () => called.Report);
        return called;
    }

    /// <summary>The gateway's 200 to the INVITE.</summary>
    public Task<SipTraceMessage> AnsweredAsync() => Until.NotNullAsync(
        () => Trace.FirstOrDefault(m => !m.Sent && m.StartLine.StartsWith("SIP/2.0 200", StringComparison.Ordinal) && m.CSeq == "1 INVITE"),
        "the call to be answered", () => Report);

    /// <summary>Waits for its end; it must have gone by the scenario.</summary>
    public async Task GoodAsync() => Assert.True(await _process.EndedAsync() == 0, Report);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private string ReadIfThere(string name) => File.Exists(_folder.File(name)) ? File.ReadAllText(_folder.File(name)) : "";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
