using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Marking;

/// <summary>Pictures with a label, drawn into a copy: what comes from a stage belongs to all calls.</summary>
/// <param name="inner">Draws; disposed with this.</param>
/// <param name="label">For the size of the pictures.</param>
/// <param name="width">Of the pictures, pixels.</param>
/// <param name="height">Of the pictures, pixels.</param>
internal sealed class LabelledPictures(IPictureSource inner, PictureLabel label, int width, int height) : IPictureSource
{
    private readonly I420Frame _picture = new(width, height);

    /// <inheritdoc/>
    public I420View PictureAt(double seconds, long mediaTime)
    {
        inner.PictureAt(seconds, mediaTime).CopyTo(_picture.View);
        label.Draw(_picture.View);
        return _picture.View;
    }

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();
}
