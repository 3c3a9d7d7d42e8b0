using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Avatar2D.Rtp.Dtls;

/// <summary>
/// One association: a thread for the handshake, then nothing but a look at what still comes (the peer's last flight again, its
/// farewell).
/// </summary>
internal sealed class BouncyAssociation : IDtlsAssociation
{
    private const int LookMs = 1;

    private readonly DtlsIdentity _identity;
    private readonly DtlsParameters _parameters;
    private readonly IDtlsOwner _owner;
    private readonly SemaphoreSlim _places;
    private readonly DtlsDatagrams _datagrams;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly Task _handshake;
    private volatile DtlsTransport? _transport;
    private Task _looking = Task.CompletedTask;
    private bool _disposed;

    /// <summary>Begins.</summary>
    public BouncyAssociation(DtlsIdentity identity, DtlsParameters parameters, IDtlsOwner owner, SemaphoreSlim places)
    {
        _identity = identity;
        _parameters = parameters;
        _owner = owner;
        _places = places;
        _datagrams = new DtlsDatagrams(owner);
        _handshake = Task.Run(RunAsync);
    }

    /// <inheritdoc/>
    public void OnDatagram(ReadOnlySpan<byte> datagram)
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            _datagrams.Put(datagram);
            if (_transport is { } transport && _looking.IsCompleted)
                _looking = Task.Run(() => Look(transport));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task looking;
        lock (_lock)
        {
            if (_disposed)
                return;
            _disposed = true;
            looking = _looking;
        }

        await _end.CancelAsync();
        _datagrams.Stop();
        await _handshake;
        await looking;
        _datagrams.Dispose();
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await _places.WaitAsync(_end.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        try
        {
            await Task.Factory.StartNew(Shake, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            _places.Release();
        }
    }

    private void Shake()
    {
        var crypto = new BcTlsCrypto(new SecureRandom());
        var handshake = new DtlsHandshake(_identity, _parameters.Peer, crypto);
        try
        {
            DtlsTransport transport = _parameters.IsClient
                ? new DtlsClientProtocol().Connect(new DtlsClientRole(handshake, crypto), _datagrams)
                : new DtlsServerProtocol().Accept(new DtlsServerRole(handshake, crypto), _datagrams);
            if (handshake.Keys is { } keys && !_end.IsCancellationRequested)
                _owner.OnDtlsKeys(keys);
            _transport = transport;
        }
        catch (Exception exception) // The border to a library that is fed from the network: whatever it throws ends this handshake only.
        {
            if (!_end.IsCancellationRequested)
                _owner.OnDtlsFailed(exception.Message);
        }
    }

    /// <summary>Lets the library see what came after the handshake; it answers a repeated flight with its own.</summary>
    private void Look(DtlsTransport transport)
    {
        Span<byte> rest = stackalloc byte[64];
        try
        {
            while (_datagrams.HasWaiting && !_end.IsCancellationRequested)
                transport.Receive(rest, LookMs);
        }
        catch (Exception exception) when (exception is IOException or TlsException)
        {
            // A farewell or a forgery: media go on by their keys until SIP ends the call.
        }
    }
}
