using Avatar2D.Media;

namespace Avatar2D.Codecs.Files;

/// <summary>A whole recording: PCM16 mono.</summary>
/// <param name="SampleRateHz">Samples per second.</param>
/// <param name="Samples">All samples.</param>
public sealed record PcmClip(int SampleRateHz, ReadOnlyMemory<short> Samples)
{
    /// <summary>Length in time.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(Samples.Length / (double)SampleRateHz);

    /// <summary>The clip at another rate, without the resampler's delay: sound keeps its place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rates are no usual pair.</exception>
    public PcmClip At(int sampleRateHz)
    {
        if (sampleRateHz == SampleRateHz)
            return this;
        PcmResampler resampler = new(SampleRateHz, sampleRateHz);
        int skip = (int)Math.Round(resampler.Delay.TotalSeconds * sampleRateHz);
        int wanted = (int)((((long)Samples.Length * sampleRateHz) + SampleRateHz - 1) / SampleRateHz);
        short[] output = new short[resampler.MaxOutputSamples(Samples.Length) + resampler.MaxOutputSamples(resampler.DelayInputSamples * 2)];
        int written = resampler.Process(Samples.Span, output);
        written += resampler.Process(new short[resampler.DelayInputSamples * 2], output.AsSpan(written));
        return new PcmClip(sampleRateHz, output.AsMemory(skip, Math.Min(wanted, written - skip)));
    }

    /// <summary>As <see cref="At(int)"/>, for a clip from a file: an unusual rate is the file's fault.</summary>
    /// <exception cref="CodecException">The file's rate cannot be converted.</exception>
    internal PcmClip At(int sampleRateHz, string name)
    {
        try
        {
            return At(sampleRateHz);
        }
        catch (ArgumentOutOfRangeException unusual)
        {
            throw new CodecException($"{name} has {SampleRateHz} samples/s, which cannot be converted to {sampleRateHz}.", unusual);
        }
    }
}
