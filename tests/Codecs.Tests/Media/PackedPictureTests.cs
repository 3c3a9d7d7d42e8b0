using Avatar2D.Media;

namespace Avatar2D.Codecs.Tests.Media;

public sealed class PackedPictureTests
{
    /// <summary>Reference values of BT.601 limited range for full colours.</summary>
    [Theory]
    [InlineData(255, 255, 255, 235, 128, 128)]
    [InlineData(0, 0, 0, 16, 128, 128)]
    [InlineData(255, 0, 0, 82, 90, 240)]
    [InlineData(0, 255, 0, 144, 54, 34)]
    [InlineData(0, 0, 255, 41, 240, 110)]
    [InlineData(128, 128, 128, 126, 128, 128)]
    public void ToI420_FullColours_GiveReferenceValues(byte red, byte green, byte blue, int y, int u, int v)
    {
        foreach (PackedOrder order in Enum.GetValues<PackedOrder>())
        {
            byte[] pixels = new byte[66 * 4 * 4];
            for (int i = 0; i < pixels.Length; i += 4)
            {
                pixels[i] = order == PackedOrder.Bgra ? blue : red;
                pixels[i + 1] = green;
                pixels[i + 2] = order == PackedOrder.Bgra ? red : blue;
            }

            I420Frame frame = new(66, 4);
            PackedPicture.ToI420(pixels, 66 * 4, order, frame.View);
            Assert.All(frame.View.Y.ToArray(), value => Assert.InRange(value, y - 1, y + 1));
            Assert.All(frame.View.U.ToArray(), value => Assert.InRange(value, u - 1, u + 1));
            Assert.All(frame.View.V.ToArray(), value => Assert.InRange(value, v - 1, v + 1));
        }
    }

    [Fact]
    public void FromI420_AndBack_KeepsTheInside()
    {
        I420Frame source = TestPictures.Moving(70, 50, 9);
        foreach (ref byte luma in source.View.Y)
            luma = (byte)(100 + (luma / 5)); // inside the RGB cube with all its chroma
        byte[] pixels = new byte[80 * 4 * 50];
        PackedPicture.FromI420(source.View, pixels, 80 * 4, PackedOrder.Bgra);
        I420Frame back = new(70, 50);
        PackedPicture.ToI420(pixels, 80 * 4, PackedOrder.Bgra, back.View);
        Assert.True(TestPictures.LumaPsnr(source.View, back.View) > 45);
        Assert.True(TestPictures.ChromaPsnr(source.View, back.View) > 40);
        Assert.Equal(255, pixels[3]);
    }

    [Fact]
    public void ToI420_TooFewPixels_Throws()
    {
        Assert.Throws<ArgumentException>(() => PackedPicture.ToI420(new byte[(16 * 4 * 16) - 1], 64, PackedOrder.Rgba, new I420Frame(16, 16).View));
        Assert.Throws<ArgumentException>(() => PackedPicture.ToI420(new byte[16 * 4 * 16], 63, PackedOrder.Rgba, new I420Frame(16, 16).View));
    }

    [Fact]
    public void ToI420_AfterWarmUp_AllocatesNothing()
    {
        byte[] pixels = new byte[128 * 128 * 4];
        I420Frame frame = new(128, 128);
        Assert.Equal(0, AllocationMeter.LeastBytes(() => PackedPicture.ToI420(pixels, 512, PackedOrder.Bgra, frame.View)));
    }
}
