namespace Avatar2D.Media;

/// <summary>
/// A planar YUV 4:2:0 picture over memory that somebody else owns: plane Y is <see cref="Width"/> x <see cref="Height"/>,
/// planes U and V are half of it in both directions. Limited (video) range, BT.601. Width and height are even.
/// </summary>
public readonly ref struct I420View
{
    /// <summary>Wraps three planes.</summary>
    /// <param name="y">Luma, at least <paramref name="yStride"/> x (height - 1) + width bytes.</param>
    /// <param name="u">Cb, at least <paramref name="chromaStride"/> x (height / 2 - 1) + width / 2 bytes.</param>
    /// <param name="v">Cr, as <paramref name="u"/>.</param>
    /// <param name="width">Pixels, even, at least 2.</param>
    /// <param name="height">Pixels, even, at least 2.</param>
    /// <param name="yStride">Bytes from one luma row to the next.</param>
    /// <param name="chromaStride">Bytes from one chroma row to the next.</param>
    /// <exception cref="ArgumentException">A plane is too short, or a size is odd or not positive.</exception>
    public I420View(Span<byte> y, Span<byte> u, Span<byte> v, int width, int height, int yStride, int chromaStride)
    {
        if (width < 2 || height < 2 || ((width | height) & 1) != 0)
            throw new ArgumentException($"An I420 picture has even sides of at least 2 pixels, not {width}x{height}.");
        if (yStride < width || chromaStride < width / 2)
            throw new ArgumentException("A stride is shorter than its row.");
        int chromaBytes = (chromaStride * ((height / 2) - 1)) + (width / 2);
        if (y.Length < (yStride * (height - 1)) + width || u.Length < chromaBytes || v.Length < chromaBytes)
            throw new ArgumentException("A plane is shorter than its picture.");
        Y = y;
        U = u;
        V = v;
        Width = width;
        Height = height;
        YStride = yStride;
        ChromaStride = chromaStride;
    }

    /// <summary>Luma plane.</summary>
    public Span<byte> Y { get; }

    /// <summary>Cb plane.</summary>
    public Span<byte> U { get; }

    /// <summary>Cr plane.</summary>
    public Span<byte> V { get; }

    /// <summary>Pixels.</summary>
    public int Width { get; }

    /// <summary>Pixels.</summary>
    public int Height { get; }

    /// <summary>Bytes from one luma row to the next.</summary>
    public int YStride { get; }

    /// <summary>Bytes from one row of U or V to the next.</summary>
    public int ChromaStride { get; }

    /// <summary>Copies all pixels into a picture of the same size.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public void CopyTo(I420View target)
    {
        if (target.Width != Width || target.Height != Height)
            throw new ArgumentException($"Cannot copy {Width}x{Height} into {target.Width}x{target.Height}.", nameof(target));
        CopyPlane(Y, YStride, target.Y, target.YStride, Width, Height);
        CopyPlane(U, ChromaStride, target.U, target.ChromaStride, Width / 2, Height / 2);
        CopyPlane(V, ChromaStride, target.V, target.ChromaStride, Width / 2, Height / 2);
    }

    private static void CopyPlane(ReadOnlySpan<byte> from, int fromStride, Span<byte> to, int toStride, int width, int height)
    {
        for (int row = 0; row < height; row++)
            from.Slice(row * fromStride, width).CopyTo(to[(row * toStride)..]);
    }
}
