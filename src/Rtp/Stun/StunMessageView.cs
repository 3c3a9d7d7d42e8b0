using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Avatar2D.Rtp.Stun;

/// <summary>
/// A STUN message in its datagram (RFC 8489 §5): type, length, magic cookie, transaction of 12 bytes, then attributes of type,
/// length and value, padded to 4 bytes. Valid while the datagram is.
/// </summary>
public readonly ref struct StunMessageView
{
    internal const int HeaderBytes = 20;
    internal const int AttributeHeaderBytes = 4;
    internal const int IntegrityBytes = 20;
    internal const int FingerprintBytes = 4;
    internal const uint Cookie = 0x2112_A442;
    internal const uint FingerprintMask = 0x5354_554E;
    internal const int BindingMethod = 1;

    private readonly ReadOnlySpan<byte> _bytes;

    private StunMessageView(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Class of the message.</summary>
    public StunClass Class => (StunClass)(((_bytes[0] & 1) << 1) | ((_bytes[1] >> 4) & 1));

    /// <summary>True for the Binding method, the only one that ICE uses.</summary>
    public bool IsBinding => ((_bytes[0] & 0x3E) << 6 | (_bytes[1] & 0xE0) >> 1 | (_bytes[1] & 0x0F)) == BindingMethod;

    /// <summary>Repeated in the answer; 12 bytes.</summary>
    public ReadOnlySpan<byte> TransactionId => _bytes.Slice(8, 12);

    /// <summary>Reads a datagram; false when it is no STUN message whose attributes fill it exactly.</summary>
    public static bool TryParse(ReadOnlySpan<byte> datagram, out StunMessageView message)
    {
        message = default;
        if (datagram.Length < HeaderBytes || (datagram[0] & 0xC0) != 0 || BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]) != Cookie)
            return false;
        int length = BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]);
        if ((length & 3) != 0 || length != datagram.Length - HeaderBytes)
            return false;
        int at = HeaderBytes;
        while (at < datagram.Length)
        {
            if (datagram.Length - at < AttributeHeaderBytes)
                return false;
            at += AttributeHeaderBytes + Padded(BinaryPrimitives.ReadUInt16BigEndian(datagram[(at + 2)..]));
        }

        if (at != datagram.Length)
            return false;
        message = new StunMessageView(datagram);
        return true;
    }

    /// <summary>The first attribute of a type that stands before MESSAGE-INTEGRITY; what follows that one is not protected.</summary>
    public bool TryFind(ushort type, out ReadOnlySpan<byte> value) => TryFind(type, out value, out _);

    /// <summary>True when the last attribute is a FINGERPRINT that fits (RFC 8489 §14.7).</summary>
    public bool HasFingerprint
    {
        get
        {
            int at = _bytes.Length - AttributeHeaderBytes - FingerprintBytes;
            return at >= HeaderBytes && BinaryPrimitives.ReadUInt16BigEndian(_bytes[at..]) == StunAttribute.Fingerprint
                && BinaryPrimitives.ReadUInt16BigEndian(_bytes[(at + 2)..]) == FingerprintBytes
                && BinaryPrimitives.ReadUInt32BigEndian(_bytes[(at + 4)..]) == (Crc32.Of(_bytes[..at]) ^ FingerprintMask);
        }
    }

    /// <summary>True when MESSAGE-INTEGRITY is there and fits the key (RFC 8489 §14.5).</summary>
    /// <param name="key">Short-term credential: the password, bytes.</param>
    public bool IsIntact(ReadOnlySpan<byte> key)
    {
        if (!TryFind(StunAttribute.MessageIntegrity, out ReadOnlySpan<byte> tag, out int at) || tag.Length != IntegrityBytes)
            return false;
        Span<byte> own = stackalloc byte[IntegrityBytes];
        WriteTag(_bytes[..at], key, own);
        return CryptographicOperations.FixedTimeEquals(own, tag);
    }

    /// <summary>The first attribute that a receiver must know and we do not; null when there is none.</summary>
    public ushort? FirstUnknown
    {
        get
        {
            for (int at = HeaderBytes; at < _bytes.Length;)
            {
                ushort type = BinaryPrimitives.ReadUInt16BigEndian(_bytes[at..]);
                if (type < StunAttribute.FirstOptional && type is not (StunAttribute.MappedAddress or StunAttribute.Username
                    or StunAttribute.MessageIntegrity or StunAttribute.ErrorCode or StunAttribute.UnknownAttributes
                    or StunAttribute.XorMappedAddress or StunAttribute.Priority or StunAttribute.UseCandidate))
                {
                    return type;
                }

                at += AttributeHeaderBytes + Padded(BinaryPrimitives.ReadUInt16BigEndian(_bytes[(at + 2)..]));
            }

            return null;
        }
    }

    /// <summary>HMAC-SHA1 over a message up to its MESSAGE-INTEGRITY, whose own length the header counts already.</summary>
    [SuppressMessage("Security", "CA5350:Do not use weak cryptographic algorithms", Justification = "RFC 8489 §14.5 names it.")]
    internal static void WriteTag(ReadOnlySpan<byte> before, ReadOnlySpan<byte> key, Span<byte> tag)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        before[..HeaderBytes].CopyTo(header);
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)(before.Length - HeaderBytes + AttributeHeaderBytes + IntegrityBytes));
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, key);
        hash.AppendData(header);
        hash.AppendData(before[HeaderBytes..]);
        hash.GetHashAndReset(tag);
    }

    internal static int Padded(int length) => (length + 3) & ~3;

    private bool TryFind(ushort wanted, out ReadOnlySpan<byte> value, out int at)
    {
        value = default;
        for (at = HeaderBytes; at < _bytes.Length;)
        {
            ushort type = BinaryPrimitives.ReadUInt16BigEndian(_bytes[at..]);
            int length = BinaryPrimitives.ReadUInt16BigEndian(_bytes[(at + 2)..]);
            if (type == wanted)
            {
                value = _bytes.Slice(at + AttributeHeaderBytes, length);
                return true;
            }

            if (type == StunAttribute.MessageIntegrity)
                return false;
            at += AttributeHeaderBytes + Padded(length);
        }

        return false;
    }
}
