using System.Diagnostics;
using System.Net;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers.Storage;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.S3;

/// <summary>s3rver, an S3-compatible server from the npm registry, on the loopback; <c>./test</c> installs it into .work/s3rver.</summary>
internal sealed class S3Server : IAsyncDisposable
{
    private const string Bucket = "avatars";
    private readonly TempFolder _folder = new();
    private readonly string _program;
    private readonly int _port = FreePorts.One();
    private Process? _process;

    private S3Server(string program) => _program = program;

    public ObjectStoreOptions Options => new()
    {
        Bucket = Bucket, Endpoint = $"http://127.0.0.1:{_port}", Prefix = "a2d/", AccessKeyId = "S3RVER", SecretAccessKey = "S3RVER", TimeoutSeconds = 10,
    };

    /// <summary>What the server has said so far, with every object that it took.</summary>
    public string Log => File.ReadAllText(LogFile);

    private string LogFile => _folder.File("log");

    public static async Task<S3Server> StartAsync()
    {
        string program = Path.Combine(Checkout.Root, ".work", "s3rver", "node_modules", "s3rver", "bin", "s3rver.js");
        Assert.True(File.Exists(program), "s3rver is missing: npm install --prefix .work/s3rver s3rver@3.7.1");
        var server = new S3Server(program);
        await server.ResumeAsync();
        return server;
    }

    /// <summary>Starts it, again after a <see cref="Stop"/>: what was stored is still there.</summary>
    public async Task ResumeAsync()
    {
        _process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"exec \"$0\" \"$@\" >>{LogFile} 2>&1", "node", _program, "-d", _folder.File("buckets"),
            "-a", "127.0.0.1", "-p", $"{_port}", "--configure-bucket", Bucket]))!; // sh is there.
        await Until.TrueAsync(() => !FreePorts.IsTcpFree(IPAddress.Loopback, _port), "s3rver listens");
    }

    /// <summary>Keys in the bucket.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        using var store = new S3ObjectStore(Options);
        return await store.ListAsync("", cancellationToken);
    }

    /// <summary>The server is away.</summary>
    public void Stop()
    {
        _process?.Kill(entireProcessTree: true);
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
    }

    public ValueTask DisposeAsync()
    {
        Stop();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
