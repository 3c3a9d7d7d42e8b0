using System.Collections.Concurrent;
using Org.BouncyCastle.Tls;

namespace Avatar2D.Rtp.Dtls;

/// <summary>The library's view of the wire: datagrams that the session has sorted out, and the session's socket.</summary>
internal sealed class DtlsDatagrams(IDtlsOwner owner) : DatagramTransport, IDisposable
{
    /// <summary>Datagrams that wait; a handshake has a dozen. More are lost, which DTLS lives with.</summary>
    private const int MaxWaiting = 32;

    /// <summary>Longest datagram in and out, bytes; out as RTP packets are: safe through tunnels.</summary>
    private const int MaxReceived = 2048;
    private const int MaxSent = 1200;

    private readonly BlockingCollection<byte[]> _waiting = new(MaxWaiting);
    private readonly CancellationTokenSource _closed = new();

    /// <summary>Something waits.</summary>
    public bool HasWaiting => _waiting.Count > 0;

    /// <summary>Takes a datagram.</summary>
    public void Put(ReadOnlySpan<byte> datagram)
    {
        if (!_closed.IsCancellationRequested)
            _waiting.TryAdd(datagram.ToArray());
    }

    /// <summary>Wakes whoever waits: the association ends.</summary>
    public void Stop() => _closed.Cancel();

    /// <inheritdoc/>
    public int GetReceiveLimit() => MaxReceived;

    /// <inheritdoc/>
    public int GetSendLimit() => MaxSent;

    /// <inheritdoc/>
    public int Receive(byte[] buf, int off, int len, int waitMillis) => Receive(buf.AsSpan(off, len), waitMillis);

    /// <inheritdoc/>
    public int Receive(Span<byte> buffer, int waitMillis)
    {
        try
        {
            if (!_waiting.TryTake(out byte[]? datagram, waitMillis == 0 ? Timeout.Infinite : waitMillis, _closed.Token))
                return -1;
            int length = Math.Min(datagram.Length, buffer.Length);
            datagram.AsSpan(0, length).CopyTo(buffer);
            return length;
        }
        catch (OperationCanceledException)
        {
            throw new IOException("The association has ended.");
        }
    }

    /// <inheritdoc/>
    public void Send(byte[] buf, int off, int len) => Send(buf.AsSpan(off, len));

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> buffer) => owner.SendDtls(buffer);

    /// <inheritdoc/>
    public void Close() => Stop();

    /// <inheritdoc/>
    public void Dispose()
    {
        _waiting.Dispose();
        _closed.Dispose();
    }
}
