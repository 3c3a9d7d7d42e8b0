using System.Text.Json;
using Avatar2D.AvatarEngine.Driving.Audio;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Tests.Driving;

public sealed class MelFrontEndTests
{
    private static readonly JsonElement Golden = Fixture.Json("conventions.json").GetProperty("mel");

    [Fact]
    public void Write_GoldenSound_GivesTrainingsFrames()
    {
        MelFrontEnd front = Written(GoldenPcm(), 3000);
        float tolerance = Golden.GetProperty("tolerance").GetSingle(); // 0.002 x 12.5 dB: 0.025 dB.
        foreach (JsonProperty frame in Golden.GetProperty("frames").EnumerateObject())
        {
            float[] expected = frame.Value.Numbers();
            ReadOnlySpan<float> got = front.Frame(int.Parse(frame.Name, System.Globalization.CultureInfo.InvariantCulture));
            for (int band = 0; band < expected.Length; band++)
                Assert.True(Math.Abs(expected[band] - got[band]) <= tolerance, $"frame {frame.Name} band {band}: {got[band]} for {expected[band]}");
        }
    }

    [Fact]
    public void Serving_Parameters_AreTrainings()
    {
        JsonElement p = Golden.GetProperty("parameters");
        MelParameters mine = MelParameters.Serving;
        Assert.Equal(
            [mine.SampleRateHz, mine.Hop, mine.Window, mine.Fft, mine.Bands, mine.LowHz, mine.HighHz, mine.FloorPower, mine.DbPerUnit, mine.Offset,
                mine.Clip, mine.FramesPerWindow, mine.FirstFrameOffset],
            p.EnumerateObject().Select(n => n.Value.GetDouble()));
    }

    [Fact]
    public void FirstFrame_OfPictures_IsTrainings()
    {
        foreach (JsonProperty pair in Golden.GetProperty("first_mel_frame_of_video_frame").EnumerateObject())
            Assert.Equal(pair.Value.GetInt64(), MelFrontEnd.FirstFrame(640 * int.Parse(pair.Name, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(320)]
    [InlineData(2999)]
    public void Write_InBlocks_GivesTheSameFrames(int block)
    {
        MelFrontEnd whole = Written(GoldenPcm(), 3000);
        MelFrontEnd cut = Written(GoldenPcm(), block);
        Assert.Equal(whole.FramesReady, cut.FramesReady);
        for (long k = 0; k < whole.FramesReady; k++)
            Assert.Equal(whole.Frame(k).ToArray(), cut.Frame(k).ToArray());
    }

    [Fact]
    public void FramesReady_OneSampleShort_LacksTheFrame()
    {
        var front = new MelFrontEnd();
        front.Write(new short[(200 * 3) + 255]);
        Assert.Equal(3, front.FramesReady);
        front.Write(new short[1]);
        Assert.Equal(4, front.FramesReady);
    }

    [Fact]
    public void TryCopyWindow_FirstPicture_BeginsWithSilence()
    {
        MelFrontEnd front = Written(GoldenPcm(), 3000);
        float[] window = new float[MelFrontEnd.WindowLength];
        Assert.True(front.TryCopyWindow(0, window));
        for (int band = 0; band < 80; band++)
        {
            Assert.All(window.AsSpan(band * 16, 13).ToArray(), v => Assert.Equal(-4, v));
            Assert.Equal(front.Frame(0)[band], window[(band * 16) + 13]);
            Assert.Equal(front.Frame(2)[band], window[(band * 16) + 15]);
        }
    }

    [Fact]
    public void TryCopyWindow_UntilTheLookAhead_Waits()
    {
        float[] window = new float[MelFrontEnd.WindowLength];
        for (long picture = 0; picture < 640; picture += 20)
        {
            var front = new MelFrontEnd();
            int needed = (int)((200 * (MelFrontEnd.FirstFrame(picture) + 15)) + 256);
            Assert.True(needed <= picture + MelParameters.Serving.LookAheadSamples);
            front.Write(new short[needed - 1]);
            Assert.False(front.TryCopyWindow(picture, window));
            front.Write(new short[1]);
            Assert.True(front.TryCopyWindow(picture, window));
        }
    }

    [Fact]
    public void TryCopyWindow_LongAgo_IsRefused()
    {
        var front = new MelFrontEnd();
        front.Write(new short[16_000 * 4]);
        Assert.False(front.TryCopyWindow(16_000, new float[MelFrontEnd.WindowLength]));
        Assert.True(front.TryCopyWindow(16_000 * 3, new float[MelFrontEnd.WindowLength]));
    }

    [Fact]
    public void Reset_AfterSound_StartsAnew()
    {
        MelFrontEnd front = Written(GoldenPcm(), 3000);
        front.Reset();
        front.Write(GoldenPcm());
        Assert.Equal(Written(GoldenPcm(), 3000).Frame(4).ToArray(), front.Frame(4).ToArray());
    }

    [Fact]
    public void LevelDb_FullScaleSineAndSilence_LieAtTheEnds()
    {
        short[] sine = [.. Enumerable.Range(0, 3200).Select(i => (short)(32767 * Math.Sin(2 * Math.PI * 1000 * i / 16000)))];
        Assert.InRange(Written(sine, 160).LevelDb(5), -0.3f, 0.3f);
        Assert.Equal(-100, Written(new short[3200], 160).LevelDb(5), 0.01);
    }

    [Fact]
    public void Write_Steadily_AllocatesNothing()
    {
        var front = new MelFrontEnd();
        short[] block = GoldenPcm()[..320];
        float[] window = new float[MelFrontEnd.WindowLength];
        front.Write(block);
        front.TryCopyWindow(0, window);

        Assert.Equal(0, AllocationMeter.LeastBytes(() =>
        {
            for (int i = 0; i < 500; i++)
            {
                front.Write(block);
                front.TryCopyWindow(front.SamplesWritten - 800, window);
            }
        }));
    }

    [Fact]
    public void Compute_AnySound_IsTheFourierTransform()
    {
        var random = new Random(3);
        float[] samples = [.. Enumerable.Range(0, 512).Select(_ => (float)((random.NextDouble() * 2) - 1))];
        float[] power = new float[PowerSpectrum.Bins];
        new PowerSpectrum().Compute(samples, power);
        for (int k = 0; k <= 512; k += 31)
        {
            double re = 0, im = 0;
            for (int i = 0; i < samples.Length; i++)
            {
                re += samples[i] * Math.Cos(2 * Math.PI * k * i / 1024);
                im -= samples[i] * Math.Sin(2 * Math.PI * k * i / 1024);
            }

            Assert.Equal((re * re) + (im * im), power[k], 1e-3);
        }
    }

    private static MelFrontEnd Written(short[] pcm, int block)
    {
        var front = new MelFrontEnd();
        foreach (short[] part in pcm.Chunk(block))
            front.Write(part);
        return front;
    }

    // Broad-band samples, then zeros, as training's golden.py makes them.
    private static short[] GoldenPcm() => [.. Enumerable.Range(0, 2000).Select(i => (short)((((7 * i * i) + (131 * i)) % 20011) - 10005)), .. new short[1000]];
}
