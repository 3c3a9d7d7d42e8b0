using Avatar2D.Rtp.Diagnostics;
using Avatar2D.Rtp.Dtls;
using Avatar2D.Rtp.Srtp;
using Microsoft.Extensions.Logging;

namespace Avatar2D.Rtp.Sessions;

/// <summary>
/// The encryption of one session: none, keys of SDP, or keys of a DTLS handshake, until which nothing is sent and nothing taken.
/// State is guarded by the session's lock; the ciphers may be used by any thread.
/// </summary>
internal sealed class SessionKeys(Lock sessionLock, IDtlsProvider? provider, Action<ReadOnlySpan<byte>> send, int port, ILogger logger) : IDtlsOwner, IAsyncDisposable
{
    private volatile SrtpOutbound? _outbound;
    private volatile SrtpInbound? _inbound;
    private volatile IDtlsAssociation? _association;
    private volatile bool _waits;
    private DtlsParameters? _parameters;
    private Task _ending = Task.CompletedTask;

    /// <summary>Protects what is sent; null: all is plain.</summary>
    public SrtpOutbound? Outbound => _outbound;

    /// <summary>Opens what comes in; null: all is plain.</summary>
    public SrtpInbound? Inbound => _inbound;

    /// <summary>A handshake must end before anything flows.</summary>
    public bool Waits => _waits;

    /// <summary>Takes what SDP says; the same again leaves counters, windows and a running association alone.</summary>
    public void ConfigureNeedsLock(SrtpKeys? keys, DtlsParameters? dtls)
    {
        if (dtls is not null && dtls == _parameters)
            return;
        if (_association is { } before)
            _ending = Task.WhenAll(_ending, before.DisposeAsync().AsTask());
        _parameters = dtls;
        _waits = dtls is not null;
        SetNeedsLock(keys);
        _association = dtls is null ? null
            : (provider ?? throw new InvalidOperationException("DTLS was negotiated, but this session has no provider.")).Open(dtls, this);
    }

    /// <summary>A datagram of the handshake.</summary>
    public void OnDatagram(ReadOnlySpan<byte> datagram) => _association?.OnDatagram(datagram);

    /// <inheritdoc/>
    public void SendDtls(ReadOnlySpan<byte> datagram) => send(datagram);

    /// <inheritdoc/>
    public void OnDtlsKeys(SrtpKeys keys)
    {
        lock (sessionLock)
        {
            SetNeedsLock(keys);
            _waits = false;
        }

        RtpLog.DtlsDone(logger, port, keys.Send.Suite.Name);
    }

    /// <inheritdoc/>
    public void OnDtlsFailed(string reason) => RtpLog.DtlsFailed(logger, port, reason);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_association is { } association)
            await association.DisposeAsync();
        await _ending;
        _outbound?.Dispose();
        _inbound?.Dispose();
    }

    private void SetNeedsLock(SrtpKeys? keys)
    {
        if (!Equals(_outbound?.Key, keys?.Send))
        {
            SrtpOutbound? before = _outbound;
            _outbound = keys is null ? null : new SrtpOutbound(keys.Send);
            before?.Dispose();
        }

        if (!Equals(_inbound?.Key, keys?.Receive))
        {
            SrtpInbound? before = _inbound;
            _inbound = keys is null ? null : new SrtpInbound(keys.Receive);
            before?.Dispose();
        }
    }
}
