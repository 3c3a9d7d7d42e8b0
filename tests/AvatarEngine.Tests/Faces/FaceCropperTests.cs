using Avatar2D.AvatarEngine.Faces;

namespace Avatar2D.AvatarEngine.Tests.Faces;

public sealed class FaceCropperTests
{
    [Theory]
    [InlineData(16, 128, 128, -1, -1, -1)]
    [InlineData(235, 128, 128, 1, 1, 1)]
    [InlineData(81, 90, 240, 1, -1, -1)] // BT.601 red
    [InlineData(41, 240, 110, -1, -1, 1)] // BT.601 blue
    public void Rgb_OneColour_IsThatColour(byte y, byte cb, byte cr, float red, float green, float blue)
    {
        var picture = new TestPicture(64, 48);
        picture.View.Y.Fill(y);
        picture.View.U.Fill(cb);
        picture.View.V.Fill(cr);
        var planes = new float[3 * 16];
        FaceCropper.Rgb(picture.View, new FaceRegion(30, 20, 90, 0.3f), 4, planes); // reaches beyond the picture
        Assert.All(planes[..16], v => Assert.Equal(red, v, 0.02));
        Assert.All(planes[16..32], v => Assert.Equal(green, v, 0.02));
        Assert.All(planes[32..], v => Assert.Equal(blue, v, 0.02));
    }

    [Fact]
    public void Luma_PixelSizedRegion_IsThePixels()
    {
        var picture = new TestPicture(32, 32);
        Ramp(picture);
        var luma = new float[64];
        FaceCropper.Luma(picture.View, new FaceRegion(11.5f, 9.5f, 8, 0), 8, luma);
        for (int i = 0; i < 64; i++)
            Assert.Equal((picture.View.Y[((6 + (i / 8)) * 32) + 8 + (i % 8)] - 16) / 219f, luma[i], 1e-4);
    }

    [Fact]
    public void Luma_QuarterTurn_RunsDownThePicture()
    {
        var picture = new TestPicture(32, 32);
        Ramp(picture);
        var luma = new float[64];
        FaceCropper.Luma(picture.View, new FaceRegion(11.5f, 9.5f, 8, MathF.PI / 2), 8, luma);
        // The crop's right-hand axis points down: its first row is the picture's column 15, read downwards.
        for (int i = 0; i < 8; i++)
            Assert.Equal((picture.View.Y[((6 + i) * 32) + 15] - 16) / 219f, luma[i], 1e-3);
    }

    [Fact]
    public void Rgb_OfManySizes_AllocatesNothing()
    {
        var picture = new TestPicture(640, 360);
        var planes = new float[3 * 64 * 64];
        FaceCropper.Rgb(picture.View, new FaceRegion(300, 200, 100, 0), 64, planes);
        Assert.Equal(0, AllocationMeter.LeastBytes(() =>
        {
            for (int side = 20; side < 700; side += 60)
                FaceCropper.Rgb(picture.View, new FaceRegion(300, 200, side, 0.2f), 64, planes);
        }));
    }

    private static void Ramp(TestPicture picture)
    {
        for (int i = 0; i < picture.View.Y.Length; i++)
            picture.View.Y[i] = (byte)(16 + (3 * (i % 32)) + (2 * (i / 32)));
    }
}
