using Avatar2D.AvatarEngine.Driving.Video;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Sources;

namespace Avatar2D.Gateway.Offline;

/// <summary>
/// A film driven by another one: the mouth of the person in it, laid over that person's own range. Codes are read 25 times a second,
/// smoothed over three of them (landmarks tremble), and laid between them for other rates. A few codes are kept, whatever the length.
/// </summary>
internal sealed class FaceMotion : IMotionSource
{
    /// <summary>Codes around a picture: one before, itself, and two after it.</summary>
    private const int Kept = 8;

    /// <summary>What a code keeps of itself from picture to picture while the face is not seen: a fifth of a second to close.</summary>
    private const float Fade = 0.7f;

    /// <summary>A film that shows its face in a smaller share of the pictures drives nothing.</summary>
    private const double LeastShare = 0.2;

    private readonly IPictureReader _film;
    private readonly SteadyPictures _pictures;
    private readonly VideoDriver _driver;
    private readonly SoundCopy? _sound;
    private readonly float[][] _codes;
    private readonly float[] _presence = new float[Kept];
    private readonly float[] _code;
    private float _seen;
    private bool _ended;

    /// <summary>Prepares to drive.</summary>
    /// <param name="film">At its beginning; stays the caller's.</param>
    /// <param name="faces">Fresh; stays the caller's.</param>
    /// <param name="person">Of <see cref="Survey"/>.</param>
    /// <param name="codeCount">Numbers of z.</param>
    /// <param name="sound">Comes along with the pictures; null for a film without.</param>
    public FaceMotion(IPictureReader film, IFaceReader faces, PersonRange person, int codeCount, SoundCopy? sound)
    {
        _film = film;
        _pictures = new SteadyPictures(film, fromZero: true);
        _driver = new VideoDriver(faces, person);
        _sound = sound;
        _code = new float[codeCount];
        _codes = [.. Enumerable.Range(0, Kept).Select(_ => new float[codeCount])];
    }

    /// <inheritdoc/>
    public TimeSpan? Length => _ended ? SteadyPictures.TimeOf(Count) : _film.Duration;

    /// <summary>Pictures read.</summary>
    private int Count { get; set; }

    /// <summary>Looks at a whole film, for the range of the person in it; the film is then at its beginning again.</summary>
    /// <param name="film">At its beginning.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="faces">Fresh.</param>
    /// <param name="looked">Told how far it is.</param>
    /// <param name="cancellationToken">Stops after the picture at hand.</param>
    /// <exception cref="InvalidDataException">It cannot be read, or hardly shows a face.</exception>
    public static PersonRange Survey(IPictureReader film, string name, IFaceReader faces, Action<TimeSpan> looked, CancellationToken cancellationToken)
    {
        var pictures = new SteadyPictures(film, fromZero: true);
        var driver = new VideoDriver(faces);
        var survey = new MouthSurvey();
        int count = 0;
        for (; pictures.TryRead(); count++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            driver.Look(survey, pictures.Picture, pictures.Time);
            looked(pictures.Time);
        }

        film.Rewind();
        if (count == 0)
            throw new InvalidDataException($"{name} has no picture.");
        return survey.Pictures >= LeastShare * count && survey.Pictures > 0
            ? survey.ToRange()
            : throw new InvalidDataException(
                $"{name} shows a face in {survey.Pictures} of {count} pictures: a driving video shows one person from the front, the face at least 60 pixels wide.");
    }

    /// <inheritdoc/>
    public bool TryDrive(TimeSpan time, Span<float> z, out float voice)
    {
        double place = time.TotalSeconds * SteadyPictures.FrameRate;
        int before = (int)(place + 1e-6); // At equal rates picture n is picture n.
        float share = (float)Math.Max(0, place - before);
        while (!_ended && Count < before + 3)
            Read();
        voice = 0;
        if (before >= Count)
            return false;
        for (int i = 0; i < _code.Length; i++)
            z[i] = ((1 - share) * Smooth(before, i)) + (share * Smooth(before + 1, i));
        voice = _presence[At(before) % Kept];
        _sound?.UpTo(time + SteadyPictures.TimeOf(1));
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Film, faces and sound are the caller's.
    }

    private void Read()
    {
        if (!_pictures.TryRead())
        {
            _ended = true;
            return;
        }

        if (_driver.TryDrive(_pictures.Picture, _pictures.Time, _code))
        {
            _seen = 1;
        }
        else
        {
            _seen *= Fade;
            for (int i = 0; i < _code.Length; i++)
                _code[i] *= Fade;
        }

        _code.CopyTo(_codes[Count % Kept], 0);
        _presence[Count % Kept] = _seen;
        Count++;
    }

    private float Smooth(int picture, int number) =>
        (_codes[At(picture - 1) % Kept][number] + (2 * _codes[At(picture) % Kept][number]) + _codes[At(picture + 1) % Kept][number]) / 4;

    /// <summary>A picture that there is.</summary>
    private int At(int picture) => Math.Clamp(picture, 0, Count - 1);
}
