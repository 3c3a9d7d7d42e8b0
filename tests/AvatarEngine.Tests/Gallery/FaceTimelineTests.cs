using Avatar2D.AvatarEngine.Gallery;
using Cast = Avatar2D.AvatarEngine.Gallery.Gallery;

namespace Avatar2D.AvatarEngine.Tests.Drawings;

public sealed class FaceTimelineTests
{
    [Fact]
    public void NeutralLoop_Length_Is200Frames()
    {
        FaceTimeline loop = FaceTimeline.NeutralLoop(Cast.Maya);
        Assert.Equal(TimeSpan.FromSeconds(8), loop.Duration);
        Assert.Equal(200, loop.FrameCount);
        Assert.Equal(loop.AtFrame(0), loop.AtFrame(200));
    }

    [Theory]
    [InlineData("maya")]
    [InlineData("jonas")]
    [InlineData("kiko")]
    public void NeutralLoop_Pictures_CloseWithoutJump(string name)
    {
        GalleryCharacter character = Cast.Find(name)!;
        using var renderer = new GalleryRenderer(character, 96);
        FaceTimeline loop = FaceTimeline.NeutralLoop(character);
        var steps = new List<double>();
        byte[]? before = null;
        foreach (int frame in (int[])[196, 197, 198, 199, 0, 1, 2, 3])
        {
            renderer.Render(loop.AtFrame(frame));
            if (before is not null)
            {
                steps.Add(GalleryRendererTests.Difference(before, renderer.Pixels));
            }

            before = renderer.Pixels.ToArray();
        }

        // Slow motion arrives in steps of the 8-bit picture, so the seam is compared with the largest step around it.
        double seam = steps[3];
        double neighbours = steps.Where((_, i) => i != 3).Max();
        Assert.True(seam <= (neighbours * 1.2) + 0.05, $"seam {seam}, neighbours {neighbours}");
        Assert.True(seam > 0.01, "nothing moves");
    }

    [Fact]
    public void Idle_ManySeeds_BlinksEveryTwoToFiveSecondsWithClosedMouth()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            FaceTimeline idle = FaceTimeline.Idle(seed, TimeSpan.FromSeconds(20));
            var closings = new List<double>();
            float last = 0;
            for (int i = 0; i < 2000; i++)
            {
                FaceParameters face = idle.At(TimeSpan.FromSeconds(i / 100.0));
                if (face.EyeBlinkLeft >= 0.99f && last < 0.99f)
                {
                    closings.Add(i / 100.0);
                }

                last = face.EyeBlinkLeft;
                Assert.Equal(0, face.JawOpen);
                Assert.InRange(Math.Abs(face.HeadYaw), 0, 0.08f);
            }

            Assert.True(closings.Count >= 3, $"seed {seed}: {closings.Count} blinks");
            for (int i = 1; i < closings.Count; i++)
            {
                Assert.InRange(closings[i] - closings[i - 1], 1.95, 5.05);
            }

            Assert.InRange(closings[0] + 20 - closings[^1], 1.95, 10);
        }
    }

    [Fact]
    public void Idle_OtherSeed_MovesOtherwise()
    {
        FaceTimeline a = FaceTimeline.Idle(1, TimeSpan.FromSeconds(8));
        FaceTimeline b = FaceTimeline.Idle(2, TimeSpan.FromSeconds(8));
        Assert.NotEqual(a.AtFrame(50), b.AtFrame(50));
        Assert.Equal(a.AtFrame(50), FaceTimeline.Idle(1, TimeSpan.FromSeconds(8)).AtFrame(50));
    }

    [Fact]
    public void Over_TwoTimelines_AddsThem()
    {
        FaceTimeline above = FaceTimeline.Still(new FaceParameters { JawOpen = 0.5f, HeadYaw = 0.1f }, TimeSpan.FromSeconds(1));
        FaceTimeline below = FaceTimeline.Still(new FaceParameters { HeadYaw = 0.05f, Breath = 1 }, TimeSpan.FromSeconds(9));
        FaceTimeline both = above.Over(below);
        FaceParameters face = both.AtFrame(3);
        Assert.Equal(TimeSpan.FromSeconds(1), both.Duration);
        Assert.Equal(0.5f, face.JawOpen);
        Assert.Equal(0.15f, face.HeadYaw, 1e-6f);
        Assert.Equal(1, face.Breath);
    }
}
