using Avatar2D.AvatarEngine.Gallery;
using Cast = Avatar2D.AvatarEngine.Gallery.Gallery;

namespace Avatar2D.AvatarEngine.Tests.Drawings;

public sealed class VisemeTimelineTests
{
    private static readonly string[] Arpabet =
    [
        "AA", "AE", "AH", "AO", "AW", "AY", "B", "CH", "D", "DH", "EH", "ER", "EY", "F", "G", "HH", "IH", "IY", "JH", "K",
        "L", "M", "N", "NG", "OW", "OY", "P", "R", "S", "SH", "T", "TH", "UH", "UW", "V", "W", "Y", "Z", "ZH",
    ];

    [Fact]
    public void Of_AllArpabetPhones_AreNoSilence()
    {
        foreach (string phone in Arpabet)
        {
            Assert.NotEqual(Viseme.Rest, VisemeTable.Of(phone).First);
            Assert.Equal(VisemeTable.Of(phone), VisemeTable.Of(phone.ToLowerInvariant() + "1"));
        }

        foreach (string silence in (string[])["", "sil", "sp", "?"])
        {
            Assert.Equal(Viseme.Rest, VisemeTable.Of(silence).First);
        }
    }

    [Theory]
    [InlineData("M", 0.08)]
    [InlineData("B", 0.05)]
    [InlineData("P", 0.03)]
    public void Speech_LipClosureBetweenOpenVowels_ClosesFully(string phone, double length)
    {
        FaceTimeline speech = Say(("AA1", 0.2), (phone, length), ("AA1", 0.2));
        using var renderer = new GalleryRenderer(Cast.Maya, 256);
        Assert.True(Opening(renderer, speech, 0.08) > 3);
        Assert.InRange(Opening(renderer, speech, 0.2 + (length / 2)), 0, 0.15f);
        Assert.True(Opening(renderer, speech, 0.3 + length) > 3);
    }

    [Fact]
    public void Speech_LipTeethContact_RollsLowerLipIn()
    {
        FaceTimeline speech = Say(("AA", 0.2), ("V", 0.07), ("OW", 0.2));
        FaceParameters face = speech.At(TimeSpan.FromSeconds(0.235));
        Assert.True(face.MouthRollLower > 0.6f);
        Assert.True(face.JawOpen < 0.15f);
    }

    [Fact]
    public void Speech_RoundedVowel_NarrowsAndSpreadVowelWidens()
    {
        using var renderer = new GalleryRenderer(Cast.Maya, 256);
        renderer.Render(default);
        float rest = renderer.Landmarks.MouthWidth;
        Render(renderer, Say(("UW", 0.3)), 0.15);
        Assert.True(renderer.Landmarks.MouthWidth < rest * 0.85f);
        Render(renderer, Say(("IY", 0.3)), 0.15);
        Assert.True(renderer.Landmarks.MouthWidth > rest * 1.05f);
    }

    [Fact]
    public void Speech_RoundedNeighbour_RoundsTheConsonantBefore()
    {
        float beforeRound = Say(("T", 0.06), ("UW", 0.2)).At(TimeSpan.FromSeconds(0.04)).MouthPucker;
        float beforeSpread = Say(("T", 0.06), ("IY", 0.2)).At(TimeSpan.FromSeconds(0.04)).MouthPucker;
        Assert.True(beforeRound > beforeSpread + 0.2f);
    }

    [Fact]
    public void Speech_Diphthong_TurnsFromFirstToSecond()
    {
        FaceTimeline speech = Say(("AW", 0.3));
        Assert.True(speech.At(TimeSpan.FromSeconds(0.07)).JawOpen > 0.6f);
        Assert.True(speech.At(TimeSpan.FromSeconds(0.27)).MouthPucker > 0.6f);
    }

    [Fact]
    public void Speech_WholeSentence_MovesWithoutJumps()
    {
        FaceTimeline speech = Say(
            ("sil", 0.2), ("HH", 0.06), ("AH", 0.06), ("L", 0.06), ("OW", 0.18), ("M", 0.07), ("AY", 0.16), ("F", 0.09), ("R", 0.05),
            ("EH", 0.09), ("N", 0.06), ("D", 0.05), ("Z", 0.09), ("sil", 0.4));
        Span<float> a = stackalloc float[FaceParameters.Count];
        Span<float> b = stackalloc float[FaceParameters.Count];
        speech.At(default).CopyTo(a);
        for (int i = 1; i < speech.Duration.TotalMilliseconds; i++)
        {
            speech.At(TimeSpan.FromMilliseconds(i)).CopyTo(b);
            for (int k = 0; k < a.Length; k++)
            {
                Assert.True(Math.Abs(a[k] - b[k]) < 0.06f, $"coefficient {k} jumps at {i} ms");
                Assert.InRange(b[k], -0.001f, 1.001f);
            }

            b.CopyTo(a);
        }

        FaceParameters end = speech.At(speech.Duration - TimeSpan.FromMilliseconds(20));
        Assert.InRange(end.JawOpen, 0, 0.02f);
    }

    [Fact]
    public void Speech_NoPhones_RestsForNoTime()
    {
        FaceTimeline speech = FaceTimeline.Speech([]);
        Assert.Equal(TimeSpan.Zero, speech.Duration);
        Assert.Equal(default, speech.At(TimeSpan.FromSeconds(1)));
    }

    private static FaceTimeline Say(params (string Phone, double Seconds)[] phones)
    {
        var spans = new List<PhoneSpan>();
        double t = 0;
        foreach ((string phone, double seconds) in phones)
        {
            spans.Add(new PhoneSpan(phone, TimeSpan.FromSeconds(t), TimeSpan.FromSeconds(t + seconds)));
            t += seconds;
        }

        return FaceTimeline.Speech(spans);
    }

    private static void Render(GalleryRenderer renderer, FaceTimeline speech, double seconds) =>
        renderer.Render(speech.At(TimeSpan.FromSeconds(seconds)));

    private static float Opening(GalleryRenderer renderer, FaceTimeline speech, double seconds)
    {
        Render(renderer, speech, seconds);
        return renderer.Landmarks.MouthOpening;
    }
}
