namespace Avatar2D.Media;

/// <summary>
/// Scales I420 pictures between two fixed sizes: bilinear when it enlarges, weighted area average when it shrinks.
/// Weights and working rows are made once; <see cref="Scale"/> allocates nothing. One thread at a time.
/// </summary>
public sealed class I420Scaler
{
    private readonly PlaneScaler _luma;
    private readonly PlaneScaler _chroma;

    /// <summary>Prepares to scale one size into another.</summary>
    /// <param name="sourceWidth">Pixels, even, at least 2.</param>
    /// <param name="sourceHeight">Pixels, even, at least 2.</param>
    /// <param name="targetWidth">Pixels, even, at least 2.</param>
    /// <param name="targetHeight">Pixels, even, at least 2.</param>
    /// <param name="mode">What to do when the shapes differ.</param>
    /// <exception cref="ArgumentException">A side is odd or not positive.</exception>
    public I420Scaler(int sourceWidth, int sourceHeight, int targetWidth, int targetHeight, ScaleMode mode)
    {
        if (sourceWidth < 2 || sourceHeight < 2 || targetWidth < 2 || targetHeight < 2
            || ((sourceWidth | sourceHeight | targetWidth | targetHeight) & 1) != 0)
            throw new ArgumentException($"Cannot scale {sourceWidth}x{sourceHeight} to {targetWidth}x{targetHeight}: sides are even and at least 2.");
        SourceWidth = sourceWidth;
        SourceHeight = sourceHeight;
        TargetWidth = targetWidth;
        TargetHeight = targetHeight;
        SourceArea = mode == ScaleMode.Crop
            ? PictureArea.FitInside(sourceWidth, sourceHeight, targetWidth, targetHeight)
            : new PictureArea(0, 0, sourceWidth, sourceHeight);
        TargetArea = mode == ScaleMode.Letterbox
            ? PictureArea.FitInside(targetWidth, targetHeight, sourceWidth, sourceHeight)
            : new PictureArea(0, 0, targetWidth, targetHeight);
        _luma = new PlaneScaler(SourceArea.Width, SourceArea.Height, TargetArea.Width, TargetArea.Height);
        _chroma = new PlaneScaler(SourceArea.Width / 2, SourceArea.Height / 2, TargetArea.Width / 2, TargetArea.Height / 2);
    }

    /// <summary>Pixels.</summary>
    public int SourceWidth { get; }

    /// <summary>Pixels.</summary>
    public int SourceHeight { get; }

    /// <summary>Pixels.</summary>
    public int TargetWidth { get; }

    /// <summary>Pixels.</summary>
    public int TargetHeight { get; }

    /// <summary>The part of the source that is used.</summary>
    public PictureArea SourceArea { get; }

    /// <summary>The part of the target that shows the source; around it is black.</summary>
    public PictureArea TargetArea { get; }

    /// <summary>Scales one picture; every pixel of the target is written.</summary>
    /// <exception cref="ArgumentException">A picture does not have the size that this scaler was made for.</exception>
    public void Scale(I420View source, I420View target)
    {
        if (source.Width != SourceWidth || source.Height != SourceHeight || target.Width != TargetWidth || target.Height != TargetHeight)
            throw new ArgumentException($"This scaler takes {SourceWidth}x{SourceHeight} to {TargetWidth}x{TargetHeight}, "
                + $"not {source.Width}x{source.Height} to {target.Width}x{target.Height}.");
        PictureArea from = SourceArea;
        PictureArea to = TargetArea;
        FillAround(target);
        _luma.Scale(source.Y[((from.Y * source.YStride) + from.X)..], source.YStride,
            target.Y[((to.Y * target.YStride) + to.X)..], target.YStride);
        int fromChroma = (from.Y / 2 * source.ChromaStride) + (from.X / 2);
        int toChroma = (to.Y / 2 * target.ChromaStride) + (to.X / 2);
        _chroma.Scale(source.U[fromChroma..], source.ChromaStride, target.U[toChroma..], target.ChromaStride);
        _chroma.Scale(source.V[fromChroma..], source.ChromaStride, target.V[toChroma..], target.ChromaStride);
    }

    private void FillAround(I420View target)
    {
        PictureArea to = TargetArea;
        if (to.Width == target.Width && to.Height == target.Height)
            return;
        FillAround(target.Y, target.YStride, target.Width, target.Height, to, 16);
        PictureArea half = new(to.X / 2, to.Y / 2, to.Width / 2, to.Height / 2);
        FillAround(target.U, target.ChromaStride, target.Width / 2, target.Height / 2, half, 128);
        FillAround(target.V, target.ChromaStride, target.Width / 2, target.Height / 2, half, 128);
    }

    private static void FillAround(Span<byte> plane, int stride, int width, int height, PictureArea inside, byte value)
    {
        for (int row = 0; row < height; row++)
        {
            Span<byte> line = plane.Slice(row * stride, width);
            if (row < inside.Y || row >= inside.Y + inside.Height)
            {
                line.Fill(value);
                continue;
            }

            line[..inside.X].Fill(value);
            line[(inside.X + inside.Width)..].Fill(value);
        }
    }
}
