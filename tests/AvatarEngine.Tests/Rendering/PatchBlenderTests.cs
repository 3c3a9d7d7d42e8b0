using System.Numerics;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Rendering;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Tests.Rendering;

public sealed class PatchBlenderTests
{
    private const int Patch = 80;
    private const int Size = 64;
    private static readonly PatchWindow Window = new(10, 4, Size);
    private readonly PatchBlender _blender = new(Patch, Window);

    [Theory]
    [InlineData(0.8, 0, 20, 30)]
    [InlineData(1.4, 0.2, 40.3, 11.8)]
    [InlineData(0.6, -0.3, -12.5, 60.25)]
    [InlineData(2.1, 0.0, 60, -70)]
    public void Blend_AnyPlace_IsTheInverseMapping(double a, double b, double tx, double ty)
    {
        var transform = new PatchTransform(a, b, tx, ty);
        FillPatch();
        I420Frame frame = TestPictures.Waves(200, 160);
        I420Frame before = TestPictures.Waves(200, 160);
        _blender.Blend(transform, frame.View);

        for (int y = 0; y < 160; y++)
        {
            for (int x = 0; x < 200; x++)
            {
                Vector4 over = Reference(transform, x, y);
                double expected = (before.View.Y[(y * 200) + x] * (1 - over.W)) + over.X;
                Assert.True(Math.Abs(expected - frame.View.Y[(y * 200) + x]) <= 0.6, $"({x},{y}): {frame.View.Y[(y * 200) + x]} for {expected}");
            }
        }
    }

    [Fact]
    public void Blend_Chroma_StandsInTheMiddleOfItsPixels()
    {
        var transform = new PatchTransform(2.4, 0.3, 20, 10); // Coarser than chroma, so that level 0 is asked.
        FillPatch();
        I420Frame frame = TestPictures.Waves(400, 340);
        I420Frame before = TestPictures.Waves(400, 340);
        _blender.Blend(transform, frame.View);

        for (int y = 0; y < 170; y++)
        {
            for (int x = 0; x < 200; x++)
            {
                Vector4 over = Reference(transform, (2 * x) + 0.5f, (2 * y) + 0.5f);
                Assert.InRange(frame.View.U[(y * 200) + x] - ((before.View.U[(y * 200) + x] * (1 - over.W)) + over.Y), -0.6, 0.6);
                Assert.InRange(frame.View.V[(y * 200) + x] - ((before.View.V[(y * 200) + x] * (1 - over.W)) + over.Z), -0.6, 0.6);
            }
        }
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.3)]
    [InlineData(0.12)]
    public void Blend_MaskZero_ChangesNothing(double scale)
    {
        I420Frame frame = TestPictures.Waves(160, 160);
        _blender.Blend(TestPictures.At(scale, 10, 10), frame.View);
        Assert.True(frame.Pixels.SequenceEqual(TestPictures.Waves(160, 160).Pixels));
    }

    [Theory]
    [InlineData(1.7)]
    [InlineData(1.0)]
    [InlineData(0.4)]
    [InlineData(0.2)]
    public void Blend_FlatPatchOnFlatPicture_HasNoStep(double scale)
    {
        FillFeathered(luma: 200, ramp: 10);
        I420Frame frame = TestPictures.Flat(256, 256, 100);
        _blender.Blend(TestPictures.At(scale, 20, 20), frame.View);
        I420View view = frame.View;
        int steepest = 0;
        for (int y = 1; y < 256; y++)
        {
            for (int x = 1; x < 256; x++)
            {
                int here = view.Y[(y * 256) + x];
                steepest = Math.Max(steepest, Math.Max(Math.Abs(here - view.Y[(y * 256) + x - 1]), Math.Abs(here - view.Y[((y - 1) * 256) + x])));
            }
        }

        // The mask rises by a tenth per patch pixel; a picture pixel is 0.625 / scale patch pixels wide.
        Assert.InRange(steepest, 1, (100 / 10.0 * 0.625 / scale) + 2);
        Assert.Equal(200, view.Y.ToArray().Max());
    }

    [Fact]
    public void Blend_PatchOutsideThePicture_ChangesNothing()
    {
        FillPatch();
        I420Frame frame = TestPictures.Waves(64, 64);
        foreach ((double x, double y) in new[] { (500.0, 0.0), (-900, 0), (0, 400), (0, -700) })
            _blender.Blend(TestPictures.At(1, x, y), frame.View);
        Assert.True(frame.Pixels.SequenceEqual(TestPictures.Waves(64, 64).Pixels));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(double.NaN, 0, 0)]
    [InlineData(1, 0, double.PositiveInfinity)]
    [InlineData(1, 1e300, 0)]
    public void Blend_NoPlace_ChangesNothing(double a, double b, double tx)
    {
        FillPatch();
        I420Frame frame = TestPictures.Waves(64, 64);
        _blender.Blend(new PatchTransform(a, b, tx, 0), frame.View);
        Assert.True(frame.Pixels.SequenceEqual(TestPictures.Waves(64, 64).Pixels));
    }

    private void FillPatch()
    {
        for (int i = 0; i < Size * Size; i++)
        {
            float m = (i * 37 % 101) / 100f;
            Pixel(i % Size, i / Size) = new Vector4(m * (40 + (i * 13 % 160)), m * (100 + (i * 7 % 50)), m * (90 + (i * 11 % 70)), m);
        }
    }

    private void FillFeathered(float luma, int ramp)
    {
        for (int i = 0; i < Size * Size; i++)
        {
            int u = i % Size;
            int v = i / Size;
            float m = Math.Min(1, Math.Min(Math.Min(u, Size - 1 - u), Math.Min(v, Size - 1 - v)) / (float)ramp);
            Pixel(u, v) = new Vector4(luma, 128, 128, 1) * m;
        }
    }

    /// <summary>What the patch says of a place in the picture, computed another way; nothing outside the window.</summary>
    private Vector4 Reference(PatchTransform transform, float x, float y)
    {
        double n = (transform.A * transform.A) + (transform.B * transform.B);
        double dx = x - transform.Tx;
        double dy = y - transform.Ty;
        double u = ((((transform.A * dx) + (transform.B * dy)) / n) + 0.5) * Patch / 128 - 0.5 - Window.Left;
        double v = ((((transform.A * dy) - (transform.B * dx)) / n) + 0.5) * Patch / 128 - 0.5 - Window.Top;
        int column = (int)Math.Floor(u);
        int row = (int)Math.Floor(v);
        return Vector4.Lerp(
            Vector4.Lerp(At(column, row), At(column + 1, row), (float)(u - column)),
            Vector4.Lerp(At(column, row + 1), At(column + 1, row + 1), (float)(u - column)),
            (float)(v - row));
    }

    private ref Vector4 Pixel(int u, int v) => ref _blender.Patch[(v * _blender.Stride) + u];

    private Vector4 At(int u, int v) => u is < 0 or >= Size || v is < 0 or >= Size ? Vector4.Zero : Pixel(u, v);
}
