using Avatar2D.Codecs.Audio;
using Avatar2D.Media;
using Avatar2D.Rtp.Payloads;
using Avatar2D.Rtp.Receiving;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>
/// One codec that may come in: its decoder, the jitter buffer of its clock, and the way to the rate of the stream. The sender may go
/// from one negotiated codec to another with any packet (RFC 3264 §5.1, RFC 3551 §4.1). Used by the stream's media thread, its jitter
/// buffer by the receive loop too.
/// </summary>
internal sealed class AudioReceiver : IDisposable
{
    private readonly IAudioDecoder _decoder;
    private readonly PcmResampler? _resampler;
    private readonly short[] _own;
    private readonly int _rateHz;

    /// <summary>Joins the parts.</summary>
    /// <param name="payloadType">To expect.</param>
    /// <param name="decoder">Taken over.</param>
    /// <param name="depacketizer">Finds the duration of a payload.</param>
    /// <param name="clockRateHz">RTP clock.</param>
    /// <param name="jitter">Of that clock.</param>
    /// <param name="rateHz">Rate of the stream's PCM.</param>
    public AudioReceiver(byte payloadType, IAudioDecoder decoder, IAudioDepacketizer depacketizer, int clockRateHz, JitterBuffer jitter, int rateHz)
    {
        PayloadType = payloadType;
        Depacketizer = depacketizer;
        ClockRateHz = clockRateHz;
        Jitter = jitter;
        _decoder = decoder;
        _rateHz = rateHz;
        _resampler = decoder.SampleRateHz == rateHz ? null : new PcmResampler(decoder.SampleRateHz, rateHz);
        _own = _resampler is null ? [] : new short[decoder.MaxFrameSamples];
        MaxFrameSamples = _resampler is null ? decoder.MaxFrameSamples : _resampler.MaxOutputSamples(decoder.MaxFrameSamples);
    }

    /// <summary>To expect.</summary>
    public byte PayloadType { get; }

    /// <summary>Finds the duration of a payload.</summary>
    public IAudioDepacketizer Depacketizer { get; }

    /// <summary>RTP clock.</summary>
    public int ClockRateHz { get; }

    /// <summary>Evens out the network; codecs of one clock share it, so that going from one to another is heard by nobody.</summary>
    public JitterBuffer Jitter { get; }

    /// <summary>Room that one payload can need, samples of the stream's rate.</summary>
    public int MaxFrameSamples { get; }

    /// <summary>rtpTicks of so many samples of the stream; G.722's clock runs at half its rate.</summary>
    public int ToTicks(int samples) => (int)((long)samples * ClockRateHz / _rateHz);

    /// <summary>Samples of the stream in so many rtpTicks.</summary>
    public int ToSamples(int ticks) => (int)((long)ticks * _rateHz / ClockRateHz);

    /// <summary>Decodes a payload; false when it cannot be.</summary>
    public bool TryDecode(ReadOnlySpan<byte> payload, Span<short> pcm, out int samples)
    {
        if (_resampler is null)
            return _decoder.TryDecode(payload, pcm, out samples) && samples > 0;
        if (!_decoder.TryDecode(payload, _own, out samples) || samples == 0)
            return false;
        samples = _resampler.Process(_own.AsSpan(0, samples), pcm);
        return samples > 0;
    }

    /// <summary>Fills a lost piece from what was heard before.</summary>
    public void Conceal(Span<short> pcm)
    {
        if (_resampler is null)
        {
            _decoder.Conceal(pcm);
            return;
        }

        Span<short> own = _own.AsSpan(0, OwnSamples(pcm.Length));
        _decoder.Conceal(own);
        Bring(own, pcm);
    }

    /// <summary>Brings a lost piece back from the copy in the payload after it, or conceals it.</summary>
    public void Recover(ReadOnlySpan<byte> nextPayload, Span<short> pcm)
    {
        if (_resampler is null)
        {
            _decoder.TryRecover(nextPayload, pcm);
            return;
        }

        Span<short> own = _own.AsSpan(0, OwnSamples(pcm.Length));
        _decoder.TryRecover(nextPayload, own);
        Bring(own, pcm);
    }

    /// <summary>Forgets what it heard: the sender comes back to this codec after another.</summary>
    public void Restart()
    {
        _decoder.Reset();
        _resampler?.Reset();
    }

    /// <inheritdoc/>
    public void Dispose() => _decoder.Dispose();

    private int OwnSamples(int samples) => Math.Clamp((int)((long)samples * _decoder.SampleRateHz / _rateHz), 1, _own.Length);

    /// <summary>The resampler may give a sample more or less than a piece has.</summary>
    private void Bring(ReadOnlySpan<short> own, Span<short> pcm)
    {
        Span<short> room = stackalloc short[pcm.Length + 16];
        int samples = Math.Min(_resampler!.Process(own, room), pcm.Length); // Only called with one.
        room[..samples].CopyTo(pcm);
        pcm[samples..].Fill(samples > 0 ? room[samples - 1] : (short)0);
    }
}
