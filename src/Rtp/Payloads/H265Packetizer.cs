using System.Buffers.Binary;

namespace Avatar2D.Rtp.Payloads;

/// <summary>
/// H.265 into RTP (RFC 7798) without decoding order numbers (sprop-max-don-diff = 0): single units, aggregation packets (type 48)
/// and fragments (type 49: payload header 2 bytes, FU header S E Type, then a piece of the unit without its first two bytes).
/// </summary>
public sealed class H265Packetizer : IVideoPacketizer
{
    private const int FuHeaderBytes = 3;

    private readonly NalList _units = new();
    private readonly int _maxPayloadBytes;
    private readonly bool _aggregate;

    /// <summary>Makes a packetizer.</summary>
    /// <param name="maxPayloadBytes">Longest payload. Default 1,188: 1,200 with the RTP header.</param>
    /// <param name="aggregate">Put small units together. Default false: simple receivers do not take aggregation packets.</param>
    public H265Packetizer(int maxPayloadBytes = 1188, bool aggregate = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPayloadBytes, 16);
        _maxPayloadBytes = maxPayloadBytes;
        _aggregate = aggregate;
    }

    /// <inheritdoc/>
    public PacketizeError Begin(ReadOnlySpan<byte> accessUnit)
    {
        _units.Fill(accessUnit, H265Nal.HeaderBytes);
        if (_units.Count == 0)
            return PacketizeError.Empty;
        for (int i = 0; i < _units.Count; i++)
        {
            if (H265Nal.TypeOf(accessUnit[_units[i].Offset]) >= H265Nal.Aggregation)
            {
                _units.Clear();
                return PacketizeError.Malformed; // 48 to 63 mean packets, not units
            }
        }

        return PacketizeError.None;
    }

    /// <inheritdoc/>
    public bool TryGetNext(ReadOnlySpan<byte> accessUnit, Span<byte> payload, out int length, out bool marker)
    {
        length = 0;
        marker = false;
        if (_units.IsDone || payload.Length < _maxPayloadBytes || accessUnit.Length != _units.StreamLength)
            return false;
        (int offset, int nalLength) = _units[_units.Index];
        ReadOnlySpan<byte> nal = accessUnit.Slice(offset, nalLength);
        int together = _aggregate && _units.FragmentOffset == 0 ? _units.CountThatFit(H265Nal.HeaderBytes, _maxPayloadBytes) : 0;
        if (together > 1)
            length = WriteAggregation(accessUnit, payload, together);
        else if (nalLength > _maxPayloadBytes)
            length = WriteFragment(nal, payload);
        else
            length = WriteSingle(nal, payload);
        marker = _units.IsDone;
        return true;
    }

    private int WriteSingle(ReadOnlySpan<byte> nal, Span<byte> payload)
    {
        nal.CopyTo(payload);
        _units.Advance(1);
        return nal.Length;
    }

    // Payload header: any F, the lowest LayerId and the lowest TID of the units (RFC 7798 §4.4.2).
    private int WriteAggregation(ReadOnlySpan<byte> accessUnit, Span<byte> payload, int count)
    {
        int at = H265Nal.HeaderBytes;
        int forbidden = 0;
        int layer = 0x3F;
        int temporal = 7;
        for (int i = 0; i < count; i++)
        {
            (int offset, int length) = _units[_units.Index + i];
            int header = BinaryPrimitives.ReadUInt16BigEndian(accessUnit[offset..]);
            forbidden |= header & 0x8000;
            layer = Math.Min(layer, (header >> 3) & 0x3F);
            temporal = Math.Min(temporal, header & 7);
            BinaryPrimitives.WriteUInt16BigEndian(payload[at..], (ushort)length);
            accessUnit.Slice(offset, length).CopyTo(payload[(at + 2)..]);
            at += 2 + length;
        }

        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)(forbidden | (H265Nal.Aggregation << 9) | (layer << 3) | temporal));
        _units.Advance(count);
        return at;
    }

    private int WriteFragment(ReadOnlySpan<byte> nal, Span<byte> payload)
    {
        bool first = _units.FragmentOffset == 0;
        int from = first ? H265Nal.HeaderBytes : _units.FragmentOffset;
        int piece = Math.Min(nal.Length - from, _maxPayloadBytes - FuHeaderBytes);
        bool last = from + piece == nal.Length;
        payload[0] = (byte)((nal[0] & 0x81) | (H265Nal.Fragmentation << 1));
        payload[1] = nal[1];
        payload[2] = (byte)((first ? 0x80 : 0) | (last ? 0x40 : 0) | H265Nal.TypeOf(nal[0]));
        nal.Slice(from, piece).CopyTo(payload[FuHeaderBytes..]);
        if (last)
            _units.Advance(1);
        else
            _units.FragmentOffset = from + piece;
        return FuHeaderBytes + piece;
    }
}
