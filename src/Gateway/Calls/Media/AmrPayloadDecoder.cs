using Avatar2D.Codecs.Audio;
using Avatar2D.Rtp.Payloads;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>AMR as an <see cref="IAudioDecoder"/>: takes payloads apart (RFC 4867), decodes their frames, hands on mode requests.</summary>
internal sealed class AmrPayloadDecoder(AmrPayload format, AmrRate rate) : IAudioDecoder
{
    private readonly AmrDecoder _decoder = new(format.Wide);
    private readonly short[] _frame = new short[AmrFrame.Samples(format.Wide)];

    /// <inheritdoc/>
    public int SampleRateHz => AmrFrame.SampleRateHz(format.Wide);

    /// <inheritdoc/>
    public int MaxFrameSamples => AmrPayload.MaxFrames * _frame.Length;

    /// <inheritdoc/>
    public bool HasForwardErrorCorrection => false;

    /// <inheritdoc/>
    public bool TryDecode(ReadOnlySpan<byte> payload, Span<short> pcm, out int samples)
    {
        samples = 0;
        if (!format.TryParse(payload, out int frames, out int modeRequest) || frames * _frame.Length > pcm.Length)
            return false;
        rate.OnRequest(modeRequest);
        Span<byte> frame = stackalloc byte[AmrPayload.MaxFrameBytes];
        for (int i = 0; i < frames; i++)
        {
            int length = format.ReadFrame(payload, i, frame);
            _decoder.Decode(frame[..length], pcm.Slice(samples, _frame.Length));
            samples += _frame.Length;
        }

        return true;
    }

    /// <inheritdoc/>
    public void Conceal(Span<short> pcm)
    {
        while (!pcm.IsEmpty)
        {
            _decoder.Conceal(_frame);
            int samples = Math.Min(pcm.Length, _frame.Length);
            _frame.AsSpan(0, samples).CopyTo(pcm);
            pcm = pcm[samples..];
        }
    }

    /// <inheritdoc/>
    public bool TryRecover(ReadOnlySpan<byte> nextPayload, Span<short> pcm)
    {
        Conceal(pcm);
        return false;
    }

    /// <inheritdoc/>
    public void Reset() => _decoder.Reset();

    /// <inheritdoc/>
    public void Dispose() => _decoder.Dispose();
}
