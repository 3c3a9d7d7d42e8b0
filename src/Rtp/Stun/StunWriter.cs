using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Avatar2D.Rtp.Stun;

/// <summary>Writes a Binding message into a buffer of at least <see cref="MaxBytes"/> bytes.</summary>
public ref struct StunWriter
{
    /// <summary>Room for what we write: header, address or error, integrity, fingerprint; user name and priority in requests of tests.</summary>
    public const int MaxBytes = 256;

    private readonly Span<byte> _buffer;
    private int _length;

    /// <summary>Begins a message.</summary>
    public StunWriter(Span<byte> buffer, StunClass kind, ReadOnlySpan<byte> transactionId)
    {
        _buffer = buffer;
        int type = StunMessageView.BindingMethod | (((int)kind & 2) << 7) | (((int)kind & 1) << 4);
        BinaryPrimitives.WriteUInt16BigEndian(buffer, (ushort)type);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[4..], StunMessageView.Cookie);
        transactionId.CopyTo(buffer[8..]);
        _length = StunMessageView.HeaderBytes;
    }

    /// <summary>Adds an attribute.</summary>
    public void Add(ushort type, scoped ReadOnlySpan<byte> value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[_length..], type);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[(_length + 2)..], (ushort)value.Length);
        Span<byte> room = _buffer.Slice(_length + StunMessageView.AttributeHeaderBytes, StunMessageView.Padded(value.Length));
        room.Clear();
        value.CopyTo(room);
        _length += StunMessageView.AttributeHeaderBytes + room.Length;
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[2..], (ushort)(_length - StunMessageView.HeaderBytes));
    }

    /// <summary>Adds XOR-MAPPED-ADDRESS (RFC 8489 §14.2).</summary>
    public void AddAddress(IPEndPoint address)
    {
        Span<byte> value = stackalloc byte[20];
        bool isV6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        value[0] = 0;
        value[1] = (byte)(isV6 ? 2 : 1);
        BinaryPrimitives.WriteUInt16BigEndian(value[2..], (ushort)(address.Port ^ (StunMessageView.Cookie >> 16)));
        address.Address.TryWriteBytes(value[4..], out int bytes);
        for (int i = 0; i < bytes; i++)
            value[4 + i] ^= _buffer[4 + i]; // Cookie, then transaction.
        Add(StunAttribute.XorMappedAddress, value[..(4 + bytes)]);
    }

    /// <summary>Adds ERROR-CODE without a phrase (RFC 8489 §14.8).</summary>
    public void AddError(int code) => Add(StunAttribute.ErrorCode, [0, 0, (byte)(code / 100), (byte)(code % 100)]);

    /// <summary>Adds MESSAGE-INTEGRITY.</summary>
    public void AddIntegrity(scoped ReadOnlySpan<byte> key)
    {
        Span<byte> tag = stackalloc byte[StunMessageView.IntegrityBytes];
        StunMessageView.WriteTag(_buffer[.._length], key, tag);
        Add(StunAttribute.MessageIntegrity, tag);
    }

    /// <summary>Adds FINGERPRINT, the last attribute; returns the message's length.</summary>
    public int End()
    {
        const int More = StunMessageView.AttributeHeaderBytes + StunMessageView.FingerprintBytes;
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[2..], (ushort)(_length - StunMessageView.HeaderBytes + More));
        Span<byte> value = stackalloc byte[StunMessageView.FingerprintBytes];
        BinaryPrimitives.WriteUInt32BigEndian(value, Crc32.Of(_buffer[.._length]) ^ StunMessageView.FingerprintMask);
        Add(StunAttribute.Fingerprint, value);
        return _length;
    }
}
