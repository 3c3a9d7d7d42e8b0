namespace Avatar2D.Rtp.Payloads;

/// <summary>Reads what a jitter buffer and a decoder need to know of an audio payload. Any thread, no allocation.</summary>
public interface IAudioDepacketizer
{
    /// <summary>Checks a payload; false when no decoder should see it.</summary>
    /// <param name="payload">RTP payload.</param>
    /// <param name="durationTicks">Sound in it, rtpTicks.</param>
    bool TryGetDuration(ReadOnlySpan<byte> payload, out int durationTicks);
}
