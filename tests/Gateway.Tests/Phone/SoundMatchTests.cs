using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Phone;

namespace Avatar2D.Gateway.Tests.Phone;

public sealed class SoundMatchTests
{
    private const int RateHz = 8000;

    [Fact]
    public void Of_SameSoundLater_OneAndTheDelay()
    {
        short[] said = Speechlike(1, 3 * RateHz);
        SoundMatch match = SoundMatch.Of(Clip(said), Clip([.. new short[1200], .. said]));

        Assert.Equal(1, match.Correlation, 3);
        Assert.Equal(150, match.Delay.TotalMilliseconds, 1);
    }

    [Fact]
    public void Of_PacketLeftOutInTheMiddle_StillFound()
    {
        short[] said = Speechlike(1, 4 * RateHz);
        short[] heard = [.. said[..(2 * RateHz)], .. said[((2 * RateHz) + 160)..]];

        Assert.True(SoundMatch.Of(Clip(said), Clip(heard)).Correlation > 0.95);
    }

    [Fact]
    public void Of_AnotherSound_Low() =>
        Assert.True(SoundMatch.Of(Clip(Speechlike(1, 3 * RateHz)), Clip(Speechlike(2, 3 * RateHz))).Correlation < 0.4);

    [Fact]
    public void Of_Silence_Zero() => Assert.Equal(0, SoundMatch.Of(Clip(Speechlike(1, RateHz)), Clip(new short[RateHz])).Correlation);

    private static PcmClip Clip(short[] samples) => new(RateHz, samples);

    /// <summary>Low-passed noise in bursts: no two seeds are alike.</summary>
    private static short[] Speechlike(int seed, int length)
    {
        var random = new Random(seed);
        var samples = new short[length];
        double low = 0;
        for (int i = 0; i < length; i++)
        {
            low += ((random.NextDouble() - 0.5) - low) * 0.3;
            samples[i] = (short)(low * 20_000 * (1 + Math.Sin(i * 0.002)));
        }

        return samples;
    }
}
