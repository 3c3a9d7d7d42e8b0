using Avatar2D.Codecs.Files;
using Avatar2D.Codecs.LibAv;
using Avatar2D.Media;

namespace Avatar2D.Codecs.Images;

/// <summary>Still pictures: PNG is written; PNG, JPEG, WebP and BMP are read. Safe from any thread.</summary>
public static unsafe class ImageFile
{
    /// <summary>Writes a PNG; an existing file is replaced.</summary>
    /// <exception cref="CodecUnavailableException">libav* is not installed.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(I420View picture, string path) => File.WriteAllBytes(path, ToPng(picture));

    /// <summary>Makes a PNG.</summary>
    /// <exception cref="CodecUnavailableException">libav* is not installed.</exception>
    public static byte[] ToPng(I420View picture)
    {
        LibAvRuntime.Require();
        int rgb = AvUtilNative.PixelFormat("rgba");
        using AvParametersHandle parameters = AvParametersHandle.Allocate();
        AvParametersView view = parameters.View;
        view.Type = AvParametersView.TypeVideo;
        view.CodecId = LibAvRuntime.CodecId("png");
        view.Format = rgb;
        view.Width = picture.Width;
        view.Height = picture.Height;
        using AvCodecContextHandle encoder = CodecContext.OpenEncoder("png", parameters, static options =>
        {
            options.Set("time_base", "1/25");
            options.Set("threads", 1);
        });
        using AvFrameHandle frame = AvFrameHandle.Allocate();
        using AvPacketHandle packet = AvPacketHandle.Allocate();
        frame.Width = picture.Width;
        frame.Height = picture.Height;
        frame.Format = rgb;
        LibAvStatus.Check(AvUtilNative.FrameGetBuffer(frame, 0), "Allocating a picture");
        PackedPicture.FromI420(picture, new Span<byte>(frame.Planes[0], frame.Strides[0] * frame.Height), frame.Strides[0], PackedOrder.Rgba);
        frame.Pts = 0;
        LibAvStatus.Check(AvCodecNative.SendFrame(encoder, frame), "Encoding a PNG");
        int status = AvCodecNative.ReceivePacket(encoder, packet);
        if (status == LibAvStatus.Again)
        {
            LibAvStatus.Check(AvCodecNative.SendNoFrame(encoder, IntPtr.Zero), "Encoding a PNG");
            status = AvCodecNative.ReceivePacket(encoder, packet);
        }

        LibAvStatus.Check(status, "Encoding a PNG");
        return packet.Bytes.ToArray();
    }

    /// <summary>Reads a picture; odd sides lose their last row or column, transparency is dropped.</summary>
    /// <exception cref="CodecException">The file does not exist or holds no picture.</exception>
    public static I420Frame Load(string path)
    {
        using MediaFileReader reader = new(path);
        if (!reader.TryReadPicture(out MediaPicture picture))
            throw new CodecException($"{path} holds no picture.");
        I420Frame copy = new(picture.Picture.Width, picture.Picture.Height);
        picture.Picture.CopyTo(copy.View);
        return copy;
    }
}
