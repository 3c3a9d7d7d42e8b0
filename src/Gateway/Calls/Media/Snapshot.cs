using Avatar2D.Media;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>A copy of a picture that another thread has asked for; the media thread only copies.</summary>
internal sealed class Snapshot(int width, int height)
{
    private readonly I420Frame _copy = new(width, height);
    private readonly TaskCompletionSource<I420Frame?> _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The copy; null when the pictures have another size by now.</summary>
    public Task<I420Frame?> Picture => _taken.Task;

    /// <summary>Takes the copy.</summary>
    public void Take(I420View picture)
    {
        bool fits = picture.Width == _copy.Width && picture.Height == _copy.Height;
        if (fits)
            picture.CopyTo(_copy.View);
        _taken.TrySetResult(fits ? _copy : null);
    }
}
