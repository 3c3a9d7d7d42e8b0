using System.Buffers.Binary;

namespace Avatar2D.Rtp.Rtcp;

/// <summary>
/// Walks through the packets of a compound (RFC 3550 A.2) after the whole of it was checked. Reduced-size RTCP
/// (RFC 5506) is taken as well: peers send a lone PLI. Types that we do not know come out as they are, to be skipped.
/// </summary>
public ref struct RtcpReader
{
    private ReadOnlySpan<byte> _rest;

    private RtcpReader(ReadOnlySpan<byte> compound) => _rest = compound;

    /// <summary>Checks every packet of the compound; never throws.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> datagram, out RtcpReader reader, out RtcpParseError error)
    {
        reader = default;
        error = Check(datagram);
        if (error != RtcpParseError.None)
            return false;
        reader = new RtcpReader(datagram);
        return true;
    }

    /// <summary>The next packet; false after the last.</summary>
    public bool TryReadNext(out RtcpPacketView packet)
    {
        packet = default;
        if (_rest.IsEmpty)
            return false;
        int length = LengthOf(_rest);
        int padding = (_rest[0] & 0x20) != 0 ? _rest[length - 1] : 0;
        packet = new RtcpPacketView(_rest[..(length - padding)]);
        _rest = _rest[length..];
        return true;
    }

    private static RtcpParseError Check(ReadOnlySpan<byte> rest)
    {
        do
        {
            if (rest.Length < RtcpConstants.HeaderBytes)
                return RtcpParseError.Truncated;
            if (rest[0] >> 6 != 2)
                return RtcpParseError.BadVersion;
            int length = LengthOf(rest);
            if (length > rest.Length)
                return RtcpParseError.Truncated;
            int body = length - RtcpConstants.HeaderBytes;
            if ((rest[0] & 0x20) != 0)
            {
                int padding = rest[length - 1];
                if (length != rest.Length || padding == 0 || padding > body || padding % 4 != 0)
                    return RtcpParseError.BadPadding;
                body -= padding;
            }

            if (body < MinimumBody((RtcpPacketType)rest[1], rest[0] & 0x1F))
                return RtcpParseError.BadCount;
            rest = rest[length..];
        }
        while (!rest.IsEmpty);
        return RtcpParseError.None;
    }

    private static int LengthOf(ReadOnlySpan<byte> packet) => 4 * (BinaryPrimitives.ReadUInt16BigEndian(packet[2..]) + 1);

    private static int MinimumBody(RtcpPacketType type, int count) => type switch
    {
        RtcpPacketType.SenderReport => 4 + RtcpConstants.SenderInfoBytes + (count * RtcpConstants.ReportBlockBytes),
        RtcpPacketType.ReceiverReport => 4 + (count * RtcpConstants.ReportBlockBytes),
        RtcpPacketType.Bye => 4 * count,
        RtcpPacketType.TransportFeedback or RtcpPacketType.PayloadFeedback => RtcpConstants.FeedbackPrefixBytes,
        _ => 0,
    };
}
