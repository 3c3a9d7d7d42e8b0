using Avatar2D.Media;
using SkiaSharp;

namespace Avatar2D.Gateway.Avatars;

/// <summary>Reads photos: JPEG, PNG, WebP, GIF and BMP, upright as the camera noted (EXIF), transparency over grey.</summary>
internal static class PhotoFile
{
    /// <summary>Larger pictures are scaled down: a face of 512 pixels needs no more.</summary>
    private const int LongestSide = 2048;

    private const int MostBytes = 64_000_000;
    private const long MostPixels = 100_000_000;

    /// <summary>Reads a photo.</summary>
    /// <returns>At most <see cref="LongestSide"/> pixels long.</returns>
    /// <exception cref="InvalidDataException">It is no photo that can be read; the message says what to do.</exception>
    public static I420Frame Load(string path)
    {
        byte[] file = ReadBytes(path);
        if (IsHeif(file))
            throw new InvalidDataException($"{path} is a HEIC or AVIF picture, which cannot be read: export it as JPEG or PNG.");
        using var data = SKData.CreateCopy(file);
        using SKCodec? codec = SKCodec.Create(data);
        if (codec is null)
            throw new InvalidDataException($"{path} is no picture that can be read: use JPEG, PNG or WebP.");
        if ((long)codec.Info.Width * codec.Info.Height > MostPixels)
            throw new InvalidDataException($"{path} has {codec.Info.Width}x{codec.Info.Height} pixels, more than {MostPixels / 1_000_000} million: scale it down.");
        using var decoded = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Bgra8888, SKAlphaType.Premul));
        SKCodecResult result = codec.GetPixels(decoded.Info, decoded.GetPixels());
        if (result is not SKCodecResult.Success)
            throw new InvalidDataException($"{path} is damaged or cut short ({result}): copy it anew.");
        return Upright(decoded, codec.EncodedOrigin);
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            var info = new FileInfo(path);
            return info.Length <= MostBytes
                ? File.ReadAllBytes(path)
                : throw new InvalidDataException($"{path} has {info.Length / 1_000_000} MB, more than {MostBytes / 1_000_000}: scale it down.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>ISO/IEC 23008-12: a box "ftyp" with a brand of still pictures.</summary>
    private static bool IsHeif(ReadOnlySpan<byte> file) =>
        file.Length >= 12 && file[4..8].SequenceEqual("ftyp"u8)
        && (file[8..11].SequenceEqual("hei"u8) || file[8..11].SequenceEqual("hev"u8) || file[8..12].SequenceEqual("mif1"u8)
            || file[8..12].SequenceEqual("msf1"u8) || file[8..11].SequenceEqual("avi"u8));

    /// <summary>Turned, scaled and laid over grey in one drawing.</summary>
    private static I420Frame Upright(SKBitmap decoded, SKEncodedOrigin origin)
    {
        bool swapped = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        int width = swapped ? decoded.Height : decoded.Width;
        int height = swapped ? decoded.Width : decoded.Height;
        float scale = Math.Min(1, (float)LongestSide / Math.Max(width, height));
        var info = new SKImageInfo(
            Math.Max(2, (int)(width * scale) & ~1), Math.Max(2, (int)(height * scale) & ~1), SKColorType.Bgra8888, SKAlphaType.Premul);
        using var upright = new SKBitmap(info);
        using (var canvas = new SKCanvas(upright))
        {
            canvas.Clear(new SKColor(128, 128, 128));
            canvas.Scale((float)info.Width / width, (float)info.Height / height);
            canvas.Concat(Matrix(origin, decoded.Width, decoded.Height));
            using var image = SKImage.FromBitmap(decoded);
            canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        }

        var picture = new I420Frame(info.Width, info.Height);
        PackedPicture.ToI420(upright.GetPixelSpan(), upright.RowBytes, PackedOrder.Bgra, picture.View);
        return picture;
    }

    /// <summary>From stored to upright pixels (TIFF 6.0, Orientation 1 to 8).</summary>
    private static SKMatrix Matrix(SKEncodedOrigin origin, float w, float h) => origin switch
    {
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, w, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, w, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, h, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, h, -1, 0, w, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, w, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}
