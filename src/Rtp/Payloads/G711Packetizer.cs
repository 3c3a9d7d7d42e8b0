namespace Avatar2D.Rtp.Payloads;

/// <summary>
/// G.711 into RTP (RFC 3551 §4.5.14): one byte per sample at 8 kHz. Serves G.722 as well, whose RTP clock is 8 kHz by RFC 3551
/// §4.5.2 and which has one byte per tick too. What does not fill a packet at the end goes out short.
/// </summary>
public sealed class G711Packetizer : IAudioPacketizer
{
    private readonly int _packetBytes;
    private int _offset;
    private int _length;

    /// <summary>Makes a packetizer.</summary>
    /// <param name="packetMilliseconds">ptime. Default 20 ms: 160 bytes.</param>
    public G711Packetizer(int packetMilliseconds = 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(packetMilliseconds, 5);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(packetMilliseconds, 120);
        _packetBytes = 8 * packetMilliseconds;
    }

    /// <inheritdoc/>
    public PacketizeError Begin(ReadOnlySpan<byte> encoded)
    {
        _offset = 0;
        _length = encoded.Length;
        return encoded.IsEmpty ? PacketizeError.Empty : PacketizeError.None;
    }

    /// <inheritdoc/>
    public bool TryGetNext(ReadOnlySpan<byte> encoded, Span<byte> payload, out int length, out int durationTicks)
    {
        length = Math.Min(_packetBytes, _length - _offset);
        durationTicks = length;
        if (length <= 0 || length > payload.Length || encoded.Length != _length)
        {
            length = 0;
            durationTicks = 0;
            return false;
        }

        encoded.Slice(_offset, length).CopyTo(payload);
        _offset += length;
        return true;
    }
}
