namespace Avatar2D.Codecs.Audio;

/// <summary>Opus (RFC 6716) through libopus, mono (a stereo stream is mixed down), with in-band FEC and concealment.</summary>
public sealed unsafe class OpusDecoder : IAudioDecoder
{
    private readonly OpusDecoderHandle _decoder;

    /// <summary>Opens a decoder.</summary>
    /// <param name="sampleRateHz">Rate of the PCM: 8000, 12000, 16000, 24000 or 48000 Hz, whatever the far end encodes at.</param>
    /// <exception cref="CodecUnavailableException">libopus is not installed.</exception>
    /// <exception cref="CodecException">libopus refuses the rate.</exception>
    public OpusDecoder(int sampleRateHz = 16_000)
    {
        NativeLibraries.RequireOpus();
        SampleRateHz = sampleRateHz;
        _decoder = OpusNative.DecoderCreate(sampleRateHz, 1, out int status);
        OpusNative.Check(status, $"Opening an Opus decoder at {sampleRateHz} Hz");
    }

    /// <inheritdoc/>
    public int SampleRateHz { get; }

    /// <summary>120 ms, the longest Opus packet (RFC 6716 §3.4).</summary>
    public int MaxFrameSamples => SampleRateHz * 120 / 1000;

    /// <inheritdoc/>
    public bool HasForwardErrorCorrection => true;

    /// <inheritdoc/>
    public bool TryDecode(ReadOnlySpan<byte> payload, Span<short> pcm, out int samples)
    {
        samples = 0;
        if (payload.IsEmpty || pcm.IsEmpty)
            return false;
        fixed (byte* from = payload)
        fixed (short* to = pcm)
            samples = Math.Max(0, OpusNative.Decode(_decoder, from, payload.Length, to, pcm.Length, 0));
        return samples > 0;
    }

    /// <inheritdoc/>
    public void Conceal(Span<short> pcm) => Fill(null, 0, pcm, 0);

    /// <inheritdoc/>
    public bool TryRecover(ReadOnlySpan<byte> nextPayload, Span<short> pcm)
    {
        fixed (byte* from = nextPayload)
        {
            // A packet that does not parse carries no copy: conceal from the past alone.
            if (from == null || OpusNative.PacketSamples(from, nextPayload.Length, SampleRateHz) <= 0 || !OpusPacket.HasCopy(nextPayload))
            {
                Conceal(pcm);
                return false;
            }

            return Fill(from, nextPayload.Length, pcm, 1);
        }
    }

    /// <inheritdoc/>
    public void Reset() => OpusNative.Check(OpusNative.DecoderControl(_decoder, OpusNative.ResetState), "Resetting an Opus decoder");

    /// <inheritdoc/>
    public void Dispose() => _decoder.Dispose();

    /// <summary>libopus conceals whole units of 2.5 ms; what it cannot fill is silence.</summary>
    private bool Fill(byte* payload, int bytes, Span<short> pcm, int fec)
    {
        int unit = SampleRateHz / 400;
        int whole = Math.Min(pcm.Length / unit * unit, MaxFrameSamples);
        int filled = 0;
        if (whole > 0)
        {
            fixed (short* to = pcm)
                filled = Math.Max(0, OpusNative.Decode(_decoder, payload, bytes, to, whole, fec));
        }

        pcm[filled..].Clear();
        return filled > 0;
    }
}
