using Avatar2D.AvatarEngine.Datasets;

namespace Avatar2D.AvatarEngine.Tests.Datasets;

public class SpeechScriptTests
{
    [Fact]
    public void All_Sentences_AreSixtyDifferentOnes()
    {
        Assert.Equal(60, PhoneticSentences.All.Distinct().Count());
        Assert.All(PhoneticSentences.All, s => Assert.InRange(s.Length, 20, 80));
    }

    [Fact]
    public void SentencesOf_HeldOutClips_AreNeverTrained()
    {
        var spoken = new Dictionary<ClipUse, HashSet<string>>();
        for (int seed = 0; seed < 5; seed++)
        {
            var script = new SpeechScript(seed, unseen: false);
            for (int clip = 0; clip < 80; clip++)
            {
                if (!spoken.TryGetValue(script.UseOf(clip), out HashSet<string>? set))
                    spoken[script.UseOf(clip)] = set = [];
                set.UnionWith(script.SentencesOf(clip));
            }
        }

        Assert.Equal(48, spoken[ClipUse.Train].Count);
        Assert.Equal(6, spoken[ClipUse.Validation].Count);
        Assert.Equal(6, spoken[ClipUse.Test].Count);
        Assert.Equal(60, spoken.Values.SelectMany(s => s).Distinct().Count());
    }

    [Fact]
    public void SentencesOf_OneTurn_RepeatsNothing()
    {
        var script = new SpeechScript(3, unseen: true);
        string[] turn = [.. Enumerable.Range(0, 30).SelectMany(script.SentencesOf)];
        Assert.Equal(60, turn.Distinct().Count());
        Assert.NotEqual(turn, Enumerable.Range(30, 30).SelectMany(script.SentencesOf)); // The next turn has another order.
        Assert.NotEqual(turn, Enumerable.Range(0, 30).SelectMany(new SpeechScript(4, unseen: true).SentencesOf));
    }

    [Fact]
    public void UseOf_PersonInNoModel_IsAlwaysUnseen()
    {
        Assert.All(Enumerable.Range(0, 40), clip => Assert.Equal(ClipUse.Unseen, new SpeechScript(1, unseen: true).UseOf(clip)));
        Assert.Equal([9, 19, 29], Enumerable.Range(0, 30).Where(GalleryPeople.IsUnseen));
    }

    [Fact]
    public void At_PeopleOfASet_AreNamedOnesThenDifferentOnes()
    {
        Assert.Equal(["maya", "jonas", "kiko"], Enumerable.Range(0, 3).Select(i => GalleryPeople.At(i, 5).Name));
        Assert.Equal(50, Enumerable.Range(0, 50).Select(i => GalleryPeople.At(i, 5).Name).Distinct().Count());
        Assert.NotEqual(GalleryPeople.At(4, 5).Name, GalleryPeople.At(4, 6).Name);
    }

    [Fact]
    public void Of_BeardedPeople_SpeakWithALowVoice()
    {
        var voices = new ToneSynthesizer().Voices;
        SpeakerVoice[] all = [.. Enumerable.Range(3, 120).Select(i => GalleryPeople.At(i, 1))
            .Where(c => c.Beard != AvatarEngine.Gallery.BeardStyle.None).Select(c => SpeakerVoice.Of(c, voices))];
        Assert.NotEmpty(all);
        Assert.All(all, v => Assert.Equal("low", v.Name));
        Assert.All(all, v => Assert.InRange(v.PitchPercent, 85, 112));
        Assert.True(all.Distinct().Count() > 5);
    }
}
