using System.Text.Json;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Rendering;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Tests.Rendering;

public sealed class PatchPictureTests
{
    [Fact]
    public void Cut_GoldenTransforms_IsTrainingsCut()
    {
        I420Frame frame = TestPictures.Flat(160, 144, 0);
        I420View view = frame.View;
        for (int y = 0; y < 144; y++)
        {
            for (int x = 0; x < 160; x++)
                view.Y[(y * 160) + x] = (byte)Math.Round(125 + (60 * Math.Sin(x / 7.0)) + (40 * Math.Cos(y / 5.0)));
        }

        foreach (JsonElement cut in Fixture.Json("rendering.json").GetProperty("cuts").EnumerateArray())
        {
            float[] t = cut.GetProperty("transform").Numbers();
            int size = cut.GetProperty("size").GetInt32();
            int every = cut.GetProperty("every").GetInt32();
            PatchPicture patch = PatchPicture.Cut(view, new PatchTransform(t[0], t[1], t[2], t[3]), size);
            float[] expected = cut.GetProperty("values").Numbers();
            for (int i = 0; i < expected.Length; i++)
            {
                // OpenCV rounds places to 1/32 pixel and mirrors at the frame's edge where we repeat: a step of the wave is 0.04 a pixel.
                Assert.True(Math.Abs(expected[i] - patch.Rgb[i * every]) < 0.02, $"{size} px, pixel {i * every}: {patch.Rgb[i * every]} for {expected[i]}");
            }
        }
    }

    [Theory]
    [InlineData(16, 128, 128, 0, 0, 0)]
    [InlineData(235, 128, 128, 1, 1, 1)]
    [InlineData(81, 90, 240, 1, 0, 0)]
    [InlineData(145, 54, 34, 0, 1, 0)]
    [InlineData(41, 240, 110, 0, 0, 1)]
    public void Cut_FlatColour_IsThatColour(byte y, byte cb, byte cr, float red, float green, float blue)
    {
        PatchPicture patch = PatchPicture.Cut(TestPictures.Flat(64, 48, y, cb, cr).View, TestPictures.At(0.4, 3, 2), 32);
        Assert.Equal(red, patch.Rgb[500], 0.01);
        Assert.Equal(green, patch.Rgb[1024 + 500], 0.01);
        Assert.Equal(blue, patch.Rgb[2048 + 500], 0.01);
    }

    [Fact]
    public void Cut_OutsideThePicture_RepeatsTheEdge()
    {
        PatchPicture patch = PatchPicture.Cut(TestPictures.Flat(16, 16, 126).View, TestPictures.At(1, 500, -900), 32);
        Assert.All(patch.Rgb[..1024].ToArray(), v => Assert.Equal(110f / 219, v, 1e-3));
    }
}
