using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Avatar2D.Gateway.Phone;
using Avatar2D.Sip.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Gateway.Tests.Hosting;

/// <summary>The program itself as a process: what an operator's init system sees.</summary>
public sealed class ServeProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly string _folder = Directory.CreateTempSubdirectory("avatar2d-serve-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Serve_TerminatedDuringACall_DrainsThenByeAndExitZero()
    {
        (int sip, int http) = (FreePort(), FreePort());
        using Process server = Start(
            "serve", "--listen", $"udp:127.0.0.1:{sip}", "--http", $"127.0.0.1:{http}", "--Rtp:BindAddresses=127.0.0.1",
            "--Video:Enabled=false", "--Calls:DrainSeconds=2", $"--Cdr:Path={_folder}/cdr.jsonl",
            $"--Store:Folder={_folder}/store");
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}") };
            await UntilAsync(async () => await client.GetStringAsync(new Uri("/health/ready", UriKind.Relative)) == "ready");
            Task<CallReport> call = CallAsync(sip, TimeSpan.FromMinutes(5));
            await UntilAsync(async () => (await client.GetStringAsync(new Uri("/calls", UriKind.Relative))).Contains("callId", StringComparison.Ordinal));

            using (Process kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {server.Id}"]))
                await kill.WaitForExitAsync();
            await UntilAsync(async () => (await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode == HttpStatusCode.ServiceUnavailable);
            CallReport refused = await CallAsync(sip, TimeSpan.FromSeconds(1));

            Assert.Equal(503, refused.SipStatus);
            Assert.Equal("remote_hangup", (await call.WaitAsync(Patience)).EndReason);
            await server.WaitForExitAsync().WaitAsync(Patience);
            Assert.Equal(0, server.ExitCode);
            Assert.Contains("\"endReason\":\"shutdown\"", await File.ReadAllTextAsync($"{_folder}/cdr.jsonl"), StringComparison.Ordinal);
        }
        finally
        {
            if (!server.HasExited)
                server.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task Serve_PortInUse_OneLineAndExitTwo()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using Process server = Start("serve", "--listen", $"udp:{taken.LocalEndPoint}", "--http", "", "--Video:Enabled=false", $"--Store:Folder={_folder}/store");
        string error = await server.StandardError.ReadToEndAsync().WaitAsync(Patience);
        await server.WaitForExitAsync().WaitAsync(Patience);

        Assert.Equal(2, server.ExitCode);
        Assert.Contains("a port cannot be opened", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static Process Start(params string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
        };
        info.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "avatar2d.dll"));
        foreach (string argument in arguments)
            info.ArgumentList.Add(argument);
        Process process = Process.Start(info) ?? throw new InvalidOperationException("dotnet does not start");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    private static async Task<CallReport> CallAsync(int port, TimeSpan duration)
    {
        await using var phone = new TestPhone(new TestPhoneOptions { Duration = duration }, TimeProvider.System, NullLoggerFactory.Instance);
        return await phone.CallAsync(SipUri.Parse($"sip:avatar@127.0.0.1:{port}"), CancellationToken.None);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var bound = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                if (await condition())
                    return;
            }
            catch (HttpRequestException)
            {
                // Not up yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, bound.Token);
        }
    }

    private static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
