namespace Avatar2D.Rtp.Dtls;

/// <summary>Makes DTLS associations that give SRTP keys (RFC 5764): the seam to the library that speaks DTLS. Any thread.</summary>
public interface IDtlsProvider
{
    /// <summary>Of our certificate.</summary>
    DtlsFingerprint Fingerprint { get; }

    /// <summary>Begins a handshake, or waits for the peer to begin it.</summary>
    IDtlsAssociation Open(DtlsParameters parameters, IDtlsOwner owner);
}
