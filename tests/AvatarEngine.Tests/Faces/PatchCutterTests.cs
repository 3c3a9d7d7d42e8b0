using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Tests.Faces;

public class PatchCutterTests
{
    private const int Width = 60;
    private const int Height = 50;

    [Fact]
    public void Cut_Ramp_IsReadBetweenPixels()
    {
        // Blue grows by 3 a column, green by 4 a row: bilinear reading of a ramp is exact.
        byte[] picture = Picture((x, y) => (byte)(3 * x), (x, y) => (byte)(4 * y));
        var transform = new PatchTransform(0.8, 0.2, 9.4, 5.3);
        byte[] patch = new byte[16 * 16 * 3];
        new PatchCutter().Cut(picture, Width, transform, 16, 0, 0, patch);
        for (int v = 0; v < 16; v++)
        {
            for (int u = 0; u < 16; u++)
            {
                int at = 3 * ((16 * v) + u);
                Assert.InRange(patch[at] - (3 * ((0.8 * u) - (0.2 * v) + 9.4)), -0.51, 0.51);
                Assert.InRange(patch[at + 1] - (4 * ((0.2 * u) + (0.8 * v) + 5.3)), -0.51, 0.51);
                Assert.Equal(7, patch[at + 2]);
            }
        }
    }

    [Fact]
    public void Cut_WithOrigin_HoldsThePatchThere()
    {
        byte[] picture = Picture((x, y) => (byte)((x * 37) ^ (y * 11)), (x, y) => (byte)(x * y));
        var transform = new PatchTransform(1.1, -0.1, 20, 25);
        byte[] patch = new byte[8 * 8 * 3];
        byte[] window = new byte[16 * 16 * 3];
        new PatchCutter().Cut(picture, Width, transform, 8, 0, 0, patch);
        new PatchCutter().Cut(picture, Width, transform, 16, 4, 6, window);
        for (int v = 0; v < 8; v++)
            Assert.Equal(patch.AsSpan(v * 24, 24).ToArray(), window.AsSpan((((v + 6) * 16) + 4) * 3, 24).ToArray());
    }

    [Fact]
    public void Cut_OutsideThePicture_RepeatsItsEdge()
    {
        byte[] picture = Picture((x, y) => (byte)(x == 0 ? 200 : 10), (x, y) => (byte)(y == Height - 1 ? 90 : 20));
        byte[] patch = new byte[4 * 4 * 3];
        new PatchCutter().Cut(picture, Width, new PatchTransform(1, 0, -100, 500), 4, 0, 0, patch);
        for (int i = 0; i < patch.Length; i += 3)
            Assert.Equal((200, 90), (patch[i], patch[i + 1]));
    }

    [Fact]
    public void Cut_FinePicture_IsBlurredFirst()
    {
        // A chequerboard at two picture pixels per patch pixel: without the blur the patch would be black and white.
        byte[] picture = Picture((x, y) => (byte)(((x + y) & 1) * 255), (x, y) => 0);
        byte[] patch = new byte[8 * 8 * 3];
        new PatchCutter().Cut(picture, Width, new PatchTransform(2, 0, 20, 20), 8, 0, 0, patch);
        for (int i = 0; i < patch.Length; i += 3)
            Assert.InRange(patch[i], 108, 147);
    }

    private static byte[] Picture(Func<int, int, byte> blue, Func<int, int, byte> green)
    {
        byte[] picture = new byte[Width * Height * 4];
        for (int i = 0; i < Width * Height; i++)
        {
            picture[4 * i] = blue(i % Width, i / Width);
            picture[(4 * i) + 1] = green(i % Width, i / Width);
            picture[(4 * i) + 2] = 7;
            picture[(4 * i) + 3] = 255;
        }

        return picture;
    }
}
