namespace Avatar2D.Codecs.Audio;

/// <summary>AMR or AMR-WB frames to PCM through libopencore-amr, silence descriptors (DTX) and concealment included. One thread.</summary>
public sealed unsafe class AmrDecoder : IDisposable
{
    private readonly bool _wide;
    private AmrDecoderHandle _decoder;

    /// <summary>Opens a decoder.</summary>
    /// <exception cref="CodecUnavailableException">The library is not installed.</exception>
    public AmrDecoder(bool wide)
    {
        AmrFrame.Require(wide);
        _wide = wide;
        _decoder = new AmrDecoderHandle(wide);
    }

    /// <summary>Decodes one frame; what is no frame is concealed.</summary>
    /// <param name="frame">Storage format.</param>
    /// <param name="pcm">At least <see cref="AmrFrame.Samples"/>.</param>
    public void Decode(ReadOnlySpan<byte> frame, Span<short> pcm)
    {
        if (frame.IsEmpty || frame.Length > AmrFrame.MaxBytes)
        {
            Conceal(pcm);
            return;
        }

        Span<byte> room = stackalloc byte[AmrFrame.MaxBytes + 3]; // The libraries read whole words.
        room.Clear();
        frame.CopyTo(room);
        Run(room, pcm, isBad: (frame[0] & 4) == 0);
    }

    /// <summary>The frame that was lost: faded repetition, or the noise of a pause.</summary>
    public void Conceal(Span<short> pcm)
    {
        Span<byte> nothing = stackalloc byte[AmrFrame.MaxBytes + 3];
        nothing.Clear();
        nothing[0] = AmrFrame.NoData << 3;
        Run(nothing, pcm, isBad: true);
    }

    /// <summary>Forgets the stream.</summary>
    public void Reset()
    {
        _decoder.Dispose();
        _decoder = new AmrDecoderHandle(_wide);
    }

    /// <inheritdoc/>
    public void Dispose() => _decoder.Dispose();

    private void Run(ReadOnlySpan<byte> frame, Span<short> pcm, bool isBad)
    {
        if (pcm.Length < AmrFrame.Samples(_wide))
            throw new ArgumentException("Too short for a frame.", nameof(pcm));
        fixed (byte* bytes = frame)
        fixed (short* samples = pcm)
        {
            if (_wide)
                AmrNative.WideDecode(_decoder, bytes, samples, isBad ? 1 : 0);
            else
                AmrNative.NarrowDecode(_decoder, bytes, samples, isBad ? 1 : 0);
        }
    }
}
