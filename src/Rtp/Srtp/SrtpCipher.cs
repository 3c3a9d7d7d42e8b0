namespace Avatar2D.Rtp.Srtp;

/// <summary>
/// One transform with its session keys, for either RTP or RTCP of one direction. Works in place and allocates nothing. Not
/// thread-safe.
/// </summary>
internal abstract class SrtpCipher : IDisposable
{
    /// <summary>Fixed part of an RTCP packet that stays readable: header and sender's SSRC.</summary>
    public const int RtcpClearBytes = 8;

    /// <summary>E flag and index behind each SRTCP packet (RFC 3711 §3.4).</summary>
    public const int RtcpIndexBytes = 4;

    /// <summary>E flag: the packet is encrypted.</summary>
    protected const uint EncryptedFlag = 0x8000_0000;

    /// <summary>Makes the cipher of a suite.</summary>
    /// <param name="key">Master key.</param>
    /// <param name="isRtcp">For RTCP, else for RTP.</param>
    public static SrtpCipher Create(SrtpKey key, bool isRtcp) =>
        key.Suite.IsAead ? new AesGcmCipher(key, isRtcp) : new AesCounterCipher(key, isRtcp);

    /// <summary>Protects an RTP packet and returns its new length.</summary>
    /// <param name="buffer">Packet, with room behind it.</param>
    /// <param name="header">Bytes of its header, which stay readable.</param>
    /// <param name="length">Bytes of the packet.</param>
    /// <param name="ssrc">Its source.</param>
    /// <param name="index">Roll-over counter times 65,536 plus sequence number (RFC 3711 §3.3.1).</param>
    public abstract int SealRtp(Span<byte> buffer, int header, int length, uint ssrc, long index);

    /// <summary>Checks an RTP packet, opens it and gives its new length; false when it is not genuine: it may be spoilt then.</summary>
    public abstract bool TryOpenRtp(Span<byte> packet, int header, uint ssrc, long index, out int length);

    /// <summary>Protects a compound and returns its new length.</summary>
    /// <param name="buffer">Compound of at least <see cref="RtcpClearBytes"/>, with room behind it.</param>
    /// <param name="length">Bytes of the compound.</param>
    /// <param name="ssrc">Its sender.</param>
    /// <param name="index">Index of 31 bits.</param>
    public abstract int SealRtcp(Span<byte> buffer, int length, uint ssrc, uint index);

    /// <summary>The index that a protected compound claims, unchecked; false when it is too short.</summary>
    public abstract bool TryReadIndex(ReadOnlySpan<byte> packet, out uint index);

    /// <summary>Checks a compound, opens it and gives its new length; false when it is not genuine: it may be spoilt then.</summary>
    public abstract bool TryOpenRtcp(Span<byte> packet, uint ssrc, out int length);

    /// <inheritdoc/>
    public abstract void Dispose();
}
