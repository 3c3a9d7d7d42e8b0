using System.Net;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Trunk;

/// <summary>dnsmasq with the records of a test, asked by nobody else.</summary>
internal sealed class NameServer : IAsyncDisposable
{
    private readonly ExternalProcess _process;
    private readonly TempFolder _folder;

    private NameServer(ExternalProcess process, TempFolder folder, IPEndPoint address) => (_process, _folder, Address) = (process, folder, address);

    /// <summary>Where it answers.</summary>
    public IPEndPoint Address { get; }

    /// <summary>What it was asked.</summary>
    public string Log => _process.Report;

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="records">In the words of its command line, as "srv-host=...".</param>
    public static async Task<NameServer> StartAsync(params string[] records)
    {
        var folder = new TempFolder();
        int port = FreePorts.One();
        ExternalProcess process = ExternalProcess.Start(
            Tool.Dnsmasq,
            [
                "--keep-in-foreground", "--log-facility=-", "--log-queries", $"--port={port}", "--listen-address=127.0.0.1", "--bind-interfaces",
                "--no-resolv", "--no-hosts", "--conf-file=/dev/null", "--user=root", $"--pid-file={folder.File("pid")}",
                .. records.Select(record => "--" + record),
            ],
            folder.Root);
        await Until.TrueAsync(() => process.HasExited || !FreePorts.IsUdpFree(IPAddress.Loopback, port), "dnsmasq", () => process.Report);
        Assert.False(process.HasExited, process.Report);
        return new NameServer(process, folder, new IPEndPoint(IPAddress.Loopback, port));
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
