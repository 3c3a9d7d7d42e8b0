namespace Avatar2D.Rtp.Srtp;

/// <summary>What both directions share: a master key, the ciphers that follow from it, and a lock around them.</summary>
public abstract class SrtpDirection : IDisposable
{
    private readonly SrtpCipher _rtp;
    private readonly SrtpCipher _rtcp;

    /// <summary>Derives the session keys.</summary>
    private protected SrtpDirection(SrtpKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Key = key;
        _rtp = SrtpCipher.Create(key, isRtcp: false);
        _rtcp = SrtpCipher.Create(key, isRtcp: true);
    }

    /// <summary>The master key.</summary>
    public SrtpKey Key { get; }

    /// <summary>Guards ciphers and counters.</summary>
    private protected Lock Gate { get; } = new();

    /// <summary>Cipher of RTP; under <see cref="Gate"/>, and not when closed.</summary>
    private protected SrtpCipher RtpNeedsLock => _rtp;

    /// <summary>Cipher of RTCP; under <see cref="Gate"/>, and not when closed.</summary>
    private protected SrtpCipher RtcpNeedsLock => _rtcp;

    /// <summary>True when the keys are forgotten.</summary>
    private protected bool IsClosedNeedsLock { get; private set; }

    /// <summary>Forgets the keys; nothing is protected or opened any more.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            if (IsClosedNeedsLock)
                return;
            IsClosedNeedsLock = true;
            _rtp.Dispose();
            _rtcp.Dispose();
        }

        GC.SuppressFinalize(this);
    }
}
