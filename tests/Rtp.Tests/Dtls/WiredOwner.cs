using Avatar2D.Rtp.Dtls;
using Avatar2D.Rtp.Srtp;

namespace Avatar2D.Rtp.Tests.Dtls;

/// <summary>One end of a wire in memory between two associations.</summary>
internal sealed class WiredOwner : IDtlsOwner
{
    private readonly TaskCompletionSource<SrtpKeys> _keys = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _sent;

    /// <summary>Where datagrams go.</summary>
    public IDtlsAssociation? Other { get; set; }

    /// <summary>Number of the datagram that is lost, from 1; 0: none.</summary>
    public int Lost { get; init; }

    /// <summary>The keys; fails when the handshake does.</summary>
    public Task<SrtpKeys> Keys => _keys.Task;

    public void SendDtls(ReadOnlySpan<byte> datagram)
    {
        if (Interlocked.Increment(ref _sent) != Lost)
            Other?.OnDatagram(datagram);
    }

    public void OnDtlsKeys(SrtpKeys keys) => _keys.TrySetResult(keys);

    public void OnDtlsFailed(string reason) => _keys.TrySetException(new InvalidOperationException(reason));
}
