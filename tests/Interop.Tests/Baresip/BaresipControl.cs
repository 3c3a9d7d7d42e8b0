using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Baresip;

/// <summary>baresip's module ctrl_tcp: commands and events as JSON in netstrings (LENGTH:TEXT,) over one TCP connection.</summary>
internal sealed class BaresipControl : IAsyncDisposable
{
    private readonly TcpClient _client;
    private readonly NetworkStream _stream;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<string> _events = new();
    private readonly ConcurrentDictionary<string, JsonElement> _replies = new();
    private readonly Task _loop;
    private int _commands;

    private BaresipControl(TcpClient client)
    {
        _client = client;
        _stream = client.GetStream();
        _loop = Task.Run(ReadAsync);
    }

    /// <summary>Types of the events so far: CALL_ESTABLISHED and others.</summary>
    public IReadOnlyList<string> Events => [.. _events];

    /// <summary>Connects to a baresip that is about to start.</summary>
    public static async Task<BaresipControl> ConnectAsync(int port, ExternalProcess process)
    {
        TimeProvider time = TimeProvider.System;
        long start = time.GetTimestamp();
        while (true)
        {
            var client = new TcpClient();
            try
            {
                await client.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
                return new BaresipControl(client);
            }
            catch (SocketException)
            {
                client.Dispose();
            }

            if (process.HasExited || time.GetElapsedTime(start) > Until.Patience)
                Assert.Fail($"baresip did not start.\n{process.Report}");
            await Until.PassedAsync(TimeSpan.FromMilliseconds(50));
        }
    }

    /// <summary>Gives a command and waits until it is done.</summary>
    /// <returns>What baresip printed.</returns>
    public async Task<string> CommandAsync(string command, string? parameters = null)
    {
        string token = Interlocked.Increment(ref _commands).ToString(CultureInfo.InvariantCulture);
        var fields = new Dictionary<string, string> { ["command"] = command, ["token"] = token };
        if (parameters is not null)
            fields["params"] = parameters;
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(fields);
        await _stream.WriteAsync(Encoding.ASCII.GetBytes($"{json.Length}:").Concat(json).Append((byte)',').ToArray());
        JsonElement reply = default;
        await Until.TrueAsync(() => _replies.TryRemove(token, out reply), $"baresip's answer to {command}");
        string text = reply.TryGetProperty("data", out JsonElement data) ? data.GetString() ?? "" : "";
        Assert.True(reply.GetProperty("ok").GetBoolean(), $"baresip refused {command} {parameters}: {text}");
        return text;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop;
        _client.Dispose();
        _end.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new List<byte>();
        var chunk = new byte[16384];
        try
        {
            while (await _stream.ReadAsync(chunk, _end.Token) is > 0 and var read)
            {
                buffer.AddRange(chunk.AsSpan(0, read));
                while (TryTake(buffer, out JsonElement message))
                    Sort(message);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // baresip has ended, or the test has.
        }
    }

    private void Sort(JsonElement message)
    {
        if (message.TryGetProperty("response", out _) && message.TryGetProperty("token", out JsonElement token))
            _replies[token.GetString() ?? ""] = message;
        else if (message.TryGetProperty("type", out JsonElement type))
            _events.Enqueue(type.GetString() ?? "");
    }

    private static bool TryTake(List<byte> buffer, out JsonElement message)
    {
        message = default;
        int colon = buffer.IndexOf((byte)':');
        if (colon < 0)
            return false;
        int length = int.Parse(Encoding.ASCII.GetString([.. buffer[..colon]]), CultureInfo.InvariantCulture);
        if (buffer.Count < colon + length + 2)
            return false;
        // baresip cuts texts without regard to UTF-8; what is broken becomes a replacement character.
        message = JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetString([.. buffer.Slice(colon + 1, length)]));
        buffer.RemoveRange(0, colon + length + 2);
        return true;
    }
}
