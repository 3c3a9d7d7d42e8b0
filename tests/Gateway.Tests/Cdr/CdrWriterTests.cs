using System.Text;
using System.Text.Json;

using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Gateway.Options;

using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Avatar2D.Gateway.Tests.Cdr;

public sealed class CdrWriterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("avatar2d-cdr-");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public void Dispose() => _folder.Delete(recursive: true);

    private CallDetailRecord Record(string callId) => new()
    {
        CallId = callId,
        Direction = CdrDirection.Inbound,
        From = "sip:alice@example.com",
        To = "sip:avatar@example.net",
        Avatar = "maya",
        StartTime = _time.GetUtcNow(),
        AnswerTime = _time.GetUtcNow().AddSeconds(1),
        EndTime = _time.GetUtcNow().AddSeconds(11.5),
        EndReason = CallEndReason.RemoteHangup,
        SipStatus = 200,
        AudioCodec = "opus",
        FramesSent = 250,
    };

    private CdrOptions At(string name) => new() { Path = Path.Combine(_folder.FullName, name) };

    [Fact]
    public async Task DisposeAsync_AfterWrites_AllLinesAreInTheFile()
    {
        CdrOptions options = At("deep/er/cdr.jsonl");
        var writer = new CdrWriter(options, _time, NullLogger<CdrWriter>.Instance);
        for (int i = 0; i < 100; i++)
            Assert.True(writer.TryWrite(Record($"call-{i}")));
        await writer.DisposeAsync();

        string[] lines = await File.ReadAllLinesAsync(options.Path, TestContext.Current.CancellationToken);
        Assert.Equal(100, lines.Length);
        using JsonDocument last = JsonDocument.Parse(lines[^1]);
        Assert.Equal("call-99", last.RootElement.GetProperty("callId").GetString());
        Assert.Equal((100, 0, 0), (writer.Written, writer.Lost, writer.Failures));
    }

    [Fact]
    public void Json_OfRecord_HasStableNamesUtcTimesAndNulls()
    {
        string json = JsonSerializer.Serialize(Record("c"), CdrJson.Default.CallDetailRecord);
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        Assert.DoesNotContain('\n', json);
        Assert.Equal("remote_hangup", root.GetProperty("endReason").GetString());
        Assert.Equal("inbound", root.GetProperty("direction").GetString());
        Assert.Equal("2026-01-02T03:04:05+00:00", root.GetProperty("startTime").GetString());
        Assert.Equal(10500, root.GetProperty("durationMs").GetInt64());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("videoCodec").ValueKind);
        Assert.Equal(250, root.GetProperty("framesSent").GetInt64());
        Assert.Equal(typeof(CallDetailRecord).GetProperties().Length, root.EnumerateObject().Count());
    }

    [Fact]
    public void DurationMs_NeverAnswered_IsZero() => Assert.Equal(0, (Record("c") with { AnswerTime = null }).DurationMs);

    [Fact]
    public async Task Append_AfterCutLine_StartsOnItsOwnLine()
    {
        CdrOptions options = At("cdr.jsonl");
        await File.WriteAllTextAsync(options.Path, "{\"callId\":\"cut sho", TestContext.Current.CancellationToken);
        await using (var writer = new CdrWriter(options, _time, NullLogger<CdrWriter>.Instance))
            writer.TryWrite(Record("whole"));
        string[] lines = await File.ReadAllLinesAsync(options.Path, TestContext.Current.CancellationToken);
        Assert.Equal(2, lines.Length);
        Assert.Contains("whole", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryWrite_FileMovedAway_GoesOnInANewFile()
    {
        CdrOptions options = At("cdr.jsonl");
        await using (var first = new CdrWriter(options, _time, NullLogger<CdrWriter>.Instance))
            first.TryWrite(Record("one"));
        var sink = new CdrFile(options.Path);
        File.Move(options.Path, options.Path + ".1");
        sink.Append("two\n"u8);
        Assert.Equal("two\n", await File.ReadAllTextAsync(options.Path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task DisposeAsync_DiskFull_CountsTheLossAndEnds()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "/dev/full is what a full disk is made of on Linux");
        var writer = new CdrWriter(new CdrOptions { Path = "/dev/full" }, _time, NullLogger<CdrWriter>.Instance);
        Assert.True(writer.TryWrite(Record("one")));
        Assert.True(writer.TryWrite(Record("two")));
        await writer.DisposeAsync();
        Assert.Equal((0, 2), (writer.Written, writer.Lost));
        Assert.InRange(writer.Failures, 1, 3);
        Assert.False(writer.TryWrite(Record("late")));
    }

    [Fact]
    public async Task TryWrite_DiskFullThenFree_NothingIsLostOrDoubled()
    {
        var sink = new FullThenFreeSink();
        var writer = new CdrWriter(At("x"), _time, NullLogger.Instance, sink);
        writer.TryWrite(Record("one"));
        await sink.Attempted.Task;
        Assert.Equal(0, writer.Written);
        sink.Full = false;
        writer.TryWrite(Record("two"));
        // The retry runs on fake time: let it pass until the writer has got through.
        while (writer.Written == 0)
        {
            _time.Advance(CdrWriter.RetryInterval);
            await Task.Yield();
        }

        writer.TryWrite(Record("three"));
        await writer.DisposeAsync();
        string[] lines = Encoding.UTF8.GetString([.. sink.Bytes]).TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Equal((3, 0), (writer.Written, writer.Lost));
        Assert.True(writer.Failures >= 1);
    }

    [Fact]
    public async Task TryWrite_DiskFullForLong_KeepsTheNewest()
    {
        var sink = new FullThenFreeSink();
        var writer = new CdrWriter(At("x"), _time, NullLogger.Instance, sink);
        const int Sent = CdrWriter.Capacity + 10;
        for (int sent = 0; sent < Sent;)
        {
            if (writer.TryWrite(Record($"call-{sent}")))
                sent++;
            else
                await Task.Yield();
        }

        long refused = writer.Lost;
        sink.Full = false;
        await writer.DisposeAsync();
        Assert.Contains($"\"call-{Sent - 1}\"", Encoding.UTF8.GetString([.. sink.Bytes]), StringComparison.Ordinal);
        Assert.InRange(writer.Written, CdrWriter.Capacity, Sent);
        Assert.True(refused <= writer.Lost);
    }

    [Fact]
    public async Task TryWrite_Disabled_WritesNothing()
    {
        CdrOptions options = At("cdr.jsonl") with { Enabled = false };
        await using (var writer = new CdrWriter(options, _time, NullLogger<CdrWriter>.Instance))
            Assert.True(writer.TryWrite(Record("one")));
        Assert.False(File.Exists(options.Path));
    }

    [Fact]
    public async Task Expire_RecordsOfManyDays_OldOnesGoOnceADay()
    {
        CdrOptions options = At("cdr.jsonl");
        await using var writer = new CdrWriter(options, _time, NullLogger<CdrWriter>.Instance);
        Assert.Equal(0, writer.Expire(_time.GetUtcNow())); // There is no file.
        for (int day = 0; day < 10; day++)
        {
            Assert.True(writer.TryWrite(Record($"call-{day}")));
            _time.Advance(TimeSpan.FromDays(1));
        }

        await UntilWrittenAsync(writer, 10);
        await File.AppendAllTextAsync(options.Path, "{\"callId\":\"cut off", TestContext.Current.CancellationToken);
        DateTimeOffset fourthDay = _time.GetUtcNow().AddDays(-6);
        Assert.Equal(4, writer.Expire(fourthDay));
        Assert.Equal(0, writer.Expire(fourthDay.AddHours(20))); // Less than a day later the file is left alone.
        Assert.True(writer.TryWrite(Record("new")));
        await UntilWrittenAsync(writer, 11);
        string[] lines = await File.ReadAllLinesAsync(options.Path, TestContext.Current.CancellationToken);
        Assert.Equal(["call-4", "call-5", "call-6", "call-7", "call-8", "call-9", "cut off", "new"], lines.Select(line => line.Split('"')[3]));
    }

    private static async Task UntilWrittenAsync(CdrWriter writer, int count)
    {
        while (writer.Written < count)
            await Task.Yield();
    }

    private sealed class FullThenFreeSink : ICdrSink
    {
        public volatile bool Full = true;

        public TaskCompletionSource Attempted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<byte> Bytes { get; } = [];

        public void Append(ReadOnlySpan<byte> lines)
        {
            bool full = Full; // Read before the test is told, which may then make room.
            Attempted.TrySetResult();
            if (full)
                throw new IOException("No space left on device");
            Bytes.AddRange(lines);
        }

        public int Expire(DateTimeOffset before) => throw new NotSupportedException();
    }
}
