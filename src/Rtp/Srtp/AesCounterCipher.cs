using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Avatar2D.Rtp.Srtp;

/// <summary>
/// AES in counter mode with HMAC-SHA1 (RFC 3711 §4.1.1, §4.2.1): RTP is header | ciphertext | MKI | tag, RTCP is
/// header | ciphertext | E and index | MKI | tag.
/// </summary>
internal sealed class AesCounterCipher : SrtpCipher
{
    private const int BlockBytes = 16;
    private const int ChunkBytes = 32 * BlockBytes;
    private const int AuthenticationKeyBytes = 20;
    private const int HashBytes = 20;

    private readonly Aes _aes;
    private readonly ICryptoTransform _encryptor;
    private readonly IncrementalHash _hash;
    private readonly byte[] _salt;
    private readonly byte[] _chunk = new byte[ChunkBytes];
    private readonly int _tagBytes;
    private readonly int _mkiBytes;

    /// <summary>Derives the session keys.</summary>
    public AesCounterCipher(SrtpKey key, bool isRtcp)
    {
        _aes = Aes.Create();
        _aes.Mode = CipherMode.ECB; // The counter blocks are ours; what ECB makes of them is the key stream.
        _aes.Padding = PaddingMode.None;
        _aes.SetKey(SrtpKeyDerivation.Derive(key, isRtcp ? SrtpLabel.RtcpEncryption : SrtpLabel.RtpEncryption, key.Suite.KeyBytes));
        _encryptor = _aes.CreateEncryptor();
        _salt = SrtpKeyDerivation.Derive(key, isRtcp ? SrtpLabel.RtcpSalt : SrtpLabel.RtpSalt, key.Suite.SaltBytes);
        SrtpLabel authentication = isRtcp ? SrtpLabel.RtcpAuthentication : SrtpLabel.RtpAuthentication;
        _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, SrtpKeyDerivation.Derive(key, authentication, AuthenticationKeyBytes));
        _tagBytes = isRtcp ? key.Suite.RtcpTagBytes : key.Suite.TagBytes;
        _mkiBytes = key.MkiBytes;
    }

    /// <inheritdoc/>
    public override int SealRtp(Span<byte> buffer, int header, int length, uint ssrc, long index)
    {
        ApplyKeyStream(buffer[header..length], ssrc, index);
        WriteTag(buffer[..length], (uint)(index >> 16), buffer.Slice(length, _tagBytes));
        return length + _tagBytes;
    }

    /// <inheritdoc/>
    public override bool TryOpenRtp(Span<byte> packet, int header, uint ssrc, long index, out int length)
    {
        length = packet.Length - _tagBytes - _mkiBytes;
        if (length < header || !IsGenuine(packet[..length], (uint)(index >> 16), packet[^_tagBytes..]))
            return false;
        ApplyKeyStream(packet[header..length], ssrc, index);
        return true;
    }

    /// <inheritdoc/>
    public override int SealRtcp(Span<byte> buffer, int length, uint ssrc, uint index)
    {
        ApplyKeyStream(buffer[RtcpClearBytes..length], ssrc, index);
        uint word = EncryptedFlag | index;
        BinaryPrimitives.WriteUInt32BigEndian(buffer[length..], word);
        WriteTag(buffer[..length], word, buffer.Slice(length + RtcpIndexBytes, _tagBytes));
        return length + RtcpIndexBytes + _tagBytes;
    }

    /// <inheritdoc/>
    public override bool TryReadIndex(ReadOnlySpan<byte> packet, out uint index)
    {
        int length = packet.Length - _tagBytes - _mkiBytes - RtcpIndexBytes;
        index = length < RtcpClearBytes ? 0 : BinaryPrimitives.ReadUInt32BigEndian(packet[length..]) & ~EncryptedFlag;
        return length >= RtcpClearBytes;
    }

    /// <inheritdoc/>
    public override bool TryOpenRtcp(Span<byte> packet, uint ssrc, out int length)
    {
        length = packet.Length - _tagBytes - _mkiBytes - RtcpIndexBytes;
        if (length < RtcpClearBytes)
            return false;
        uint word = BinaryPrimitives.ReadUInt32BigEndian(packet[length..]);
        if (!IsGenuine(packet[..length], word, packet[^_tagBytes..]))
            return false;
        if ((word & EncryptedFlag) != 0)
            ApplyKeyStream(packet[RtcpClearBytes..length], ssrc, word & ~EncryptedFlag);
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _encryptor.Dispose();
        _aes.Dispose();
        _hash.Dispose();
    }

    /// <summary>IV = salt * 2^16 XOR SSRC * 2^64 XOR index * 2^16; the last 16 bits count the blocks (RFC 3711 §4.1.1).</summary>
    private void ApplyKeyStream(Span<byte> data, uint ssrc, long index)
    {
        Span<byte> iv = stackalloc byte[BlockBytes];
        iv.Clear();
        _salt.CopyTo(iv);
        BinaryPrimitives.WriteUInt32BigEndian(iv[4..], BinaryPrimitives.ReadUInt32BigEndian(iv[4..]) ^ ssrc);
        ulong low = BinaryPrimitives.ReadUInt64BigEndian(iv[8..]) ^ ((ulong)index << 16);
        BinaryPrimitives.WriteUInt64BigEndian(iv[8..], low);
        for (int block = 0; !data.IsEmpty;)
        {
            int blocks = Math.Min(ChunkBytes, data.Length + BlockBytes - 1) / BlockBytes;
            for (int i = 0; i < blocks; i++, block++)
            {
                Span<byte> counter = _chunk.AsSpan(i * BlockBytes, BlockBytes);
                iv.CopyTo(counter);
                BinaryPrimitives.WriteUInt16BigEndian(counter[14..], (ushort)block);
            }

            _encryptor.TransformBlock(_chunk, 0, blocks * BlockBytes, _chunk, 0);
            int bytes = Math.Min(data.Length, blocks * BlockBytes);
            for (int i = 0; i < bytes; i++)
                data[i] ^= _chunk[i];
            data = data[bytes..];
        }
    }

    private bool IsGenuine(ReadOnlySpan<byte> packet, uint word, ReadOnlySpan<byte> tag)
    {
        Span<byte> own = stackalloc byte[_tagBytes];
        WriteTag(packet, word, own);
        return CryptographicOperations.FixedTimeEquals(own, tag);
    }

    /// <summary>HMAC over the packet and a word behind it: roll-over counter of RTP, E and index of RTCP (RFC 3711 §4.2).</summary>
    private void WriteTag(ReadOnlySpan<byte> packet, uint word, Span<byte> tag)
    {
        Span<byte> behind = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(behind, word);
        Span<byte> whole = stackalloc byte[HashBytes];
        _hash.AppendData(packet);
        _hash.AppendData(behind);
        _hash.GetHashAndReset(whole);
        whole[..tag.Length].CopyTo(tag);
    }
}
