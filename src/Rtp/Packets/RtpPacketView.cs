using System.Buffers.Binary;

namespace Avatar2D.Rtp.Packets;

/// <summary>One RTP packet, read in place (RFC 3550 §5.1). Valid as long as the bytes under it are.</summary>
public readonly ref struct RtpPacketView
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _payloadOffset;
    private readonly int _payloadLength;

    private RtpPacketView(ReadOnlySpan<byte> bytes, int payloadOffset, int payloadLength)
    {
        _bytes = bytes;
        _payloadOffset = payloadOffset;
        _payloadLength = payloadLength;
    }

    /// <summary>The whole datagram, header and padding with it.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Marker bit; its meaning is the payload format's: last packet of a picture, first of a talk spurt.</summary>
    public bool Marker => (_bytes[1] & 0x80) != 0;

    /// <summary>Payload type, 0 to 127.</summary>
    public byte PayloadType => (byte)(_bytes[1] & 0x7F);

    /// <summary>Sequence number, one more per packet, wraps at 65,536.</summary>
    public ushort SequenceNumber => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Sampling instant in rtpTicks of the payload's clock rate, wraps at 2^32.</summary>
    public uint Timestamp => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>Synchronisation source.</summary>
    public uint Ssrc => BinaryPrimitives.ReadUInt32BigEndian(_bytes[8..]);

    /// <summary>Number of contributing sources, 0 to 15.</summary>
    public int CsrcCount => _bytes[0] & 0x0F;

    /// <summary>True when a header extension is present (RFC 3550 §5.3.1).</summary>
    public bool HasExtension => (_bytes[0] & 0x10) != 0;

    /// <summary>The 16 bits "defined by profile", 0 without extension.</summary>
    public ushort ExtensionProfile =>
        HasExtension ? BinaryPrimitives.ReadUInt16BigEndian(_bytes[ExtensionOffset..]) : (ushort)0;

    /// <summary>Bytes of the extension after its 4-byte header, empty without extension.</summary>
    public ReadOnlySpan<byte> Extension =>
        HasExtension
            ? _bytes.Slice(ExtensionOffset + 4, 4 * BinaryPrimitives.ReadUInt16BigEndian(_bytes[(ExtensionOffset + 2)..]))
            : default;

    /// <summary>The payload without padding; may be empty.</summary>
    public ReadOnlySpan<byte> Payload => _bytes.Slice(_payloadOffset, _payloadLength);

    private int ExtensionOffset => RtpHeader.SizeBytes + (4 * CsrcCount);

    /// <summary>Contributing source <paramref name="index"/>, 0 to <see cref="CsrcCount"/> - 1.</summary>
    public uint GetCsrc(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, CsrcCount);
        return BinaryPrimitives.ReadUInt32BigEndian(_bytes[(RtpHeader.SizeBytes + (4 * index))..]);
    }

    /// <summary>Checks the header against the length of the datagram; never throws.</summary>
    public static bool TryParse(ReadOnlySpan<byte> datagram, out RtpPacketView packet, out RtpParseError error)
    {
        packet = default;
        error = Check(datagram, out int payloadOffset, out int payloadLength);
        if (error != RtpParseError.None)
        {
            return false;
        }

        packet = new RtpPacketView(datagram, payloadOffset, payloadLength);
        return true;
    }

    /// <summary>
    /// Length of header, contributing sources and extension: what SRTP leaves readable (RFC 3711 §3.1). Padding is not looked at.
    /// </summary>
    public static bool TryMeasureHeader(ReadOnlySpan<byte> datagram, out int bytes, out RtpParseError error)
    {
        error = CheckHeader(datagram, out bytes);
        return error == RtpParseError.None;
    }

    private static RtpParseError Check(ReadOnlySpan<byte> datagram, out int payloadOffset, out int payloadLength)
    {
        payloadLength = 0;
        RtpParseError error = CheckHeader(datagram, out payloadOffset);
        if (error != RtpParseError.None)
        {
            return error;
        }

        int padding = 0;
        if ((datagram[0] & 0x20) != 0)
        {
            padding = datagram[^1];
            if (padding == 0 || padding > datagram.Length - payloadOffset)
            {
                return RtpParseError.BadPadding;
            }
        }

        payloadLength = datagram.Length - payloadOffset - padding;
        return RtpParseError.None;
    }

    private static RtpParseError CheckHeader(ReadOnlySpan<byte> datagram, out int bytes)
    {
        bytes = 0;
        if (datagram.Length < RtpHeader.SizeBytes)
        {
            return RtpParseError.TooShort;
        }

        if (datagram[0] >> 6 != RtpHeader.Version)
        {
            return RtpParseError.BadVersion;
        }

        int offset = RtpHeader.SizeBytes + (4 * (datagram[0] & 0x0F));
        if (offset > datagram.Length)
        {
            return RtpParseError.CsrcOverrun;
        }

        if ((datagram[0] & 0x10) != 0)
        {
            if (offset + 4 > datagram.Length)
            {
                return RtpParseError.ExtensionOverrun;
            }

            offset += 4 + (4 * BinaryPrimitives.ReadUInt16BigEndian(datagram[(offset + 2)..]));
            if (offset > datagram.Length)
            {
                return RtpParseError.ExtensionOverrun;
            }
        }

        bytes = offset;
        return RtpParseError.None;
    }
}
