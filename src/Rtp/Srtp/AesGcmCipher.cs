using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Avatar2D.Rtp.Srtp;

/// <summary>
/// AES-GCM (RFC 7714): RTP is header | ciphertext | tag | MKI, RTCP is header | ciphertext | tag | E and index | MKI. The header
/// is authenticated as associated data.
/// </summary>
internal sealed class AesGcmCipher : SrtpCipher
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly AesGcm _gcm;
    private readonly byte[] _salt;
    private readonly int _mkiBytes;

    /// <summary>Derives the session keys.</summary>
    public AesGcmCipher(SrtpKey key, bool isRtcp)
        : this(
            SrtpKeyDerivation.Derive(key, isRtcp ? SrtpLabel.RtcpEncryption : SrtpLabel.RtpEncryption, key.Suite.KeyBytes),
            SrtpKeyDerivation.Derive(key, isRtcp ? SrtpLabel.RtcpSalt : SrtpLabel.RtpSalt, key.Suite.SaltBytes),
            key.MkiBytes)
    {
    }

    /// <summary>Takes session keys as they are.</summary>
    public AesGcmCipher(byte[] sessionKey, byte[] sessionSalt, int mkiBytes = 0)
    {
        _gcm = new AesGcm(sessionKey, TagBytes);
        _salt = sessionSalt;
        _mkiBytes = mkiBytes;
    }

    /// <inheritdoc/>
    public override int SealRtp(Span<byte> buffer, int header, int length, uint ssrc, long index)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteRtpNonce(nonce, ssrc, index);
        Span<byte> payload = buffer[header..length];
        _gcm.Encrypt(nonce, payload, payload, buffer.Slice(length, TagBytes), buffer[..header]);
        return length + TagBytes;
    }

    /// <inheritdoc/>
    public override bool TryOpenRtp(Span<byte> packet, int header, uint ssrc, long index, out int length)
    {
        length = packet.Length - TagBytes - _mkiBytes;
        if (length < header)
            return false;
        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteRtpNonce(nonce, ssrc, index);
        return TryDecrypt(nonce, packet[header..length], packet.Slice(length, TagBytes), packet[..header]);
    }

    /// <inheritdoc/>
    public override int SealRtcp(Span<byte> buffer, int length, uint ssrc, uint index)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteRtcpNonce(nonce, ssrc, index);
        Span<byte> associated = stackalloc byte[RtcpClearBytes + RtcpIndexBytes];
        buffer[..RtcpClearBytes].CopyTo(associated);
        BinaryPrimitives.WriteUInt32BigEndian(associated[RtcpClearBytes..], EncryptedFlag | index);
        Span<byte> body = buffer[RtcpClearBytes..length];
        _gcm.Encrypt(nonce, body, body, buffer.Slice(length, TagBytes), associated);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[(length + TagBytes)..], EncryptedFlag | index);
        return length + TagBytes + RtcpIndexBytes;
    }

    /// <inheritdoc/>
    public override bool TryReadIndex(ReadOnlySpan<byte> packet, out uint index)
    {
        int at = packet.Length - _mkiBytes - RtcpIndexBytes;
        bool isWhole = at >= RtcpClearBytes + TagBytes;
        index = isWhole ? BinaryPrimitives.ReadUInt32BigEndian(packet[at..]) & ~EncryptedFlag : 0;
        return isWhole;
    }

    /// <inheritdoc/>
    public override bool TryOpenRtcp(Span<byte> packet, uint ssrc, out int length)
    {
        length = packet.Length - TagBytes - RtcpIndexBytes - _mkiBytes;
        if (length < RtcpClearBytes)
            return false;
        uint word = BinaryPrimitives.ReadUInt32BigEndian(packet[(length + TagBytes)..]);
        if ((word & EncryptedFlag) == 0)
            return false; // RFC 7714 §9.3 knows authenticated-only RTCP; nobody negotiates it with us.
        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteRtcpNonce(nonce, ssrc, word & ~EncryptedFlag);
        Span<byte> associated = stackalloc byte[RtcpClearBytes + RtcpIndexBytes];
        packet[..RtcpClearBytes].CopyTo(associated);
        BinaryPrimitives.WriteUInt32BigEndian(associated[RtcpClearBytes..], word);
        return TryDecrypt(nonce, packet[RtcpClearBytes..length], packet.Slice(length, TagBytes), associated);
    }

    /// <inheritdoc/>
    public override void Dispose() => _gcm.Dispose();

    private bool TryDecrypt(ReadOnlySpan<byte> nonce, Span<byte> data, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> associated)
    {
        try
        {
            _gcm.Decrypt(nonce, data, tag, data, associated);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false; // The library has no other way to say it.
        }
    }

    /// <summary>0, 0, SSRC, roll-over counter, sequence number; XOR salt (RFC 7714 §8.1).</summary>
    private void WriteRtpNonce(Span<byte> nonce, uint ssrc, long index)
    {
        nonce.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(nonce[2..], ssrc);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[6..], (uint)(index >> 16));
        BinaryPrimitives.WriteUInt16BigEndian(nonce[10..], (ushort)index);
        AddSalt(nonce);
    }

    /// <summary>0, 0, SSRC, 0, 0, index; XOR salt (RFC 7714 §9.1).</summary>
    private void WriteRtcpNonce(Span<byte> nonce, uint ssrc, uint index)
    {
        nonce.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(nonce[2..], ssrc);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[8..], index);
        AddSalt(nonce);
    }

    private void AddSalt(Span<byte> nonce)
    {
        for (int i = 0; i < NonceBytes; i++)
            nonce[i] ^= _salt[i];
    }
}
