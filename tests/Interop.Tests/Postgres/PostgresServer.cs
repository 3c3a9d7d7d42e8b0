using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Postgres;

/// <summary>A PostgreSQL server of the test's own, from Debian's packages, on the loopback. It refuses to run as root, so root hands it to its own user.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly string _programs;

    private PostgresServer(string folder, string programs, int port)
    {
        _folder = folder;
        _programs = programs;
        ConnectionString = $"Host=127.0.0.1;Port={port};Username=avatar2d;Database=postgres;Pooling=false";
    }

    public string ConnectionString { get; }

    /// <summary>The server's log so far, with every statement that makes or drops something.</summary>
    public string Log => File.ReadAllText(Path.Combine(_folder, "log"));

    public static async Task<PostgresServer> StartAsync()
    {
        string? programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).LastOrDefault() : null;
        Assert.True(programs is not null, "PostgreSQL is missing: apt-get install postgresql");
        int port = FreePorts.One();
        var server = new PostgresServer(Directory.CreateTempSubdirectory("avatar2d-pg-").FullName, programs, port);
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", ["postgres", server._folder]);
        await server.AsUserAsync("initdb", "-D", Path.Combine(server._folder, "db"), "-A", "trust", "-U", "avatar2d");
        await server.AsUserAsync(
            "pg_ctl", "-D", Path.Combine(server._folder, "db"), "-w", "-l", Path.Combine(server._folder, "log"),
            "-o", $"-p {port} -c listen_addresses=127.0.0.1 -k {server._folder} -c log_statement=ddl", "start");
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await AsUserAsync("pg_ctl", "-D", Path.Combine(_folder, "db"), "-m", "immediate", "-w", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private Task AsUserAsync(string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? RunAsync("runuser", ["-u", "postgres", "--", Path.Combine(_programs, program), .. arguments])
        : RunAsync(Path.Combine(_programs, program), arguments);

    // The server that pg_ctl leaves behind would hold pipes open: its output goes nowhere.
    private static async Task RunAsync(string program, string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", program, .. arguments]))!; // sh is there.
        using var bound = new CancellationTokenSource(Until.Patience, TimeProvider.System);
        await process.WaitForExitAsync(bound.Token);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
