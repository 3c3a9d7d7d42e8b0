using Avatar2D.Rtp.Srtp;

namespace Avatar2D.Rtp.Dtls;

/// <summary>Whom an association serves. Called from threads of the association.</summary>
public interface IDtlsOwner
{
    /// <summary>Sends a datagram to the peer.</summary>
    void SendDtls(ReadOnlySpan<byte> datagram);

    /// <summary>The handshake is over and the peer is who it should be.</summary>
    void OnDtlsKeys(SrtpKeys keys);

    /// <summary>The handshake has failed: no media will flow.</summary>
    void OnDtlsFailed(string reason);
}
