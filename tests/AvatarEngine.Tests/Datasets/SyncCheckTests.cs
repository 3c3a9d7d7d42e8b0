using Avatar2D.AvatarEngine.Datasets;

namespace Avatar2D.AvatarEngine.Tests.Datasets;

public class SyncCheckTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(-6)]
    public void Of_ShiftedMouth_FindsTheShift(int lag)
    {
        double[] loudness = Enumerable.Range(0, 200).Select(Wave).ToArray();
        double[] opening = Enumerable.Range(0, 200).Select(n => 0.1 * Wave(n - lag)).ToArray();
        SyncCheck check = SyncCheck.Of(loudness, opening);
        Assert.Equal(lag, check.LagFrames);
        Assert.Equal(1, check.Correlation, 1e-6);
    }

    [Fact]
    public void Of_StillMouthOrSilence_IsNothing()
    {
        double[] moving = Enumerable.Range(0, 50).Select(Wave).ToArray();
        Assert.Equal(default, SyncCheck.Of(moving, new double[50]));
        Assert.Equal(default, SyncCheck.Of(new double[50], moving));
    }

    [Fact]
    public void Quick_AStrangersSoundOfTheSameRhythm_DoesNotFit()
    {
        double[] own = Speech(seed: 1), stranger = Speech(seed: 2);
        Assert.InRange(SyncCheck.Of(stranger, own).Correlation, 0.5, 1);
        Assert.InRange(SyncCheck.Of(SyncCheck.Quick(stranger), SyncCheck.Quick(own)).Correlation, 0, 0.3);
        double[] late = [.. Enumerable.Repeat(0.0, 3), .. own[..^3]];
        SyncCheck check = SyncCheck.Of(SyncCheck.Quick(own), SyncCheck.Quick(late));
        Assert.Equal(3, check.LagFrames);
        Assert.InRange(check.Correlation, 0.9, 1);
        Assert.InRange(check.Prominence, 0.5, 1.5);
    }

    [Fact]
    public void Quick_MouthNotSeen_IsNotSeen()
    {
        double[] opening = [.. Enumerable.Range(0, 60).Select(Wave)];
        Array.Fill(opening, double.NaN, 20, 20);
        double[] quick = SyncCheck.Quick(opening);
        Assert.All(quick[20..40], value => Assert.True(double.IsNaN(value)));
        Assert.All(quick[..20], value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Loudness_OfATone_IsHighWhereItSounds()
    {
        short[] pcm = new short[20 * ShardFormat.SamplesPerFrame];
        for (int i = 8 * ShardFormat.SamplesPerFrame; i < 12 * ShardFormat.SamplesPerFrame; i++)
            pcm[i] = (short)(9000 * Math.Sin(0.3 * i));
        double[] loudness = MelFrames.Loudness(MelFrames.Of(pcm), 20);
        Assert.Equal(20, loudness.Length);
        Assert.True(loudness[8..12].Min() > loudness[..6].Max() + 0.2);
        Assert.True(loudness[8..12].Min() > loudness[14..].Max() + 0.2);
    }

    // The swell of phrases of 4 s, the same for everybody; on it syllables that are the speaker's own.
    private static double[] Speech(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 500).Select(n => (0.5 * Math.Sin(Math.Tau * n / 100)) + random.NextDouble())];
    }

    private static double Wave(int n) => Math.Sin(0.31 * n) + (0.7 * Math.Sin((0.83 * n) + 1)) + (0.4 * Math.Sin(0.11 * n * n));
}
