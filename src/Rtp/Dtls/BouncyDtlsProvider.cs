namespace Avatar2D.Rtp.Dtls;

/// <summary>DTLS by BouncyCastle. Its handshakes block, so each has a thread while it lasts, and no more than a few run at once.</summary>
public sealed class BouncyDtlsProvider : IDtlsProvider, IDisposable
{
    /// <summary>Handshakes at once; others wait, as the peer repeats its first flight.</summary>
    private const int MaxHandshakes = 32;

    private readonly DtlsIdentity _identity;
    private readonly SemaphoreSlim _places = new(MaxHandshakes);

    /// <summary>Makes our certificate.</summary>
    public BouncyDtlsProvider(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _identity = new DtlsIdentity(time);
    }

    /// <inheritdoc/>
    public DtlsFingerprint Fingerprint => _identity.Fingerprint;

    /// <inheritdoc/>
    public IDtlsAssociation Open(DtlsParameters parameters, IDtlsOwner owner)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(owner);
        return new BouncyAssociation(_identity, parameters, owner, _places);
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();
}
