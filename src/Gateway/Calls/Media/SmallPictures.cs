using Avatar2D.Media;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>Pictures of another source, half as wide and half as high: for a way that carries no more.</summary>
internal sealed class SmallPictures
{
    private readonly I420Scaler _scaler;
    private readonly I420Frame _picture;

    /// <summary>Prepares to scale.</summary>
    /// <param name="width">Of the source, pixels.</param>
    /// <param name="height">Of the source, pixels.</param>
    public SmallPictures(int width, int height)
    {
        (Width, Height) = SizeOf(width, height);
        _scaler = new I420Scaler(width, height, Width, Height, ScaleMode.Stretch);
        _picture = new I420Frame(Width, Height);
    }

    /// <summary>Pixels; even.</summary>
    public int Width { get; }

    /// <summary>Pixels; even.</summary>
    public int Height { get; }

    /// <summary>Half of a size, with even sides.</summary>
    public static (int Width, int Height) SizeOf(int width, int height) => ((width / 2) & ~1, (height / 2) & ~1);

    /// <summary>The picture at its smaller size; valid until the next call. Allocates nothing.</summary>
    public I420View Shrink(I420View source)
    {
        _scaler.Scale(source, _picture.View);
        return _picture.View;
    }
}
