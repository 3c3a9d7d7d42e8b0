namespace Avatar2D.Media;

/// <summary>A rectangle in a picture; all four numbers are even, so that it holds whole chroma samples.</summary>
/// <param name="X">Pixels from the left.</param>
/// <param name="Y">Pixels from the top.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public readonly record struct PictureArea(int X, int Y, int Width, int Height)
{
    /// <summary>The largest centred area with the shape of the second size inside the first.</summary>
    internal static PictureArea FitInside(int width, int height, int shapeWidth, int shapeHeight)
    {
        int fitWidth = width;
        int fitHeight = height;
        if ((long)shapeWidth * height > (long)shapeHeight * width)
            fitHeight = (int)Math.Round((double)width * shapeHeight / shapeWidth);
        else
            fitWidth = (int)Math.Round((double)height * shapeWidth / shapeHeight);
        fitWidth = Math.Clamp((fitWidth + 1) & ~1, 2, width);
        fitHeight = Math.Clamp((fitHeight + 1) & ~1, 2, height);
        return new PictureArea(((width - fitWidth) / 2) & ~1, ((height - fitHeight) / 2) & ~1, fitWidth, fitHeight);
    }
}
