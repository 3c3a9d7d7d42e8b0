namespace Avatar2D.Media;

/// <summary>Turns I420 pictures by quarters. Nothing is allocated.</summary>
public static class I420Rotation
{
    /// <summary>Writes the turned source into the target, whose sides are swapped for a turn right or left.</summary>
    /// <exception cref="ArgumentException">The target does not have the turned size.</exception>
    public static void Rotate(I420View source, I420View target, QuarterTurn turn)
    {
        bool swapped = turn is QuarterTurn.Right or QuarterTurn.Left;
        if (target.Width != (swapped ? source.Height : source.Width) || target.Height != (swapped ? source.Width : source.Height))
            throw new ArgumentException($"{source.Width}x{source.Height} turned {turn} does not fit {target.Width}x{target.Height}.", nameof(target));
        if (turn == QuarterTurn.None)
        {
            source.CopyTo(target);
            return;
        }

        RotatePlane(source.Y, source.YStride, target.Y, target.YStride, target.Width, target.Height, turn);
        RotatePlane(source.U, source.ChromaStride, target.U, target.ChromaStride, target.Width / 2, target.Height / 2, turn);
        RotatePlane(source.V, source.ChromaStride, target.V, target.ChromaStride, target.Width / 2, target.Height / 2, turn);
    }

    private static void RotatePlane(ReadOnlySpan<byte> from, int fromStride, Span<byte> to, int toStride, int width, int height, QuarterTurn turn)
    {
        for (int y = 0; y < height; y++)
        {
            Span<byte> row = to.Slice(y * toStride, width);
            // Target (x, y) comes from source: right (y, width-1-x), half (width-1-x, height-1-y), left (height-1-y, x) as (column, row).
            (int start, int step) = turn switch
            {
                QuarterTurn.Right => (((width - 1) * fromStride) + y, -fromStride),
                QuarterTurn.Left => (height - 1 - y, fromStride),
                _ => (((height - 1 - y) * fromStride) + width - 1, -1),
            };
            for (int x = 0; x < width; x++, start += step)
                row[x] = from[start];
        }
    }
}
