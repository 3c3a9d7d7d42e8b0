using Avatar2D.Codecs.Audio;
using Avatar2D.Rtp.Payloads;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>AMR as an <see cref="IAudioEncoder"/>: encodes frames of 20 ms and packs them (RFC 4867).</summary>
internal sealed class AmrPayloadEncoder(AmrPayload format, AmrRate rate) : IAudioEncoder
{
    private readonly AmrEncoder _encoder = new(format.Wide);
    private readonly byte[] _frames = new byte[AmrPayload.MaxFrames * AmrPayload.MaxFrameBytes];

    /// <inheritdoc/>
    public int SampleRateHz => AmrFrame.SampleRateHz(format.Wide);

    /// <inheritdoc/>
    public int FrameSamples => AmrFrame.Samples(format.Wide);

    /// <inheritdoc/>
    public int MaxPayloadBytes => 1 + (AmrPayload.MaxFrames * (1 + AmrPayload.MaxFrameBytes));

    /// <inheritdoc/>
    public int Encode(ReadOnlySpan<short> pcm, Span<byte> payload)
    {
        if (pcm.Length == 0 || pcm.Length % FrameSamples != 0 || pcm.Length / FrameSamples > AmrPayload.MaxFrames)
            throw new ArgumentException("AMR takes whole frames of 20 ms.", nameof(pcm));
        int bytes = 0;
        for (; !pcm.IsEmpty; pcm = pcm[FrameSamples..])
            bytes += _encoder.Encode(rate.Mode, pcm[..FrameSamples], _frames.AsSpan(bytes));
        return format.Write(_frames.AsSpan(0, bytes), AmrPayload.NoRequest, payload[..Math.Min(payload.Length, MaxPayloadBytes)]);
    }

    /// <inheritdoc/>
    public void Dispose() => _encoder.Dispose();
}
