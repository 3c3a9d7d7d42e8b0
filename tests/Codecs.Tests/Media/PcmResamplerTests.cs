using Avatar2D.Media;

namespace Avatar2D.Codecs.Tests.Media;

public sealed class PcmResamplerTests
{
    private static readonly int[] Rates = [8000, 12000, 16000, 24000, 32000, 44100, 48000];

    public static TheoryData<int, int> Pairs()
    {
        TheoryData<int, int> pairs = [];
        foreach (int from in Rates)
        {
            foreach (int to in Rates)
                pairs.Add(from, to);
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Process_SinesInThePassBand_KeepLevelWithLittleElse(int from, int to)
    {
        foreach (double share in new[] { 0.05, 0.25, 0.42 })
        {
            double hertz = Math.Round(Math.Min(from, to) * share);
            PcmResampler resampler = new(from, to);
            short[] output = Run(resampler, TestSounds.Sine(from, hertz, from / 5));
            ReadOnlySpan<short> middle = output.AsSpan(output.Length / 4, output.Length / 2);
            double level = TestSounds.Level(middle, to, hertz);
            Assert.InRange(level, 9_800, 10_200);

            // The reference is the same sine sampled at the output rate, later by the stated delay.
            double error = 0;
            for (int i = 0; i < middle.Length; i++)
            {
                double t = ((i + (output.Length / 4)) / (double)to) - (resampler.DelayInputSamples / (double)from);
                double difference = middle[i] - (10_000 * Math.Sin(2 * Math.PI * hertz * t));
                error += difference * difference;
            }

            double snr = 10 * Math.Log10(10_000.0 * 10_000 / 2 / (error / middle.Length));
            Assert.True(snr > (share > 0.4 ? 35 : 60), $"{hertz} Hz, {from} to {to} Hz: {snr:F1} dB");
        }
    }

    [Theory]
    [InlineData(16000, 8000, 4500)]
    [InlineData(16000, 8000, 7000)]
    [InlineData(48000, 16000, 9000)]
    [InlineData(48000, 8000, 15000)]
    [InlineData(44100, 16000, 12000)]
    [InlineData(24000, 16000, 8500)]
    public void Process_ToneAboveTheNewBand_IsRejectedBy60Decibels(int from, int to, double hertz)
    {
        short[] output = Run(new PcmResampler(from, to), TestSounds.Sine(from, hertz, from / 2, 30_000));
        double power = TestSounds.Power(output.AsSpan(output.Length / 4, output.Length / 2));
        double rejection = 10 * Math.Log10(30_000.0 * 30_000 / 2 / Math.Max(power, 1e-9));
        Assert.True(rejection > 60, $"{rejection:F1} dB");
    }

    [Theory]
    [InlineData(8000, 16000, 3000)]
    [InlineData(16000, 48000, 6500)]
    [InlineData(8000, 44100, 3400)]
    public void Process_ToneGoingUp_HasNoImage(int from, int to, double hertz)
    {
        short[] output = Run(new PcmResampler(from, to), TestSounds.Sine(from, hertz, from / 2, 30_000));
        double image = TestSounds.Level(output.AsSpan(output.Length / 4, output.Length / 2), to, from - hertz);
        Assert.True(20 * Math.Log10(30_000 / Math.Max(image, 1e-6)) > 60, $"image {image:F2}");
    }

    [Theory]
    [InlineData(8000, 16000)]
    [InlineData(48000, 16000)]
    [InlineData(44100, 16000)]
    [InlineData(16000, 44100)]
    public void Process_InAnyBlocks_GivesTheSameBits(int from, int to)
    {
        short[] input = TestSounds.Voice(from, from / 2);
        short[] whole = Run(new PcmResampler(from, to), input);
        Random random = new(7);
        PcmResampler resampler = new(from, to);
        List<short> pieces = [];
        for (int at = 0; at < input.Length;)
        {
            int take = Math.Min(random.Next(1, 700), input.Length - at);
            short[] output = new short[resampler.MaxOutputSamples(take)];
            pieces.AddRange(output[..resampler.Process(input.AsSpan(at, take), output)]);
            at += take;
        }

        Assert.Equal(whole, pieces);
    }

    [Theory]
    [InlineData(8000, 16000, 160, 320)]
    [InlineData(48000, 16000, 960, 320)]
    [InlineData(16000, 8000, 320, 160)]
    [InlineData(44100, 16000, 441, 160)]
    public void Process_FramesOf20Milliseconds_GiveWholeFramesEachTime(int from, int to, int samples, int expected)
    {
        PcmResampler resampler = new(from, to);
        short[] output = new short[resampler.MaxOutputSamples(samples)];
        for (int i = 0; i < 10; i++)
            Assert.Equal(expected, resampler.Process(new short[samples], output));
    }

    [Fact]
    public void Process_OutputTooShort_ThrowsAndKeepsItsState()
    {
        PcmResampler resampler = new(8000, 16000);
        Assert.Throws<ArgumentException>(() => resampler.Process(new short[160], new short[319]));
        Assert.Equal(320, resampler.Process(new short[160], new short[321]));
    }

    [Fact]
    public void Reset_AfterSound_StartsFromSilence()
    {
        PcmResampler resampler = new(8000, 16000);
        short[] fresh = Run(resampler, TestSounds.Voice(8000, 800));
        resampler.Reset();
        Assert.Equal(fresh, Run(resampler, TestSounds.Voice(8000, 800)));
    }

    [Fact]
    public void Process_AfterWarmUp_AllocatesNothing()
    {
        PcmResampler resampler = new(48000, 16000);
        short[] input = TestSounds.Voice(48000, 960);
        short[] output = new short[resampler.MaxOutputSamples(960)];
        Assert.Equal(0, AllocationMeter.LeastBytes(() => resampler.Process(input, output)));
    }

    [Theory]
    [InlineData(7999, 16000)]
    [InlineData(16000, 200_000)]
    [InlineData(44099, 48000)]
    public void Constructor_UnusualRates_Throws(int from, int to) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PcmResampler(from, to));

    private static short[] Run(PcmResampler resampler, short[] input)
    {
        short[] output = new short[resampler.MaxOutputSamples(input.Length)];
        return output[..resampler.Process(input, output)];
    }
}
