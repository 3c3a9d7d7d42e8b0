namespace Avatar2D.Codecs.Audio;

/// <summary>One direction of one call: RTP payload in, PCM16 mono out. One thread at a time; no allocation per frame.</summary>
public interface IAudioDecoder : IDisposable
{
    /// <summary>Rate of the PCM in Hz.</summary>
    int SampleRateHz { get; }

    /// <summary>Room that the PCM of one payload can need, in samples.</summary>
    int MaxFrameSamples { get; }

    /// <summary>True where <see cref="TryRecover"/> can bring back a lost frame from the payload after it.</summary>
    bool HasForwardErrorCorrection { get; }

    /// <summary>Decodes one payload.</summary>
    /// <param name="payload">Bytes from the network.</param>
    /// <param name="pcm">At least <see cref="MaxFrameSamples"/>.</param>
    /// <param name="samples">Samples written.</param>
    /// <returns>False when the payload is not decodable; then conceal instead. Never throws for bad bytes.</returns>
    bool TryDecode(ReadOnlySpan<byte> payload, Span<short> pcm, out int samples);

    /// <summary>Fills a lost frame from what was heard before; call it once for every lost frame, in order.</summary>
    /// <param name="pcm">All of it is filled: the length of the lost frame.</param>
    void Conceal(Span<short> pcm);

    /// <summary>Decodes the lost frame that came just before this payload from the copy inside it; the payload is to be decoded after that.</summary>
    /// <param name="nextPayload">The payload after the lost one.</param>
    /// <param name="pcm">All of it is filled: the length of the lost frame.</param>
    /// <returns>False when the payload carries no copy (then the frame was concealed).</returns>
    bool TryRecover(ReadOnlySpan<byte> nextPayload, Span<short> pcm);

    /// <summary>Forgets the stream, as after a change of source.</summary>
    void Reset();
}
