using Avatar2D.Codecs.Audio;
using BenchmarkDotNet.Attributes;

namespace Avatar2D.Benchmarks;

/// <summary>Per 20 ms of sound.</summary>
public class AudioCodecBenchmarks : IDisposable
{
    private readonly G711Encoder _pcmaEncoder = new(G711Law.A);
    private readonly G711Decoder _pcmaDecoder = new(G711Law.A);
    private readonly OpusEncoder _opusEncoder = new(new OpusEncoderSettings { SampleRateHz = 16_000, ForwardErrorCorrection = true });
    private readonly OpusDecoder _opusDecoder = new(16_000);
    private readonly short[] _narrow = Voice(8000);
    private readonly short[] _wide = Voice(16_000);
    private readonly byte[] _payload = new byte[4096];
    private readonly short[] _pcm = new short[5760];
    private byte[] _opusPayload = [];
    private byte[] _pcmaPayload = [];

    [GlobalSetup]
    public void SetUp()
    {
        _pcmaPayload = _payload[.._pcmaEncoder.Encode(_narrow, _payload)];
        _opusPayload = _payload[.._opusEncoder.Encode(_wide, _payload)];
    }

    [Benchmark(Description = "G.711 A-law encode 20 ms")]
    public int EncodeG711() => _pcmaEncoder.Encode(_narrow, _payload);

    [Benchmark(Description = "G.711 A-law decode 20 ms")]
    public int DecodeG711() => _pcmaDecoder.TryDecode(_pcmaPayload, _pcm, out int samples) ? samples : throw new InvalidOperationException();

    [Benchmark(Description = "Opus encode 20 ms, 16 kHz, FEC")]
    public int EncodeOpus() => _opusEncoder.Encode(_wide, _payload);

    [Benchmark(Description = "Opus decode 20 ms, 16 kHz")]
    public int DecodeOpus() => _opusDecoder.TryDecode(_opusPayload, _pcm, out int samples) ? samples : throw new InvalidOperationException();

    [GlobalCleanup]
    public void Dispose()
    {
        _pcmaEncoder.Dispose();
        _pcmaDecoder.Dispose();
        _opusEncoder.Dispose();
        _opusDecoder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>20 ms of a buzz with formants, near enough to a vowel for the encoder to work as in speech.</summary>
    private static short[] Voice(int rateHz)
    {
        short[] pcm = new short[rateHz / 50];
        for (int i = 0; i < pcm.Length; i++)
        {
            double t = i / (double)rateHz;
            double sample = 0;
            for (int harmonic = 1; harmonic <= 20; harmonic++)
                sample += Math.Sin(2 * Math.PI * 130 * harmonic * t) / harmonic;
            pcm[i] = (short)(6000 * sample);
        }

        return pcm;
    }
}
