using Avatar2D.AvatarEngine.Datasets;
using Avatar2D.AvatarEngine.Gallery;

namespace Avatar2D.AvatarEngine.Tests.Datasets;

public class SpokenClipTests
{
    [Fact]
    public async Task Join_TwoLines_PhonesStandWhereTheySound()
    {
        SpokenClip clip = await Clip(1);
        Assert.Equal((clip.Frames * 640) + 1600, clip.Pcm.Length);
        Assert.Equal(["M", "AA", "M", "AA", "M", "AA", "M", "AA"], clip.Phones.Select(p => p.Phone));
        foreach (PhoneSpan phone in clip.Phones)
        {
            int start = (int)Math.Round(phone.Start.TotalSeconds * 16000);
            double level = clip.Pcm.Skip(start).Take(1600).Average(v => Math.Abs((double)v));
            Assert.True(phone.Phone == "AA" ? level > 300 : level < 40, $"{phone}: {level}");
        }

        Assert.True(clip.Phones[^1].End.TotalSeconds <= clip.Frames / 25.0);
    }

    [Fact]
    public async Task Join_SameLot_IsTheSameClip()
    {
        SpokenClip a = await Clip(1), b = await Clip(1), c = await Clip(2);
        Assert.Equal(a.Pcm, b.Pcm);
        Assert.NotEqual(a.Pcm, c.Pcm);
    }

    private static async Task<SpokenClip> Clip(int seed)
    {
        SpokenLine line = await new ToneSynthesizer().SpeakAsync("x", new SpeakerVoice("low", 100), 1, TestContext.Current.CancellationToken);
        return SpokenClip.Join([line, line], new SeededRandom(seed));
    }
}
