namespace Avatar2D.Rtp.Dtls;

/// <summary>One DTLS association. Any thread.</summary>
public interface IDtlsAssociation : IAsyncDisposable
{
    /// <summary>Takes a datagram of the peer; the bytes are copied. Never throws, never waits.</summary>
    void OnDatagram(ReadOnlySpan<byte> datagram);
}
