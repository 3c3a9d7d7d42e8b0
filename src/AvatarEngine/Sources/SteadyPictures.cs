using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Sources;

/// <summary>
/// A film at a steady rate: picture n is the one that is shown at the middle of [n, n + 1) / rate, counted from the film's time 0
/// or its first picture. Variable rates, gaps and late starts are evened out. One thread.
/// </summary>
public sealed class SteadyPictures
{
    /// <summary>Pictures a second of everything that is learnt and served.</summary>
    public const int FrameRate = 25;

    /// <summary>A still of more seconds is a gap in the film, not a picture.</summary>
    private static readonly TimeSpan LongestStill = TimeSpan.FromSeconds(2);

    private readonly IPictureReader _film;
    private readonly bool _fromZero;
    private I420Frame? _current;
    private TimeSpan _origin;
    private bool _hasNext;
    private TimeSpan _nextTime;
    private TimeSpan _currentTime;

    /// <summary>Wraps a film that has not been read yet.</summary>
    /// <param name="film">It stays its owner's.</param>
    /// <param name="fromZero">True to count from time 0 of the film, where its sound begins; false from its first picture.</param>
    public SteadyPictures(IPictureReader film, bool fromZero)
    {
        _film = film;
        _fromZero = fromZero;
        Index = -1;
    }

    /// <summary>Number of the picture last read, from 0.</summary>
    public int Index { get; private set; }

    /// <summary>Time of the picture last read since the first.</summary>
    public TimeSpan Time => TimeOf(Index);

    /// <summary>Pictures of the film that were looked at; far fewer than <see cref="Index"/> means a slow film.</summary>
    public int FilmPictures { get; private set; }

    /// <summary>True when the picture last read is another one than that before it.</summary>
    public bool IsNew { get; private set; }

    /// <summary>The picture last read; valid until the next call.</summary>
    /// <exception cref="InvalidOperationException">None was read.</exception>
    public I420View Picture => _current is { } picture ? picture.View : throw new InvalidOperationException("No picture was read yet.");

    /// <summary>Time of a picture since the first.</summary>
    public static TimeSpan TimeOf(int index) => TimeSpan.FromSeconds((double)index / FrameRate);

    /// <summary>Reads the next picture.</summary>
    /// <returns>False at the end of the film, or at a gap of more than two seconds, or when its pictures change their size.</returns>
    /// <exception cref="InvalidDataException">The film cannot be read on.</exception>
    public bool TryRead()
    {
        if (Index < 0 && !Start())
            return false;
        Index++;
        IsNew = Index == 0;
        TimeSpan middle = TimeOf(Index) + TimeSpan.FromSeconds(0.5 / FrameRate);
        while (_hasNext && _nextTime <= middle)
        {
            if (!Take())
                return false;
            IsNew = true;
        }

        // The last picture is shown as long as one of the steady rate; it does not stand for ever.
        return _hasNext
            ? middle - _currentTime <= LongestStill
            : middle - _currentTime < TimeSpan.FromSeconds(1.0 / FrameRate) || (Index == 0 && _fromZero);
    }

    private bool Start()
    {
        if (!_film.TryRead())
            return false;
        _origin = _fromZero ? TimeSpan.Zero : _film.Time;
        _hasNext = true;
        _nextTime = _film.Time - _origin;
        return Take();
    }

    /// <summary>Makes the picture that is waiting the current one.</summary>
    private bool Take()
    {
        I420View next = _film.Picture;
        _current ??= new I420Frame(next.Width, next.Height);
        if (_current.Width != next.Width || _current.Height != next.Height)
            return false;
        next.CopyTo(_current.View);
        _currentTime = _nextTime;
        FilmPictures++;
        _hasNext = _film.TryRead();
        if (_hasNext)
            _nextTime = _film.Time - _origin;
        return true;
    }
}
