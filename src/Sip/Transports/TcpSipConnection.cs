using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading.Channels;
using Avatar2D.Sip.Diagnostics;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Parsing;
using Microsoft.Extensions.Logging;

namespace Avatar2D.Sip.Transports;

/// <summary>
/// One stream of SIP messages: connects if need be, frames what comes (RFC 3261 §18.3), writes a bounded queue, answers
/// keep-alives (RFC 5626 §3.5.1) and closes itself when idle. Any thread.
/// </summary>
internal sealed class TcpSipConnection(
    ITcpConnectionOwner owner,
    long id,
    SipDestination destination,
    SipTransportOptions options,
    TimeProvider time,
    ILogger logger,
    ISipStreamSecurity? secure) : IAsyncDisposable
{
    private static readonly ReadOnlyMemory<byte> PingBytes = "\r\n\r\n"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> PongBytes = "\r\n"u8.ToArray();

    private readonly IPEndPoint _remote = destination.Remote;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<(ReadOnlyMemory<byte> Message, Action? Failed)> _queue =
        Channel.CreateBounded<(ReadOnlyMemory<byte>, Action?)>(new BoundedChannelOptions(options.SendQueueLength)
        {
            SingleReader = true,
            FullMode = BoundedChannelFullMode.Wait, // TryWrite then says no, and the connection is closed as stuck
        });

    private Task _run = Task.CompletedTask;
    private long _lastUse = time.GetTimestamp();
    private long _lastByte = time.GetTimestamp();
    private long _pinged; // timestamp of the ping without answer; 0 for none
    private volatile bool _answersPings;
    private int _closed;

    /// <summary>Number of the connection within its transport.</summary>
    public long Id => id;

    /// <summary>The far end.</summary>
    public IPEndPoint Remote => _remote;

    /// <summary>The name that the far end was asked to prove; null when it was none.</summary>
    public string? Host => destination.Host;

    /// <summary>
    /// The address with the port of the peer's Via, under which the connection is found too; null before its first request.
    /// </summary>
    public IPEndPoint? Alias { get; private set; }

    /// <summary>Begins on an accepted socket, or connects when there is none.</summary>
    public void Start(Socket? accepted) => _run = RunAsync(accepted);

    /// <summary>Queues one message; false when the connection is closed or stuck.</summary>
    public bool TryQueue(ReadOnlyMemory<byte> message, Action? failed)
    {
        if (Volatile.Read(ref _closed) != 0)
        {
            return false;
        }

        if (_queue.Writer.TryWrite((message, failed)))
        {
            return true;
        }

        Close();
        return false;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Close();
        await _run;
    }

    private void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            _queue.Writer.TryComplete();
            owner.OnClosed(this);
            _stop.Cancel();
        }
    }

    private async Task RunAsync(Socket? accepted)
    {
        await Task.Yield();
        var socket = accepted ?? new Socket(_remote.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        var idle = time.CreateTimer(_ => CloseIfIdle(), null, options.ConnectionIdleTimeout, options.ConnectionIdleTimeout);
        var pings = accepted is null && options.PingInterval > TimeSpan.Zero;
        var keepAlive = pings ? time.CreateTimer(_ => KeepAlive(), null, options.PongTimeout, options.PongTimeout) : null;
        Stream? stream = null;
        var writing = Task.CompletedTask;
        try
        {
            socket.NoDelay = true;
            using (var limit = new CancellationTokenSource(options.ConnectTimeout, time))
            using (var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stop.Token))
            {
                if (accepted is null)
                {
                    await socket.ConnectAsync(_remote, both.Token);
                }

                stream = new NetworkStream(socket, ownsSocket: false);
                stream = secure is null ? stream : await secure.WrapAsync(stream, destination, accepted is null, both.Token);
            }

            writing = WriteAsync(stream);
            await ReadAsync(stream);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException
            or AuthenticationException)
        {
            SipLog.ConnectionFailed(logger, _remote.Address, e.Message);
        }
        finally
        {
            Close();
            await idle.DisposeAsync();
            await (keepAlive?.DisposeAsync() ?? ValueTask.CompletedTask);
            await writing;
            while (_queue.Reader.TryRead(out var unsent))
            {
                unsent.Failed?.Invoke();
            }

            if (stream is not null)
            {
                await stream.DisposeAsync();
            }

            socket.Dispose();
        }
    }

    private async Task WriteAsync(Stream stream)
    {
        Action? failed = null;
        try
        {
            await foreach (var (message, onFailure) in _queue.Reader.ReadAllAsync(_stop.Token))
            {
                failed = onFailure;
                await stream.WriteAsync(message, _stop.Token);
                var now = time.GetTimestamp();
                Volatile.Write(ref _lastByte, now);
                if (!message.Equals(PingBytes) && !message.Equals(PongBytes))
                {
                    Volatile.Write(ref _lastUse, now);
                }

                failed = null;
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            failed?.Invoke();
            Close();
        }
    }

    private async Task ReadAsync(Stream stream)
    {
        var reader = PipeReader.Create(stream, new(leaveOpen: true));
        var framer = new SipStreamFramer(new() { MaxBodyBytes = options.MaxMessageBytes, MaxHeadBytes = options.MaxMessageBytes });
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(_stop.Token);
                Volatile.Write(ref _lastByte, time.GetTimestamp());
                var rest = result.Buffer;
                var usable = TakeMessages(framer, ref rest);
                reader.AdvanceTo(rest.Start, rest.End);
                if (!usable)
                {
                    SipLog.StreamBroken(logger, _remote.Address);
                    return;
                }

                if (result.IsCompleted)
                {
                    return;
                }
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    // False when the stream cannot be split into messages any more.
    private bool TakeMessages(SipStreamFramer framer, ref ReadOnlySequence<byte> bytes)
    {
        while (true)
        {
            switch (framer.TryReadMessage(ref bytes, out var frame))
            {
                case SipFrameResult.Ok:
                    Volatile.Write(ref _lastUse, time.GetTimestamp());
                    Learn(frame.Message!); // Ok has a message
                    owner.Receiver?.OnMessage(owner, new(_remote, id), frame.Message!);
                    break;
                case SipFrameResult.Rejected:
                    owner.Receiver?.OnRejected(owner, new(_remote, id), frame.Error!); // Rejected has an error
                    if (!frame.CanContinue)
                    {
                        return false;
                    }

                    break;
                case SipFrameResult.Ping:
                    TryQueue(PongBytes, null);
                    break;
                case SipFrameResult.Pong:
                    _answersPings = true;
                    Volatile.Write(ref _pinged, 0);
                    break;
                case SipFrameResult.NeedMore:
                    return true;
                default:
                    break;
            }
        }
    }

    private void Learn(SipMessage message)
    {
        if (Alias is null && message is SipRequest && Volatile.Read(ref _closed) == 0)
        {
            Alias = new(_remote.Address, message.TopVia.Port ?? owner.ListeningPoint.Protocol.DefaultPort());
            owner.OnAlias(this, Alias);
        }
    }

    // Every PongTimeout: nothing is expected of a peer that never answered a ping, it may not know them.
    private void KeepAlive()
    {
        if (Volatile.Read(ref _pinged) is not 0 and var pinged)
        {
            if (Volatile.Read(ref _lastByte) < pinged)
            {
                return; // it waits to be written
            }

            if (_answersPings)
            {
                SipLog.PingUnanswered(logger, _remote.Address);
                Close();
                return;
            }

            Volatile.Write(ref _pinged, 0);
        }

        if (time.GetElapsedTime(Volatile.Read(ref _lastByte)) >= options.PingInterval)
        {
            Volatile.Write(ref _pinged, time.GetTimestamp());
            TryQueue(PingBytes, null);
        }
    }

    private void CloseIfIdle()
    {
        if (time.GetElapsedTime(Volatile.Read(ref _lastUse)) >= options.ConnectionIdleTimeout)
        {
            Close();
        }
    }
}
