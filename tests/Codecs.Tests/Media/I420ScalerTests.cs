using Avatar2D.Media;

namespace Avatar2D.Codecs.Tests.Media;

public sealed class I420ScalerTests
{
    [Theory]
    [InlineData(512, 512, 240, 320)]
    [InlineData(512, 512, 640, 480)]
    [InlineData(640, 480, 176, 144)]
    [InlineData(2, 2, 64, 64)]
    [InlineData(64, 64, 2, 2)]
    [InlineData(318, 222, 96, 130)]
    public void Scale_FlatPicture_StaysFlatInEveryMode(int fromWidth, int fromHeight, int toWidth, int toHeight)
    {
        I420Frame source = new(fromWidth, fromHeight);
        source.View.Y.Fill(201);
        source.View.U.Fill(77);
        source.View.V.Fill(143);
        foreach (ScaleMode mode in Enum.GetValues<ScaleMode>())
        {
            I420Scaler scaler = new(fromWidth, fromHeight, toWidth, toHeight, mode);
            I420Frame target = new(toWidth, toHeight);
            scaler.Scale(source.View, target.View);
            PictureArea area = scaler.TargetArea;
            for (int y = 0; y < toHeight; y++)
            {
                for (int x = 0; x < toWidth; x++)
                {
                    bool inside = x >= area.X && x < area.X + area.Width && y >= area.Y && y < area.Y + area.Height;
                    Assert.Equal(inside ? 201 : 16, target.View.Y[(y * toWidth) + x]);
                    Assert.Equal(inside ? 77 : 128, target.View.U[(y / 2 * (toWidth / 2)) + (x / 2)]);
                    Assert.Equal(inside ? 143 : 128, target.View.V[(y / 2 * (toWidth / 2)) + (x / 2)]);
                }
            }
        }
    }

    [Theory]
    [InlineData(512, 512, 240, 320, 0, 40, 240, 240)]
    [InlineData(512, 512, 640, 480, 80, 0, 480, 480)]
    [InlineData(640, 480, 320, 240, 0, 0, 320, 240)]
    public void TargetArea_Letterbox_IsCentredWithTheSourcesShape(int fw, int fh, int tw, int th, int x, int y, int w, int h) =>
        Assert.Equal(new PictureArea(x, y, w, h), new I420Scaler(fw, fh, tw, th, ScaleMode.Letterbox).TargetArea);

    [Fact]
    public void SourceArea_Crop_IsCentredWithTheTargetsShape()
    {
        I420Scaler scaler = new(512, 512, 240, 320, ScaleMode.Crop);
        Assert.Equal(new PictureArea(64, 0, 384, 512), scaler.SourceArea);
        Assert.Equal(new PictureArea(0, 0, 240, 320), scaler.TargetArea);
    }

    [Fact]
    public void Scale_SmoothPictureDownAndUp_ComesBack()
    {
        I420Frame source = TestPictures.Moving(512, 512, 3);
        I420Frame small = new(240, 240);
        I420Frame back = new(512, 512);
        new I420Scaler(512, 512, 240, 240, ScaleMode.Stretch).Scale(source.View, small.View);
        new I420Scaler(240, 240, 512, 512, ScaleMode.Stretch).Scale(small.View, back.View);
        Assert.True(TestPictures.LumaPsnr(source.View, back.View) > 40);
        Assert.True(TestPictures.ChromaPsnr(source.View, back.View) > 40);
    }

    [Fact]
    public void Scale_FineStripesDown_AverageInsteadOfAliasing()
    {
        I420Frame source = new(512, 512);
        for (int i = 0; i < 512 * 512; i++)
            source.Pixels[i] = (i & 1) == 0 ? (byte)20 : (byte)220;
        I420Frame target = new(150, 150);
        new I420Scaler(512, 512, 150, 150, ScaleMode.Stretch).Scale(source.View, target.View);
        foreach (byte luma in target.View.Y)
            Assert.InRange(luma, 108, 132);
    }

    [Fact]
    public void Scale_SameSize_IsACopy()
    {
        I420Frame source = TestPictures.Moving(96, 64, 1);
        I420Frame target = new(96, 64);
        new I420Scaler(96, 64, 96, 64, ScaleMode.Crop).Scale(source.View, target.View);
        Assert.Equal(source.Pixels.ToArray(), target.Pixels.ToArray());
    }

    [Fact]
    public void Scale_AfterWarmUp_AllocatesNothing()
    {
        I420Frame source = TestPictures.Moving(512, 512, 0);
        I420Frame target = new(240, 320);
        I420Scaler scaler = new(512, 512, 240, 320, ScaleMode.Letterbox);
        Assert.Equal(0, AllocationMeter.LeastBytes(() => scaler.Scale(source.View, target.View)));
    }

    [Fact]
    public void Scale_WrongSize_Throws() =>
        Assert.Throws<ArgumentException>(() =>
            new I420Scaler(64, 64, 32, 32, ScaleMode.Stretch).Scale(new I420Frame(64, 62).View, new I420Frame(32, 32).View));

    [Fact]
    public void Rotate_FourTimesRight_IsTheStart()
    {
        I420Frame source = TestPictures.Moving(96, 64, 5);
        I420Frame right = new(64, 96);
        I420Rotation.Rotate(source.View, right.View, QuarterTurn.Right);
        Assert.Equal(source.View.Y[0], right.View.Y[63]); // top left goes to top right
        I420Frame half = new(96, 64);
        I420Rotation.Rotate(right.View, half.View, QuarterTurn.Right);
        I420Frame direct = new(96, 64);
        I420Rotation.Rotate(source.View, direct.View, QuarterTurn.Half);
        Assert.Equal(direct.Pixels.ToArray(), half.Pixels.ToArray());
        I420Frame back = new(96, 64);
        I420Rotation.Rotate(right.View, back.View, QuarterTurn.Left);
        Assert.Equal(source.Pixels.ToArray(), back.Pixels.ToArray());
    }
}
