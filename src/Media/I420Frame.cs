namespace Avatar2D.Media;

/// <summary>An owned YUV 4:2:0 picture in one array, planes Y, U, V one after the other without padding.</summary>
public sealed class I420Frame
{
    private readonly byte[] _pixels;

    /// <summary>Allocates a picture; its content is all zero (which is green, not black: see <see cref="FillBlack"/>).</summary>
    /// <param name="width">Pixels, even, at least 2.</param>
    /// <param name="height">Pixels, even, at least 2.</param>
    /// <exception cref="ArgumentException">A side is odd or not positive.</exception>
    public I420Frame(int width, int height)
    {
        if (width < 2 || height < 2 || ((width | height) & 1) != 0)
            throw new ArgumentException($"An I420 picture has even sides of at least 2 pixels, not {width}x{height}.");
        Width = width;
        Height = height;
        _pixels = new byte[SizeBytes(width, height)];
    }

    /// <summary>Pixels.</summary>
    public int Width { get; }

    /// <summary>Pixels.</summary>
    public int Height { get; }

    /// <summary>All bytes: Y (width x height), U (a quarter of it), V (a quarter).</summary>
    public Span<byte> Pixels => _pixels;

    /// <summary>The picture as planes.</summary>
    public I420View View
    {
        get
        {
            int luma = Width * Height;
            int chroma = luma / 4;
            Span<byte> all = _pixels;
            return new I420View(all[..luma], all.Slice(luma, chroma), all[(luma + chroma)..], Width, Height, Width, Width / 2);
        }
    }

    /// <summary>Bytes of a tightly packed I420 picture: width x height x 3 / 2.</summary>
    public static int SizeBytes(int width, int height) => width * height * 3 / 2;

    /// <summary>Makes the picture black: Y = 16, U = V = 128 (limited range).</summary>
    public void FillBlack()
    {
        int luma = Width * Height;
        _pixels.AsSpan(0, luma).Fill(16);
        _pixels.AsSpan(luma).Fill(128);
    }
}
