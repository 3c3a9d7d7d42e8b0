using System.Numerics;
using Avatar2D.AvatarEngine.Gallery;
using Cast = Avatar2D.AvatarEngine.Gallery.Gallery;

namespace Avatar2D.AvatarEngine.Tests.Drawings;

public sealed class GalleryCharacterTests
{
    [Fact]
    public void Find_KnownAndUnknownNames_GivesPersonOrNull()
    {
        Assert.Same(Cast.Maya, Cast.Find("MAYA"));
        Assert.Null(Cast.Find("nobody"));
        Assert.Equal(Cast.All.Count, Cast.All.Select(c => c.Name).Distinct().Count());
        Assert.Equal(["maya", "jonas", "kiko"], Cast.All.Take(3).Select(c => c.Name));
    }

    [Fact]
    public void Random_SameSeed_SamePerson()
    {
        Assert.Equal(GalleryCharacter.Random(7), GalleryCharacter.Random(7));
        Assert.NotEqual(GalleryCharacter.Random(7).Proportions, GalleryCharacter.Random(8).Proportions);
    }

    [Fact]
    public void Random_200Seeds_CoverAllStyles()
    {
        GalleryCharacter[] people = [.. Enumerable.Range(0, 200).Select(GalleryCharacter.Random)];
        Assert.Equal(Enum.GetValues<HairStyle>().Length, people.Select(p => p.Hair).Distinct().Count());
        Assert.Equal(Enum.GetValues<BeardStyle>().Length, people.Select(p => p.Beard).Distinct().Count());
        Assert.Equal(Enum.GetValues<GlassesStyle>().Length, people.Select(p => p.Glasses).Distinct().Count());
        Assert.Equal(Enum.GetValues<ClothesStyle>().Length, people.Select(p => p.Clothes).Distinct().Count());
        Assert.Equal(Enum.GetValues<BackdropStyle>().Length, people.Select(p => p.Backdrop).Distinct().Count());
        Assert.True(people.Select(p => p.Palette.Skin).Distinct().Count() > 50);
        Assert.Contains(people, p => p.Lighting.Side < -0.3f);
        Assert.Contains(people, p => p.Lighting.Side > 0.3f);
        Assert.Contains(people, p => p.Age > 0.8f);
    }

    [Fact]
    public void Random_200Seeds_DrawDistinctPeopleWithFacesInThePicture()
    {
        var seen = new HashSet<int>();
        for (int seed = 0; seed < 200; seed++)
        {
            using var renderer = new GalleryRenderer(GalleryCharacter.Random(seed), 64);
            renderer.Render(new FaceParameters { JawOpen = 0.5f });
            Assert.True(renderer.Landmarks.MouthOpening > 0.7f, $"seed {seed}");
            foreach (Vector2 p in renderer.Landmarks.Points)
            {
                Assert.InRange(p.X, 10, 54);
                Assert.InRange(p.Y, 10, 54);
            }

            var hash = default(HashCode);
            hash.AddBytes(renderer.Pixels);
            seen.Add(hash.ToHashCode());
        }

        Assert.Equal(200, seen.Count);
    }

    [Fact]
    public void FaceParameters_SpanRoundTrip_KeepsOrderAndValues()
    {
        Span<float> values = stackalloc float[FaceParameters.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = i;
        }

        FaceParameters face = FaceParameters.From(values);
        Assert.Equal(0, face.JawOpen);
        Assert.Equal(1, face.MouthClose);
        Assert.Equal(FaceParameters.Count - 1, face.Breath);
        Span<float> back = stackalloc float[FaceParameters.Count];
        face.CopyTo(back);
        Assert.True(values.SequenceEqual(back));
        Assert.Equal(0.5f, FaceParameters.Lerp(default, face, 0.5f).MouthClose);
    }

    [Fact]
    public void ContactSheet_AnyCharacter_IsPngOfTwelveCells()
    {
        byte[] png = ContactSheet.Render(Cast.Kiko);
        using SkiaSharp.SKBitmap sheet = SkiaSharp.SKBitmap.Decode(png);
        Assert.Equal(840, sheet.Width);
        Assert.Equal(708, sheet.Height);
        Assert.True(png.Length < 600_000);
    }
}
