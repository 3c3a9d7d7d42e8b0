using Avatar2D.Gateway.Avatars;
using Avatar2D.Media;
using SkiaSharp;

namespace Avatar2D.Gateway.Tests.Avatars;

public sealed class PhotoFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("avatar2d-photo-").FullName;

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void Load_ACommonFormat_GivesItsPixels(SKEncodedImageFormat format)
    {
        I420Frame photo = PhotoFile.Load(Write("photo", format));
        Assert.Equal((64, 32), (photo.Width, photo.Height));
        Assert.True(photo.View.Y[(4 * 64) + 4] > 200); // White at the top left.
        Assert.True(photo.View.Y[(28 * 64) + 60] < 60);
    }

    /// <summary>Where the white corner of the stored picture is seen: TIFF 6.0, Orientation.</summary>
    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(2, 1, 0)]
    [InlineData(3, 1, 1)]
    [InlineData(4, 0, 1)]
    [InlineData(5, 0, 0)]
    [InlineData(6, 1, 0)]
    [InlineData(7, 1, 1)]
    [InlineData(8, 0, 1)]
    public void Load_ExifOrientation_IsObeyed(int orientation, int right, int bottom)
    {
        string path = Write("photo", SKEncodedImageFormat.Jpeg);
        AddOrientation(path, (byte)orientation);
        I420Frame photo = PhotoFile.Load(path);
        Assert.Equal(orientation >= 5 ? (32, 64) : (64, 32), (photo.Width, photo.Height));
        int x = right == 1 ? photo.Width - 5 : 4, y = bottom == 1 ? photo.Height - 5 : 4;
        Assert.True(photo.View.Y[(y * photo.Width) + x] > 200);
        Assert.True(photo.View.Y[((photo.Height - 1 - y) * photo.Width) + photo.Width - 1 - x] < 60);
    }

    [Fact]
    public void Load_ALargePhoto_IsScaledDown()
    {
        I420Frame photo = PhotoFile.Load(Write("photo", SKEncodedImageFormat.Png, 4001, 2001));
        Assert.Equal(2048, photo.Width);
        Assert.InRange(photo.Height, 1022, 1026);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Black with a white quarter at the top left.</summary>
    private string Write(string name, SKEncodedImageFormat format, int width = 64, int height = 32)
    {
        using var bitmap = new SKBitmap(width, height);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.Black);
            using var white = new SKPaint { Color = SKColors.White };
            canvas.DrawRect(0, 0, width / 2f, height / 2f, white);
        }

        string path = Path.Combine(_folder, name);
        using SKData data = bitmap.Encode(format, 95);
        File.WriteAllBytes(path, data.ToArray());
        return path;
    }

    /// <summary>Puts an APP1 segment with one tag after the start of a JPEG file.</summary>
    private static void AddOrientation(string path, byte orientation)
    {
        byte[] tiff = [0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
        byte[] exif = [.. "Exif\0\0"u8, .. tiff];
        byte[] jpeg = File.ReadAllBytes(path);
        byte[] segment = [0xFF, 0xE1, (byte)((exif.Length + 2) >> 8), (byte)(exif.Length + 2), .. exif];
        File.WriteAllBytes(path, [.. jpeg[..2], .. segment, .. jpeg[2..]]);
    }
}
