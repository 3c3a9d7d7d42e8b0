namespace Avatar2D.Rtp.Payloads;

/// <summary>G.711, and G.722 by its 8 kHz RTP clock, out of RTP (RFC 3551 §4.5.14, §4.5.2): the payload is the code words.</summary>
public sealed class G711Depacketizer : IAudioDepacketizer
{
    /// <summary>Longest payload taken: 200 ms (RFC 3551 §4.2 asks receivers to take that much), 1,600 bytes.</summary>
    public const int MaxPayloadBytes = 1600;

    /// <inheritdoc/>
    public bool TryGetDuration(ReadOnlySpan<byte> payload, out int durationTicks)
    {
        durationTicks = payload.Length;
        return payload.Length is > 0 and <= MaxPayloadBytes;
    }
}
