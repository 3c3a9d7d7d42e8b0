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

    private static double Wave(int n) => Math.Sin(0.31 * n) + (0.7 * Math.Sin((0.83 * n) + 1)) + (0.4 * Math.Sin(0.11 * n * n));
}
