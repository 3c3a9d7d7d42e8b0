using Avatar2D.AvatarEngine.Datasets;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.Gateway.Speech;

namespace Avatar2D.Gateway.Tests.Speech;

public class FliteSynthesizerTests
{
    [Fact]
    public void Phones_Printed_AreReadWithTheirTimes()
    {
        IReadOnlyList<PhoneSpan> phones = FliteSynthesizer.Phones("pau:0.150 sh:0.300 hv:0.350 nx:0.400 pau:0.600 \n", 0.5, 2);
        Assert.Equal(["SIL", "SH", "HH", "N", "SIL"], phones.Select(p => p.Phone));
        Assert.Equal(TimeSpan.FromSeconds(0.075), phones[1].Start);
        Assert.Equal(TimeSpan.FromSeconds(0.15), phones[1].End);
        Assert.Equal(TimeSpan.FromSeconds(0.25), phones[4].End); // Cut at the sound's end.
    }

    [Theory]
    [InlineData("")]
    [InlineData("usage: flite TEXT")]
    [InlineData("pau:0.2 a:0.1")]
    [InlineData("pau:zero")]
    [InlineData("pau:0.150 sh:0.300")]
    public void Phones_OtherText_IsRefused(string text) =>
        Assert.Throws<InvalidDataException>(() => FliteSynthesizer.Phones(text, 1, 1));

    [Fact]
    public async Task FindAsync_NoProgram_SaysWhatToInstall()
    {
        var missing = await Assert.ThrowsAsync<SynthesizerMissingException>(
            () => FliteSynthesizer.FindAsync("flite-of-no-machine", TestContext.Current.CancellationToken));
        Assert.Contains("apt-get install", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("slt", 100)]
    [InlineData("rms", 88)]
    [InlineData("awb", 110)]
    [InlineData("kal16", 100)]
    public async Task SpeakAsync_RealVoice_HissesWhereItSaysSo(string voice, int pitch)
    {
        FliteSynthesizer flite = await Flite();
        var speaker = new SpeakerVoice(voice, pitch);
        SpokenLine line = await flite.SpeakAsync("She saw six sheep in the sea.", speaker, 1, TestContext.Current.CancellationToken);
        SpokenLine again = await flite.SpeakAsync("She saw six sheep in the sea.", speaker, 1, TestContext.Current.CancellationToken);
        Assert.Equal(line.Pcm.ToArray(), again.Pcm.ToArray());
        Assert.InRange(line.Pcm.Length / 16000.0, 1, 4);
        double hiss = Middles(line, "S", "SH").Min(b => b);
        double vowels = Middles(line, "IY", "AO", "IH").Max(b => b);
        Assert.True(hiss > 2 * vowels, $"hiss {hiss}, vowels {vowels}");
    }

    internal static async Task<FliteSynthesizer> Flite()
    {
        try
        {
            return await FliteSynthesizer.FindAsync("flite", TestContext.Current.CancellationToken);
        }
        catch (SynthesizerMissingException missing)
        {
            Assert.Skip(missing.Message);
            throw;
        }
    }

    /// <summary>Brightness of the middle half of these phones: mean step from sample to sample against the mean sample.</summary>
    private static IEnumerable<double> Middles(SpokenLine line, params string[] phones)
    {
        foreach (PhoneSpan p in line.Phones.Where(p => phones.Contains(p.Phone)))
        {
            double quarter = (p.End - p.Start).TotalSeconds / 4;
            int from = (int)((p.Start.TotalSeconds + quarter) * 16000);
            int to = (int)((p.End.TotalSeconds - quarter) * 16000);
            double step = 0, level = 1;
            for (int i = from; i < to; i++)
            {
                step += Math.Abs(line.Pcm.Span[i + 1] - line.Pcm.Span[i]);
                level += Math.Abs((int)line.Pcm.Span[i]);
            }

            yield return step / level;
        }
    }
}
