using System.Numerics;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Gallery;

namespace Avatar2D.AvatarEngine.Tests.Faces;

public sealed class FaceQualityAssessorTests
{
    private readonly FaceQualityAssessor _assessor = new(new FaceQualityOptions());

    [Theory]
    [InlineData("maya")]
    [InlineData("jonas")]
    [InlineData("kiko")]
    public void Assess_DrawnFace_IsGood(string name)
    {
        FaceQuality quality = Judge(Face(name));
        Assert.True(quality.IsGood, quality.ToString());
    }

    [Fact]
    public void Assess_TwoFaces_SaysSeveral() => Assert.Equal(FaceVerdicts.Several, Judge(Face("maya"), faces: 2).Verdicts);

    [Fact]
    public void Assess_LowPresence_SaysDoubtful() => Assert.Equal(FaceVerdicts.Doubtful, Judge(Face("maya"), presence: 0.3f).Verdicts);

    [Fact]
    public void Assess_SmallPicture_SaysTooSmall() => Assert.True(Judge(Face("maya", 96)).Verdicts.HasFlag(FaceVerdicts.TooSmall));

    [Fact]
    public void Assess_HeadTilted_SaysTilted() =>
        Assert.Equal(FaceVerdicts.Tilted, Judge(Face("maya", parameters: new FaceParameters { HeadRoll = 0.6f })).Verdicts & FaceVerdicts.Tilted);

    [Fact]
    public void Assess_EyesShut_SaysEyesClosed() => Assert.Equal(
        FaceVerdicts.EyesClosed, Judge(Face("maya", parameters: new FaceParameters { EyeBlinkLeft = 1, EyeBlinkRight = 1 })).Verdicts);

    [Fact]
    public void Assess_DarkPicture_SaysDark()
    {
        DrawnFace face = Face("maya");
        foreach (ref byte y in face.Luma)
            y = (byte)(16 + ((y - 16) / 8));
        Assert.True(Judge(face).Verdicts.HasFlag(FaceVerdicts.Dark));
    }

    [Fact]
    public void Assess_BurntOutPicture_SaysBrightAndFlat()
    {
        DrawnFace face = Face("maya");
        foreach (ref byte y in face.Luma)
            y = (byte)Math.Min(235, 225 + (y / 20));
        Assert.Equal(FaceVerdicts.Bright | FaceVerdicts.Flat, Judge(face).Verdicts & (FaceVerdicts.Bright | FaceVerdicts.Flat));
    }

    [Theory]
    [InlineData("maya")]
    [InlineData("jonas")]
    [InlineData("kiko")]
    public void Assess_BlurredPicture_SaysBlurred(string name)
    {
        DrawnFace face = Face(name);
        float sharp = Judge(face).Sharpness;
        for (int pass = 0; pass < 3; pass++)
            Blur(face, 4);
        FaceQuality quality = Judge(face);
        Assert.True(quality.Verdicts.HasFlag(FaceVerdicts.Blurred), $"{sharp} -> {quality.Sharpness}");
    }

    [Fact]
    public void Assess_FaceBeyondTheEdge_SaysCutOff()
    {
        DrawnFace face = Face("maya");
        Vector2[] points = [.. face.Points.Select(p => p - new Vector2(face.Points.Min(q => q.X) + 20, 0))];
        Assert.True(_assessor.Assess(face.View, points, 1, 1).Verdicts.HasFlag(FaceVerdicts.CutOff));
    }

    [Fact]
    public void Assess_TrackerWithoutFace_SaysNoFace()
    {
        using var tracker = new FaceTracker(new FaceDetector(FakeNetwork.Detector()), new FaceLandmarker(FakeNetwork.Landmarks()), new FaceTrackerOptions());
        var picture = new TestPicture(320, 240);
        tracker.Update(picture.View, TimeSpan.Zero);
        Assert.Equal(FaceVerdicts.NoFace, _assessor.Assess(picture.View, tracker).Verdicts);
    }

    private static DrawnFace Face(string name, int size = 512, FaceParameters parameters = default) =>
        new(Avatar2D.AvatarEngine.Gallery.Gallery.Find(name) ?? throw new ArgumentException(name), parameters, size);

    private FaceQuality Judge(DrawnFace face, float presence = 1, int faces = 1) => _assessor.Assess(face.View, face.Points, presence, faces);

    // A box blur in both directions.
    private static void Blur(DrawnFace face, int radius)
    {
        foreach (int step in new[] { 1, face.Size })
        {
            byte[] before = face.Luma.ToArray();
            for (int i = radius * step; i < before.Length - (radius * step); i++)
            {
                int sum = 0;
                for (int k = -radius; k <= radius; k++)
                    sum += before[i + (k * step)];
                face.Luma[i] = (byte)(sum / ((2 * radius) + 1));
            }
        }
    }
}
