using Avatar2D.Codecs.LibAv;
using Avatar2D.Media;

namespace Avatar2D.Codecs.Video;

/// <summary>One AVFrame that carries picture after picture into an encoder.</summary>
internal sealed unsafe class EncoderPicture : IDisposable
{
    private const int Intra = 1;

    private readonly AvFrameHandle _frame;

    public EncoderPicture(int width, int height)
    {
        _frame = AvFrameHandle.Allocate();
        _frame.Width = width;
        _frame.Height = height;
        _frame.Format = LibAvRuntime.Yuv420P;
        LibAvStatus.Check(AvUtilNative.FrameGetBuffer(_frame, 0), "Allocating a picture");
    }

    /// <summary>Copies the pixels; if the encoder still holds the last picture's memory, libav takes another.</summary>
    public AvFrameHandle Load(I420View picture, long pts, bool intra)
    {
        LibAvStatus.Check(AvUtilNative.FrameMakeWritable(_frame), "Reusing a picture");
        I420View target = new(
            Plane(0, picture.Height), Plane(1, picture.Height / 2), Plane(2, picture.Height / 2),
            picture.Width, picture.Height, _frame.Strides[0], _frame.Strides[1]);
        picture.CopyTo(target);
        _frame.Pts = pts;
        _frame.PictureType = intra ? Intra : 0;
        return _frame;
    }

    public void Dispose() => _frame.Dispose();

    private Span<byte> Plane(int plane, int rows) => new(_frame.Planes[plane], _frame.Strides[plane] * rows);
}
