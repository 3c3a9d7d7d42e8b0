using Avatar2D.Media;

namespace Avatar2D.Codecs.LibAv;

/// <summary>
/// Brings decoded pictures of any pixel format into one I420 picture of its own, BT.601 limited range. Plain 4:2:0 is copied,
/// everything else goes through libswscale. Odd sides lose their last row or column.
/// </summary>
internal sealed unsafe class PictureImporter : IDisposable
{
    private const int FullRange = 2;
    private const int Bt709 = 1;
    private const int ScaleBt601 = 5;

    private SwScaleHandle? _converter;
    private (int Width, int Height, int Format, bool Full, bool Hd) _convertsFrom;
    private I420Frame? _picture;

    /// <summary>The picture last taken.</summary>
    public I420View View => _picture is { } picture ? picture.View : throw new InvalidOperationException("No picture was taken yet.");

    /// <summary>Takes over the frame's pixels.</summary>
    /// <returns>False when the frame is no picture of at least 2x2 pixels.</returns>
    public bool TryTake(AvFrameHandle frame)
    {
        int width = frame.Width & ~1;
        int height = frame.Height & ~1;
        if (width < 2 || height < 2 || frame.Planes[0] == null)
            return false;
        if (_picture is null || _picture.Width != width || _picture.Height != height)
            _picture = new I420Frame(width, height);
        bool full = frame.ColorRange == FullRange;
        bool hd = frame.ColorSpace == Bt709;
        if (frame.Format == LibAvRuntime.Yuv420P && !full && !hd)
        {
            Copy(frame, _picture.View);
            return true;
        }

        return Convert(frame, width, height, full, hd);
    }

    public void Dispose() => _converter?.Dispose();

    private static void Copy(AvFrameHandle frame, I420View target)
    {
        CopyPlane(frame, 0, target.Y, target.YStride, target.Width, target.Height);
        CopyPlane(frame, 1, target.U, target.ChromaStride, target.Width / 2, target.Height / 2);
        CopyPlane(frame, 2, target.V, target.ChromaStride, target.Width / 2, target.Height / 2);
    }

    private static void CopyPlane(AvFrameHandle frame, int plane, Span<byte> to, int toStride, int width, int height)
    {
        byte* from = frame.Planes[plane];
        int stride = frame.Strides[plane];
        for (int row = 0; row < height; row++)
            new ReadOnlySpan<byte>(from + ((long)row * stride), width).CopyTo(to[(row * toStride)..]);
    }

    private bool Convert(AvFrameHandle frame, int width, int height, bool full, bool hd)
    {
        if (_converter is null || _convertsFrom != (width, height, frame.Format, full, hd))
        {
            _converter?.Dispose();
            _converter = SwScaleNative.GetContext(
                width, height, frame.Format, width, height, LibAvRuntime.Yuv420P, SwScaleNative.Flags, IntPtr.Zero, IntPtr.Zero, IntPtr.Zero);
            _convertsFrom = (width, height, frame.Format, full, hd);
            if (!_converter.IsInvalid)
                SetColors(_converter, full, hd);
        }

        if (_converter.IsInvalid)
            return false;
        I420View target = View;
        fixed (byte* y = target.Y)
        fixed (byte* u = target.U)
        fixed (byte* v = target.V)
        {
            byte** planes = stackalloc byte*[4] { y, u, v, null };
            int* strides = stackalloc int[4] { target.YStride, target.ChromaStride, target.ChromaStride, 0 };
            return SwScaleNative.Scale(_converter, frame.Planes, frame.Strides, 0, height, planes, strides) > 0;
        }
    }

    /// <summary>Refused for RGB sources, which then keep libswscale's own choice: BT.601, limited range out.</summary>
    private static void SetColors(SwScaleHandle converter, bool full, bool hd) =>
        _ = SwScaleNative.SetColorspace(
            converter, SwScaleNative.Coefficients(hd ? Bt709 : ScaleBt601), full ? 1 : 0, SwScaleNative.Coefficients(ScaleBt601), 0, 0, 1 << 16, 1 << 16);
}
