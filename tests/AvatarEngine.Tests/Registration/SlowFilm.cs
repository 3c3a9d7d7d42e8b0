using Avatar2D.AvatarEngine.Sources;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Tests.Registration;

/// <summary>Every so many pictures of another film.</summary>
internal sealed class SlowFilm(IPictureReader film, int every) : IPictureReader
{
    public I420View Picture => film.Picture;

    public TimeSpan Time => film.Time;

    public TimeSpan? Duration => film.Duration;

    public bool TryRead()
    {
        bool read = film.TryRead();
        for (int i = 1; i < every && read && film.Time.TotalSeconds * 25 % every > 0.5; i++)
            read = film.TryRead();
        return read;
    }

    public void Rewind() => film.Rewind();

    public void Dispose()
    {
    }
}
