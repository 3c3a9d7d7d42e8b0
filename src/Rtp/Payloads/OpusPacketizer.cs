namespace Avatar2D.Rtp.Payloads;

/// <summary>Opus into RTP (RFC 7587 §4.2): one Opus packet is one payload.</summary>
public sealed class OpusPacketizer : IAudioPacketizer
{
    private int _length;
    private int _durationTicks;

    /// <inheritdoc/>
    public PacketizeError Begin(ReadOnlySpan<byte> encoded)
    {
        _length = 0;
        if (encoded.IsEmpty)
            return PacketizeError.Empty;
        if (!OpusPacket.TryParse(encoded, out _, out _durationTicks))
            return PacketizeError.Malformed;
        _length = encoded.Length;
        return PacketizeError.None;
    }

    /// <inheritdoc/>
    public bool TryGetNext(ReadOnlySpan<byte> encoded, Span<byte> payload, out int length, out int durationTicks)
    {
        length = 0;
        durationTicks = 0;
        if (_length == 0 || encoded.Length != _length || payload.Length < _length)
            return false;
        encoded.CopyTo(payload);
        length = _length;
        durationTicks = _durationTicks;
        _length = 0;
        return true;
    }
}
