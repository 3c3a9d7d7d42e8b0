namespace Avatar2D.Rtp.Payloads;

/// <summary>Cuts encoded audio into RTP payloads; the same bytes go to both methods. One thread, no allocation.</summary>
public interface IAudioPacketizer
{
    /// <summary>Checks the encoded bytes; on an error nothing will come out.</summary>
    PacketizeError Begin(ReadOnlySpan<byte> encoded);

    /// <summary>Writes the next payload; false after the last, or when <paramref name="payload"/> is too short.</summary>
    /// <param name="encoded">The same bytes as given to <see cref="Begin"/>.</param>
    /// <param name="payload">Room for one payload.</param>
    /// <param name="length">Bytes written.</param>
    /// <param name="durationTicks">Sound in it, rtpTicks: the timestamp's step to the next payload.</param>
    bool TryGetNext(ReadOnlySpan<byte> encoded, Span<byte> payload, out int length, out int durationTicks);
}
