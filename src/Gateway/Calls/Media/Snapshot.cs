using Avatar2D.Media;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>
/// A copy of a picture that another thread has asked for; the media thread only copies. While the way carries little, pictures are half
/// as wide and high: there is room for both sizes.
/// </summary>
internal sealed class Snapshot(int width, int height)
{
    private readonly I420Frame[] _copies = [new(width, height), HalfOf(width, height)];
    private readonly TaskCompletionSource<I420Frame?> _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The copy; null when the pictures have been negotiated to another size by now.</summary>
    public Task<I420Frame?> Picture => _taken.Task;

    /// <summary>Takes the copy.</summary>
    public void Take(I420View picture)
    {
        foreach (I420Frame copy in _copies)
        {
            if (picture.Width != copy.Width || picture.Height != copy.Height)
                continue;
            picture.CopyTo(copy.View);
            _taken.TrySetResult(copy);
            return;
        }

        _taken.TrySetResult(null);
    }

    private static I420Frame HalfOf(int width, int height)
    {
        (int halfWidth, int halfHeight) = SmallPictures.SizeOf(width, height);
        return new I420Frame(Math.Max(2, halfWidth), Math.Max(2, halfHeight));
    }
}
