namespace Avatar2D.Codecs.Audio;

/// <summary>PCM to AMR or AMR-WB frames through libopencore-amrnb or libvo-amrwbenc. One thread.</summary>
public sealed unsafe class AmrEncoder : IDisposable
{
    private readonly bool _wide;
    private readonly AmrEncoderHandle _encoder;

    /// <summary>Opens an encoder.</summary>
    /// <exception cref="CodecUnavailableException">The library is not installed.</exception>
    public AmrEncoder(bool wide)
    {
        AmrFrame.Require(wide);
        _wide = wide;
        _encoder = new AmrEncoderHandle(wide);
    }

    /// <summary>Encodes one frame and returns its length.</summary>
    /// <param name="mode">Rate: 0 to 7 (4.75 to 12.2 kbit/s), wideband 0 to 8 (6.6 to 23.85).</param>
    /// <param name="pcm"><see cref="AmrFrame.Samples"/>.</param>
    /// <param name="frame">At least <see cref="AmrFrame.MaxBytes"/>; storage format.</param>
    public int Encode(int mode, ReadOnlySpan<short> pcm, Span<byte> frame)
    {
        if (pcm.Length != AmrFrame.Samples(_wide) || frame.Length < AmrFrame.MaxBytes || mode < 0 || mode > (_wide ? 8 : 7))
            throw new ArgumentException("An AMR frame is 20 ms of a known mode.", nameof(pcm));
        fixed (short* samples = pcm)
        fixed (byte* bytes = frame)
        {
            return _wide
                ? AmrNative.WideEncode(_encoder, mode, samples, bytes, 0)
                : AmrNative.NarrowEncode(_encoder, mode, samples, bytes, 0);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _encoder.Dispose();
}
