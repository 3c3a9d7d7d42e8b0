namespace Avatar2D.Codecs.Audio;

/// <summary>One direction of one call: PCM16 mono in, RTP payload out. One thread at a time; no allocation per frame.</summary>
public interface IAudioEncoder : IDisposable
{
    /// <summary>Rate of the PCM in Hz.</summary>
    int SampleRateHz { get; }

    /// <summary>Samples of the usual frame of 20 ms.</summary>
    int FrameSamples { get; }

    /// <summary>Room that a payload of one frame can need.</summary>
    int MaxPayloadBytes { get; }

    /// <summary>Encodes one frame.</summary>
    /// <param name="pcm">A frame of a length that the codec knows (G.711: any; Opus: 2.5, 5, 10, 20, 40 or 60 ms).</param>
    /// <param name="payload">At least <see cref="MaxPayloadBytes"/>.</param>
    /// <returns>Bytes written; at most 2 from Opus with DTX mean that the frame need not be sent.</returns>
    /// <exception cref="ArgumentException">The frame has a length that the codec does not know, or the payload has no room.</exception>
    int Encode(ReadOnlySpan<short> pcm, Span<byte> payload);
}
