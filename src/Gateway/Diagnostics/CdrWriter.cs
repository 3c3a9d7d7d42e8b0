using System.Buffers;
using System.Text.Json;
using System.Threading.Channels;

using Avatar2D.Gateway.Options;

namespace Avatar2D.Gateway.Diagnostics;

/// <summary>
/// Writes call detail records as JSON lines, off the calls' threads. A full disk stops nothing: the failure is logged once and
/// counted, records wait in memory (at most <see cref="Capacity"/>, then the oldest goes) and are written when the disk has room.
/// </summary>
public sealed class CdrWriter : IAsyncDisposable
{
    /// <summary>Records in the queue, and records that may wait for a disk. About 700 bytes each.</summary>
    public const int Capacity = 4096;

    /// <summary>A failed write is tried again after this time, and once more at the end.</summary>
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    private readonly Channel<CallDetailRecord> _queue = Channel.CreateBounded<CallDetailRecord>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly Queue<CallDetailRecord> _waiting = new();
    private readonly ArrayBufferWriter<byte> _lines = new(64 * 1024);
    private readonly Lock _file = new();
    private readonly string _path;
    private readonly ICdrSink? _sink;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _writing;
    private bool _failing;
    private long _failedAt;
    private long _written;
    private long _lost;
    private long _failures;

    /// <summary>Starts the writer.</summary>
    /// <param name="options">Where to; when not enabled, records are accepted and forgotten.</param>
    /// <param name="time">Clock of the retries.</param>
    /// <param name="logger">Gets a line when writing fails and when it works again.</param>
    public CdrWriter(CdrOptions options, TimeProvider time, ILogger<CdrWriter> logger)
        : this(options, time, logger, new CdrFile(options.Path))
    {
    }

    internal CdrWriter(CdrOptions options, TimeProvider time, ILogger logger, ICdrSink sink)
    {
        _path = options.Path;
        _sink = options.Enabled ? sink : null;
        _time = time;
        _logger = logger;
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>Records on disk.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Records that will never be on disk: queue full, or the disk never recovered.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Writes that failed.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Hands a record over; never blocks, never throws. Any thread.</summary>
    /// <returns>False when the queue is full or the writer is disposed; the record is counted as lost.</returns>
    public bool TryWrite(CallDetailRecord record)
    {
        if (_sink is null || _queue.Writer.TryWrite(record))
            return true;
        Interlocked.Increment(ref _lost);
        return false;
    }

    /// <summary>Removes the records of calls that ended before a time. Any thread; records that come meanwhile wait.</summary>
    /// <returns>How many went.</returns>
    /// <exception cref="IOException">The file cannot be written anew; none went.</exception>
    public int Expire(DateTimeOffset before)
    {
        lock (_file)
            return _sink?.Expire(before) ?? 0;
    }

    /// <summary>Takes no more records and writes what is left, once: a disk that is still full does not hold up the stop.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteAllAsync()
    {
        Task<bool> more = _queue.Reader.WaitToReadAsync().AsTask();
        while (true)
        {
            if (_waiting.Count == 0)
            {
                if (!await more)
                    return;
            }
            else
            {
                using var retry = new CancellationTokenSource();
                TimeSpan left = RetryInterval - _time.GetElapsedTime(_failedAt);
                await Task.WhenAny(more, Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time, retry.Token));
                await retry.CancelAsync();
            }

            bool ended = more.IsCompleted && !await more;
            while (_queue.Reader.TryRead(out CallDetailRecord? record))
                Keep(record);
            if (more.IsCompleted && !ended)
                more = _queue.Reader.WaitToReadAsync().AsTask();
            if (!_failing || ended || _time.GetElapsedTime(_failedAt) >= RetryInterval)
                Flush();
            if (ended && _waiting.Count > 0)
            {
                CdrLog.LostAtEnd(_logger, _path, _waiting.Count);
                Interlocked.Add(ref _lost, _waiting.Count);
                _waiting.Clear();
            }

            if (ended)
                return;
        }
    }

    private void Keep(CallDetailRecord record)
    {
        if (_waiting.Count == Capacity)
        {
            _waiting.Dequeue();
            Interlocked.Increment(ref _lost);
        }

        _waiting.Enqueue(record);
    }

    private void Flush()
    {
        if (_waiting.Count == 0 || _sink is null)
            return;
        _lines.ResetWrittenCount();
        foreach (CallDetailRecord record in _waiting)
        {
            _lines.Write(JsonSerializer.SerializeToUtf8Bytes(record, CdrJson.Default.CallDetailRecord));
            _lines.Write("\n"u8);
        }

        try
        {
            lock (_file)
                _sink.Append(_lines.WrittenSpan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Interlocked.Increment(ref _failures);
            if (!_failing)
                CdrLog.WriteFailed(_logger, _path, e.Message, _waiting.Count);
            _failing = true;
            _failedAt = _time.GetTimestamp();
            return;
        }

        if (_failing)
            CdrLog.WriteRecovered(_logger, _path, _waiting.Count);
        _failing = false;
        Interlocked.Add(ref _written, _waiting.Count);
        _waiting.Clear();
    }
}
