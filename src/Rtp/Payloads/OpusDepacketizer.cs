namespace Avatar2D.Rtp.Payloads;

/// <summary>Opus out of RTP (RFC 7587): the payload is the packet that the decoder takes.</summary>
public sealed class OpusDepacketizer : IAudioDepacketizer
{
    /// <inheritdoc/>
    public bool TryGetDuration(ReadOnlySpan<byte> payload, out int durationTicks) => OpusPacket.TryParse(payload, out _, out durationTicks);
}
