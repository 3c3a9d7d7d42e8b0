namespace Avatar2D.Media;

/// <summary>Byte order of a packed 32-bit pixel in memory.</summary>
public enum PackedOrder
{
    /// <summary>Blue, green, red, alpha: SkiaSharp's and Windows' usual order.</summary>
    Bgra,

    /// <summary>Red, green, blue, alpha.</summary>
    Rgba,
}
