using System.Numerics;
using Avatar2D.AvatarEngine.Gallery;
using Cast = Avatar2D.AvatarEngine.Gallery.Gallery;

namespace Avatar2D.AvatarEngine.Tests.Drawings;

public sealed class GalleryRendererTests
{
    private static readonly FaceParameters Open = new() { JawOpen = 0.8f };

    [Fact]
    public void Render_SameInputTwice_GivesSamePixels()
    {
        using var one = new GalleryRenderer(Cast.Maya, 192);
        using var other = new GalleryRenderer(Cast.Maya, 192);
        one.Render(default);
        one.Render(Open);
        other.Render(Open);
        Assert.True(one.Pixels.SequenceEqual(other.Pixels));
    }

    [Fact]
    public void Render_AfterOtherFace_DoesNotRememberIt()
    {
        using var renderer = new GalleryRenderer(Cast.Jonas, 192);
        renderer.Render(Open);
        byte[] first = renderer.Pixels.ToArray();
        renderer.Render(new FaceParameters { MouthPucker = 1, HeadYaw = 0.2f, EyeBlinkLeft = 1 });
        Assert.False(renderer.Pixels.SequenceEqual(first));
        renderer.Render(Open);
        Assert.True(renderer.Pixels.SequenceEqual(first));
    }

    [Fact]
    public void Render_AnyCharacter_IsOpaque()
    {
        foreach (GalleryCharacter character in Cast.All)
        {
            using var renderer = new GalleryRenderer(character, 128);
            renderer.Render(default);
            ReadOnlySpan<byte> pixels = renderer.Pixels;
            Assert.Equal(128 * 128 * 4, pixels.Length);
            for (int i = 3; i < pixels.Length; i += 4)
            {
                Assert.Equal(255, pixels[i]);
            }
        }
    }

    [Theory]
    [InlineData("maya")]
    [InlineData("jonas")]
    [InlineData("kiko")]
    public void Render_JawOpens_MouthOpensInLandmarksAndPixels(string name)
    {
        using var renderer = new GalleryRenderer(Cast.Find(name)!, 256);
        float before = -1;
        int darkBefore = -1;
        foreach (float jaw in (float[])[0, 0.25f, 0.5f, 0.75f, 1])
        {
            renderer.Render(new FaceParameters { JawOpen = jaw });
            float opening = renderer.Landmarks.MouthOpening;
            int dark = DarkInMouth(renderer);
            Assert.True(opening > before, $"opening {opening} at {jaw}");
            Assert.True(dark >= darkBefore, $"dark {dark} at {jaw}");
            before = opening;
            darkBefore = dark;
        }

        Assert.InRange(before, 7, 20); // about 22 px at 512
        Assert.True(darkBefore > 40, $"{darkBefore} dark pixels in the open mouth");
    }

    [Fact]
    public void Render_JawOpenAndMouthClose_LipsStayShut()
    {
        using var renderer = new GalleryRenderer(Cast.Maya, 256);
        renderer.Render(new FaceParameters { JawOpen = 0.5f });
        Vector2 chin = renderer.Landmarks.Points[FaceLandmarks.Chin];
        renderer.Render(new FaceParameters { JawOpen = 0.5f, MouthClose = 0.5f });
        Assert.InRange(renderer.Landmarks.MouthOpening, 0, 0.05f);
        Assert.Equal(chin.Y, renderer.Landmarks.Points[FaceLandmarks.Chin].Y, 3f);
    }

    [Fact]
    public void Render_EachMouthMovement_ChangesShapeAsNamed()
    {
        using var renderer = new GalleryRenderer(Cast.Maya, 256);
        (float width, float cornerY, _) = Measure(renderer, default);
        Assert.True(Measure(renderer, new() { MouthPucker = 1 }).Width < width * 0.75f);
        Assert.True(Measure(renderer, new() { MouthFunnel = 1 }).Width < width * 0.9f);
        Assert.True(Measure(renderer, new() { MouthFunnel = 1 }).Opening > 1);
        Assert.True(Measure(renderer, new() { MouthStretchLeft = 1, MouthStretchRight = 1 }).Width > width * 1.1f);
        Assert.True(Measure(renderer, new() { MouthSmileLeft = 1, MouthSmileRight = 1 }).CornerY < cornerY - 1.5f);
        Assert.True(Measure(renderer, new() { MouthFrownLeft = 1, MouthFrownRight = 1 }).CornerY > cornerY + 1.5f);
        Assert.True(Measure(renderer, new() { MouthLowerDownLeft = 1, MouthLowerDownRight = 1 }).Opening > 2);
        Assert.True(Measure(renderer, new() { MouthUpperUpLeft = 1, MouthUpperUpRight = 1 }).Opening > 2);
    }

    [Fact]
    public void Render_Blink_LidsMeet()
    {
        using var renderer = new GalleryRenderer(Cast.Maya, 256);
        renderer.Render(default);
        Assert.True(LidGap(renderer, 62) > 4);
        Assert.True(LidGap(renderer, 70) > 4);
        renderer.Render(new FaceParameters { EyeBlinkRight = 1 });
        Assert.True(LidGap(renderer, 62) < 0.5f); // the person's right eye is at the left of the picture
        Assert.True(LidGap(renderer, 70) > 4);
    }

    [Fact]
    public void Render_HeadPose_MovesLandmarksAlong()
    {
        using var renderer = new GalleryRenderer(Cast.Jonas, 256);
        renderer.Render(default);
        Vector2 nose = renderer.Landmarks.Points[56];
        Vector2 chin = renderer.Landmarks.Points[FaceLandmarks.Chin];
        renderer.Render(new FaceParameters { HeadYaw = 0.15f });
        float noseShift = renderer.Landmarks.Points[56].X - nose.X;
        Assert.True(noseShift > 2);
        Assert.True(noseShift > renderer.Landmarks.Points[FaceLandmarks.Chin].X - chin.X + 1); // depth
        renderer.Render(new FaceParameters { HeadShiftX = 0.1f });
        Assert.Equal(25.6f, renderer.Landmarks.Points[56].X - nose.X, 0.01f);
    }

    [Fact]
    public void Landmarks_StrongestMovements_StayInsidePictureAndInOrder()
    {
        FaceParameters[] faces =
        [
            default, new() { JawOpen = 1, HeadYaw = 0.2f, HeadPitch = -0.15f, HeadRoll = 0.15f, HeadScale = 0.05f },
            new() { HeadYaw = -0.2f, HeadPitch = 0.15f, MouthPucker = 1, BrowInnerUp = 1, HeadShiftX = 0.05f },
        ];
        foreach (GalleryCharacter character in Cast.All)
        {
            using var renderer = new GalleryRenderer(character, 128);
            foreach (FaceParameters face in faces)
            {
                renderer.Render(face);
                ReadOnlySpan<Vector2> points = renderer.Landmarks.Points;
                Assert.Equal(FaceLandmarks.Count, points.Length);
                foreach (Vector2 p in points)
                {
                    Assert.InRange(p.X, 0, 128);
                    Assert.InRange(p.Y, 0, 128);
                }

                Assert.True(points[0].X < points[16].X && points[16].X < points[32].X);
                Assert.True(points[78].X < points[88].X && points[98].X < points[104].X);
                Assert.True(points[62].X < points[66].X && points[66].X < points[70].X && points[70].X < points[74].X);
                Assert.True(points[33].X < points[37].X && points[43].X < points[47].X);
                Assert.True(points[110].X < points[115].X);
                Assert.True(points[83].Y < points[93].Y);
            }
        }
    }

    [Fact]
    public void Render_QuarterPixelShift_ChangesPictureSmoothly()
    {
        // Sub-pixel motion: each step of a quarter pixel must change the picture by a similar, small amount.
        using var renderer = new GalleryRenderer(Cast.Kiko, 128);
        renderer.Render(default);
        byte[] before = renderer.Pixels.ToArray();
        var steps = new List<double>();
        for (int i = 1; i <= 8; i++)
        {
            renderer.Render(new FaceParameters { HeadShiftX = i * 0.25f / 128 });
            steps.Add(Difference(before, renderer.Pixels));
            before = renderer.Pixels.ToArray();
        }

        Assert.True(steps.Min() > 0.05, $"least {steps.Min()}");
        Assert.True(steps.Max() < 3 * steps.Min(), $"from {steps.Min()} to {steps.Max()}");
    }

    [Fact]
    public void Constructor_SizeOutOfRange_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new GalleryRenderer(Cast.Maya, 63));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GalleryRenderer(Cast.Maya, 4096));
    }

    internal static double Difference(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        long sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += Math.Abs(a[i] - b[i]);
        }

        return (double)sum / a.Length;
    }

    private static (float Width, float CornerY, float Opening) Measure(GalleryRenderer renderer, FaceParameters face)
    {
        renderer.Render(face);
        FaceLandmarks marks = renderer.Landmarks;
        return (marks.MouthWidth, marks.Points[FaceLandmarks.MouthLeft].Y, marks.MouthOpening);
    }

    private static float LidGap(GalleryRenderer renderer, int eye) =>
        Vector2.Distance(renderer.Landmarks.Points[eye + 2], renderer.Landmarks.Points[eye + 6]);

    /// <summary>Pixels darker than any lip between the inner lips.</summary>
    private static int DarkInMouth(GalleryRenderer renderer)
    {
        ReadOnlySpan<Vector2> points = renderer.Landmarks.Points;
        int dark = 0;
        for (int y = (int)points[FaceLandmarks.InnerLipTop].Y; y <= (int)points[FaceLandmarks.InnerLipBottom].Y; y++)
        {
            for (int x = (int)points[98].X + 3; x < (int)points[104].X - 3; x++)
            {
                int at = ((y * renderer.Size) + x) * 4;
                dark += renderer.Pixels[at + 1] < 40 && renderer.Pixels[at + 2] < 90 ? 1 : 0;
            }
        }

        return dark;
    }
}
