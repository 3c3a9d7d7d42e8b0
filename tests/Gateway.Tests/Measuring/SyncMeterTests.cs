using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Measuring;
using Avatar2D.Gateway.Phone;

namespace Avatar2D.Gateway.Tests.Measuring;

/// <summary>A call on paper, whose delays are known: sound and pictures of the test signal on any grid.</summary>
public class SyncMeterTests
{
    private const double Lead = 0.6;
    private const int Rate = 8000;
    private const int Pictures = 530;

    [Theory]
    [InlineData(0.100, 0.100, 0.000)]
    [InlineData(0.100, 0.117, 0.017)]
    [InlineData(0.160, 0.120, -0.040)]
    [InlineData(0.0537, 0.2019, 0.150)]
    public void Measure_KnownDelays_AreFoundWithinTwoMilliseconds(double sound, double picture, double stampSkew)
    {
        SyncFigures figures = Meter().Measure(Wire(sound, picture, stampSkew), Lead, Openings(picture));
        Assert.Equal(TestSignal.Bursts, figures.Events);
        Assert.Equal(picture * 1000, figures.VoiceToPictureMsP50!.Value, 2.0);
        Assert.Equal(picture * 1000, figures.VoiceToPictureMsP95!.Value, 6.0);
        Assert.Equal(sound * 1000, figures.VoiceToSoundMsP50!.Value, 0.2);
        Assert.Equal((picture - sound) * 1000, figures.ArrivalSkewMsP50!.Value, 2.0);
        Assert.Equal(stampSkew * 1000, figures.StampSkewMsP50!.Value, 2.0);
    }

    [Fact]
    public void Measure_NothingHeard_HasNoFigures()
    {
        WireRecord wire = Wire(0.1, 0.1, 0);
        SyncFigures figures = Meter().Measure(wire with { Heard = [] }, Lead, Openings(0.1));
        Assert.Equal(0, figures.Events);
        Assert.Null(figures.VoiceToPictureMsP50);
        Assert.Null(figures.ArrivalSkewMsP95);
    }

    [Fact]
    public void Measure_MouthThatStandsStill_HasNoFigures()
    {
        WireRecord wire = Wire(0.1, 0.1, 0);
        Assert.Equal(0, Meter().Measure(wire, Lead, [.. wire.Seen.Select(_ => (double?)0.1)]).Events);
    }

    [Fact]
    public void TestSignal_Bursts_StandWhereTheyShould()
    {
        PcmClip signal = TestSignal.Make();
        foreach (double start in TestSignal.Starts)
        {
            int at = (int)Math.Round(start * TestSignal.SampleRateHz);
            Assert.All(signal.Samples.Span.Slice(at - 1600, 1600).ToArray(), s => Assert.Equal(0, s));
            Assert.Contains(signal.Samples.Span.Slice(at, 800).ToArray(), s => Math.Abs((int)s) > 5000);
        }

        Assert.Equal(5, TestSignal.Starts.Select(s => Math.Round(s % 0.04, 4) % 0.04).Distinct().Count());
    }

    private static SyncMeter Meter() => new(TestSignal.Make(), TestSignal.Starts, TestSignal.BurstSeconds, TimedCurve.Every(0.01, [.. Enumerable.Range(0, 2100).Select(i => Mouth(i * 0.01))]));

    /// <summary>The mouth opens 40 ms before a burst, in 80 ms, and closes in 120 ms.</summary>
    private static double Mouth(double t) => TestSignal.Starts.Max(start =>
        Math.Clamp(Math.Min((t - start + 0.04) / 0.08, (start + TestSignal.BurstSeconds + 0.1 - t) / 0.12), 0, 1)) * 0.2;

    private static double PictureTime(int i) => 5.011 + (i * 0.04);

    private static double?[] Openings(double delay) => [.. Enumerable.Range(0, Pictures).Select(i => (double?)Mouth(PictureTime(i) - 5 - Lead - delay))];

    /// <summary>The phone's first packet leaves at 5 s; stamps are a second off, for both streams alike.</summary>
    private static WireRecord Wire(double soundDelay, double pictureDelay, double stampSkew)
    {
        short[] said = [.. new short[(int)(Lead * Rate)], .. TestSignal.Make().At(Rate).Samples.Span, .. new short[Rate]];
        var sent = new List<SentVoice>();
        for (int at = 0; at < said.Length; at += 160)
            sent.Add(new SentVoice(at, 5 + (at / (double)Rate)));

        // Heard packets lie on a grid of their own: the first sample of packet k was said `soundDelay` before.
        var heard = new List<HeardSound>();
        int shift = (int)Math.Round(soundDelay * Rate);
        short[] echo = [.. new short[shift], .. said];
        for (int at = 0; at + 160 <= echo.Length; at += 160)
            heard.Add(new HeardSound(5 + (at / (double)Rate), 6 + (at / (double)Rate), echo[at..(at + 160)]));
        double stampShift = 1 + stampSkew - (pictureDelay - soundDelay);
        return new WireRecord(
            Rate, sent, heard, [.. Enumerable.Range(0, Pictures).Select(i => new SeenPicture(PictureTime(i), PictureTime(i) + stampShift, []))]);
    }
}
