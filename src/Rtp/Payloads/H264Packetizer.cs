using System.Buffers.Binary;

namespace Avatar2D.Rtp.Payloads;

/// <summary>
/// H.264 into RTP (RFC 6184), packetization-mode 0 (single NAL units only) or 1 (also STAP-A and FU-A).
/// FU-A: FU indicator F NRI 28, FU header S E R Type, then a piece of the unit without its first byte.
/// </summary>
public sealed class H264Packetizer : IVideoPacketizer
{
    private const int FuHeaderBytes = 2;

    private readonly NalList _units = new();
    private readonly int _mode;
    private readonly int _maxPayloadBytes;
    private readonly bool _aggregate;

    /// <summary>Makes a packetizer.</summary>
    /// <param name="packetizationMode">0 or 1, as negotiated; absent in SDP means 0.</param>
    /// <param name="maxPayloadBytes">Longest payload. Default 1,188: 1,200 with the RTP header.</param>
    /// <param name="aggregate">
    /// Put small units together (STAP-A, mode 1). Default false: older baresip does not take STAP-A and would lose the parameter sets.
    /// </param>
    public H264Packetizer(int packetizationMode, int maxPayloadBytes = 1188, bool aggregate = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(packetizationMode);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(packetizationMode, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPayloadBytes, 16);
        _mode = packetizationMode;
        _maxPayloadBytes = maxPayloadBytes;
        _aggregate = aggregate && packetizationMode == 1;
    }

    /// <inheritdoc/>
    public PacketizeError Begin(ReadOnlySpan<byte> accessUnit)
    {
        _units.Fill(accessUnit, minimumBytes: 1);
        if (_units.Count == 0)
            return PacketizeError.Empty;
        for (int i = 0; i < _units.Count; i++)
        {
            (int offset, int length) = _units[i];
            PacketizeError error = PacketizeError.None;
            if (H264Nal.TypeOf(accessUnit[offset]) is 0 or >= H264Nal.StapA)
                error = PacketizeError.Malformed; // 24 to 31 mean packets, not units
            else if (_mode == 0 && length > _maxPayloadBytes)
                error = PacketizeError.NalTooLong;
            if (error != PacketizeError.None)
            {
                _units.Clear();
                return error;
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
        int together = _aggregate && _units.FragmentOffset == 0 ? _units.CountThatFit(1, _maxPayloadBytes) : 0;
        if (together > 1)
            length = WriteStapA(accessUnit, payload, together);
        else if (nalLength > _maxPayloadBytes)
            length = WriteFuA(nal, payload);
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

    // STAP-A: header with the highest NRI and any F of its units, then size (2 bytes) and unit, each.
    private int WriteStapA(ReadOnlySpan<byte> accessUnit, Span<byte> payload, int count)
    {
        int at = 1;
        int forbidden = 0;
        int nri = 0;
        for (int i = 0; i < count; i++)
        {
            (int offset, int length) = _units[_units.Index + i];
            forbidden |= accessUnit[offset] & 0x80;
            nri = Math.Max(nri, accessUnit[offset] & 0x60);
            BinaryPrimitives.WriteUInt16BigEndian(payload[at..], (ushort)length);
            accessUnit.Slice(offset, length).CopyTo(payload[(at + 2)..]);
            at += 2 + length;
        }

        payload[0] = (byte)(forbidden | nri | H264Nal.StapA);
        _units.Advance(count);
        return at;
    }

    private int WriteFuA(ReadOnlySpan<byte> nal, Span<byte> payload)
    {
        bool first = _units.FragmentOffset == 0;
        int from = first ? 1 : _units.FragmentOffset; // the header byte is rebuilt from indicator and FU header
        int piece = Math.Min(nal.Length - from, _maxPayloadBytes - FuHeaderBytes);
        bool last = from + piece == nal.Length;
        payload[0] = (byte)((nal[0] & 0xE0) | H264Nal.FuA);
        payload[1] = (byte)((first ? 0x80 : 0) | (last ? 0x40 : 0) | H264Nal.TypeOf(nal[0]));
        nal.Slice(from, piece).CopyTo(payload[FuHeaderBytes..]);
        if (last)
            _units.Advance(1);
        else
            _units.FragmentOffset = from + piece;
        return FuHeaderBytes + piece;
    }
}
