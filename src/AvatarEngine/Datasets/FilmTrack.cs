using System.Numerics;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Sources;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>A film looked at once: landmarks of every picture, and where its steady stretches are.</summary>
internal sealed class FilmTrack
{
    /// <summary>Verdicts that end a stretch; blur and light are part of the world.</summary>
    private const FaceVerdicts Bad = FaceVerdicts.NoFace | FaceVerdicts.Turned | FaceVerdicts.CutOff | FaceVerdicts.Doubtful;

    /// <summary>A jump of the eyes' middle by more than this part of their distance is a cut.</summary>
    private const float EyeJump = 0.5f;

    private const int GlancePx = 32;

    private readonly List<Vector2[]?> _points = [];
    private readonly List<bool> _cuts = [];

    private FilmTrack()
    {
    }

    /// <summary>Landmarks of each picture, film pixels; null where no good face is.</summary>
    public IReadOnlyList<Vector2[]?> Points => _points;

    /// <summary>Pictures a second that the film really has.</summary>
    public double FilmRate { get; private set; }

    /// <summary>Pixels of the film.</summary>
    public (int Width, int Height) Size { get; private set; }

    /// <summary>Looks at a film, from its time 0 on.</summary>
    /// <exception cref="InvalidDataException">The film cannot be read on.</exception>
    public static FilmTrack Of(IPictureReader film, IFaceReader faces, FilmOptions options, Action<double> progress, CancellationToken cancellationToken)
    {
        var track = new FilmTrack();
        var pictures = new SteadyPictures(film, fromZero: true);
        var assessor = new FaceQualityAssessor(options.Quality);
        byte[] before = [];
        int acquisitions = 0;
        while (pictures.TryRead())
        {
            cancellationToken.ThrowIfCancellationRequested();
            I420View picture = pictures.Picture;
            track.Size = (picture.Width, picture.Height);
            byte[] glance = Glance(picture);
            bool cut = before.Length > 0 && Difference(before, glance) > options.CutDifference;
            before = glance;
            bool seen = faces.Update(picture, pictures.Time)
                && (assessor.Assess(picture, faces.RawPoints, faces.Presence, faces.FacesSeen).Verdicts & Bad) == 0;
            track._points.Add(seen ? faces.RawPoints.ToArray() : null);
            track._cuts.Add(cut || faces.Acquisitions != acquisitions);
            acquisitions = faces.Acquisitions;
            if (film.Duration is { } length && length > TimeSpan.Zero)
                progress(Math.Min(1, pictures.Time / length));
        }

        track.FilmRate = pictures.Index < 1 ? 0 : (double)pictures.FilmPictures * SteadyPictures.FrameRate / track._points.Count;
        return track;
    }

    /// <summary>Steady stretches as [first, end), none longer than allowed, in order.</summary>
    public IReadOnlyList<(int First, int End)> Runs(FilmOptions options)
    {
        var runs = new List<(int First, int End)>();
        int first = 0;
        for (int n = 0; n <= _points.Count; n++)
        {
            if (n < _points.Count && _points[n] is not null && (n == first || !IsCut(n)))
                continue;
            Add(first, n);
            first = n < _points.Count && _points[n] is not null ? n : n + 1;
        }

        return runs;

        void Add(int from, int end)
        {
            // Equal parts, so that no short rest is lost.
            int parts = (end - from + options.LongestClip - 1) / options.LongestClip;
            for (int i = 0; i < parts; i++)
            {
                (int a, int b) = (from + (i * (end - from) / parts), from + ((i + 1) * (end - from) / parts));
                if (b - a >= options.ShortestClip)
                    runs.Add((a, b));
            }
        }
    }

    private bool IsCut(int n)
    {
        if (_cuts[n])
            return true;
        Vector2[] a = _points[n - 1]!, b = _points[n]!; // Both are seen: the caller has looked.
        Vector2 moved = FacePoints.LeftEyeCentre(b) + FacePoints.RightEyeCentre(b) - FacePoints.LeftEyeCentre(a) - FacePoints.RightEyeCentre(a);
        return moved.Length() / 2 > EyeJump * FacePoints.EyeDistance(a);
    }

    private static byte[] Glance(I420View picture)
    {
        byte[] small = new byte[GlancePx * GlancePx];
        for (int i = 0; i < small.Length; i++)
        {
            int x = (int)((i % GlancePx + 0.5) * picture.Width / GlancePx), y = (int)((i / GlancePx + 0.5) * picture.Height / GlancePx);
            small[i] = picture.Y[(y * picture.YStride) + x];
        }

        return small;
    }

    private static double Difference(byte[] a, byte[] b)
    {
        int sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += Math.Abs(a[i] - b[i]);
        return (double)sum / a.Length;
    }
}
