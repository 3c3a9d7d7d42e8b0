using Avatar2D.AvatarEngine.Driving.Audio;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Tests.Inference;

namespace Avatar2D.AvatarEngine.Tests.Driving;

public sealed class AudioDriverTests : IDisposable
{
    private static readonly TensorSpec[] Mel = [new("mel", [1, 80, 16])];
    private static readonly TensorSpec[] Z = [new("z", [24])];

    // Tells the highest mel value of the window's last frame.
    private readonly FakeRunner _encoder = new(Mel, Z, (i, o) => o[0].AsSpan().Fill(Enumerable.Range(0, 80).Max(b => i[0][(b * 16) + 15])));
    private readonly float[] _z = new float[24];

    public void Dispose() => _encoder.Dispose();

    [Theory]
    [InlineData(8000, 51.25)]
    [InlineData(16000, 47.25)]
    [InlineData(48000, 49.25)]
    public void LookAhead_AtARate_IsWindowPlusResampler(int hz, double milliseconds)
    {
        using var driver = new AudioDriver(_encoder, hz);
        Assert.Equal(milliseconds, driver.LookAhead.TotalMilliseconds, 0.01);
    }

    [Theory]
    [InlineData(8000)]
    [InlineData(16000)]
    [InlineData(48000)]
    public void TryDrive_LookAheadWritten_IsReadyAtEveryPicture(int hz)
    {
        using var driver = new AudioDriver(_encoder, hz);
        short[] packet = Syllables(hz, hz / 100);
        for (TimeSpan picture = TimeSpan.Zero; picture < TimeSpan.FromSeconds(2); picture += TimeSpan.FromMilliseconds(1000 / 15.0))
        {
            while (driver.Written < picture + driver.LookAhead)
                driver.Write(packet);
            Assert.True(driver.TryDrive(picture, _z));
        }
    }

    [Fact]
    public void TryDrive_VoiceNotWritten_IsRefusedAndLeavesZ()
    {
        using var driver = new AudioDriver(_encoder, 8000);
        driver.Write(Syllables(8000, 800));
        _z[0] = 5;
        Assert.False(driver.TryDrive(TimeSpan.FromMilliseconds(100), _z));
        Assert.Equal(5, _z[0]);
    }

    [Theory]
    [InlineData(8000)]
    [InlineData(48000)]
    public void TryDrive_Click_IsSeenAtItsOwnTime(int hz)
    {
        // The window's last frame of picture t lies 25 ms after t (+- 6): a click at 500 ms is loudest there for t = 475.
        using var driver = new AudioDriver(_encoder, hz);
        short[] pcm = [.. Syllables(hz, hz).Select(s => (short)(s / 16))];
        pcm.AsSpan(hz / 2, hz / 1000).Fill(20000);
        driver.Write(pcm);
        int loudest = 0;
        float most = float.MinValue;
        for (int ms = 300; ms < 700; ms++)
        {
            Assert.True(driver.TryDrive(TimeSpan.FromMilliseconds(ms), _z));
            if (_z[0] > most)
                (loudest, most) = (ms, _z[0]);
        }

        Assert.InRange(loudest, 475 - 13, 475 + 7);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TryDrive_FramesMayBeMissing_TheLastOneStandsForThem(int missing)
    {
        using var whole = new AudioDriver(_encoder, 16000);
        using var hasty = new AudioDriver(_encoder, 16000, missing);
        Assert.Equal(whole.LookAhead.TotalMilliseconds - (12.5 * missing), hasty.LookAhead.TotalMilliseconds, 0.01);
        var picture = TimeSpan.FromMilliseconds(400);
        short[] voice = Syllables(16000, (int)((picture + hasty.LookAhead).TotalSeconds * 16000));
        whole.Write(voice);
        hasty.Write(voice);

        Assert.False(whole.TryDrive(picture, _z));
        Assert.True(hasty.TryDrive(picture, _z));
        Assert.Equal(1, hasty.VoiceGain);
        Assert.Equal(_encoder.Output(0)[0], _z[0]);
        Assert.False(hasty.TryDrive(picture + TimeSpan.FromMilliseconds(13), _z));
    }

    [Fact]
    public void TryDrive_Silence_IsRestWithoutAskingTheModel()
    {
        using var driver = new AudioDriver(_encoder, 8000);
        driver.Write(new short[8000]);
        _z.AsSpan().Fill(9);
        Assert.True(driver.TryDrive(TimeSpan.FromMilliseconds(500), _z));
        Assert.All(_z, v => Assert.Equal(0, v));
        Assert.Equal(0, _encoder.Runs);
        Assert.Equal(0, driver.VoiceGain);
    }

    [Fact]
    public void TryDrive_Voice_IsTheModelsCode()
    {
        using var driver = new AudioDriver(_encoder, 16000);
        driver.Write(Syllables(16000, 8000));
        Assert.True(driver.TryDrive(TimeSpan.FromMilliseconds(300), _z));
        Assert.Equal(1, driver.VoiceGain);
        Assert.Equal(_encoder.Output(0)[3], _z[3]);
        Assert.True(_z[3] > 2);
    }

    [Fact]
    public void Reset_AfterAVoice_IsAtTimeZero()
    {
        using var driver = new AudioDriver(_encoder, 8000);
        driver.Write(Syllables(8000, 8000));
        driver.Reset();
        Assert.Equal(TimeSpan.Zero, driver.Written);
        Assert.False(driver.TryDrive(TimeSpan.Zero, _z));
    }

    [Fact]
    public void TryDrive_Steadily_AllocatesNothing()
    {
        var still = new FakeRunner(Mel, Z, (_, _) => { });
        using var driver = new AudioDriver(still, 8000);
        short[] voice = Syllables(8000, 8000);
        Drive(driver, voice, 20);

        Assert.Equal(0, AllocationMeter.LeastBytes(() =>
        {
            Drive(driver, voice, 500);
        }));
        Assert.True(still.Runs > 500);
    }

    private void Drive(AudioDriver driver, short[] voice, int packets)
    {
        for (int i = 0; i < packets; i++)
        {
            driver.Write(voice.AsSpan(160 * i % voice.Length, 160));
            driver.TryDrive(driver.Written - driver.LookAhead, _z);
        }
    }

    /// <summary>Two tones that come and go 8 times a second and wander meanwhile, as syllables do: steady ones would be a key or music, and no voice.</summary>
    private static short[] Syllables(int hz, int samples) =>
    [
        .. Enumerable.Range(0, samples).Select(i => (short)(1500 * (1.2 - Math.Cos(2 * Math.PI * 8 * i / hz))
            * (Wandering(400, 0.3, 5, (double)i / hz) + Wandering(1200, 0.3, 3, (double)i / hz)))),
    ];

    /// <summary>A tone whose frequency swings by a part of itself.</summary>
    private static double Wandering(double tone, double part, double swings, double seconds) =>
        Math.Sin((2 * Math.PI * tone * seconds) + (tone * part / swings * Math.Sin(2 * Math.PI * swings * seconds)));
}
