using System.Numerics;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Sources;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Registration;

/// <summary>A film looked at once: the face of every picture and a small grey copy of it.</summary>
internal sealed class FilmSurvey
{
    /// <summary>Longer side of the small copies, pixels.</summary>
    public const int GlancePx = 96;

    private readonly List<SurveyedFrame> _frames = [];
    private readonly List<byte[]> _glances = [];

    private FilmSurvey()
    {
    }

    /// <summary>Measures of the pictures, in order.</summary>
    public IReadOnlyList<SurveyedFrame> Frames => _frames;

    /// <summary>Grey copies of the pictures, <see cref="GlanceWidth"/> x <see cref="GlanceHeight"/>.</summary>
    public IReadOnlyList<byte[]> Glances => _glances;

    /// <summary>Pixels.</summary>
    public int GlanceWidth { get; private set; }

    /// <summary>Pixels.</summary>
    public int GlanceHeight { get; private set; }

    /// <summary>Pixels of the film.</summary>
    public int Width { get; private set; }

    /// <summary>Pixels of the film.</summary>
    public int Height { get; private set; }

    /// <summary>Pictures a second that the film really has.</summary>
    public double FilmRate { get; private set; }

    /// <summary>Looks at a film.</summary>
    /// <param name="film">At its beginning.</param>
    /// <param name="faces">Fresh for this film.</param>
    /// <param name="options">Borders.</param>
    /// <param name="progress">Part that is done, 0..1.</param>
    /// <param name="cancellationToken">Stops after the picture at hand.</param>
    /// <exception cref="InvalidDataException">The film cannot be read on.</exception>
    public static FilmSurvey Of(
        IPictureReader film, IFaceReader faces, RegistrationOptions options, Action<double> progress, CancellationToken cancellationToken)
    {
        var survey = new FilmSurvey();
        var pictures = new SteadyPictures(film, fromZero: false);
        var assessor = new FaceQualityAssessor(options.Quality);
        int most = (int)(options.LongestSeconds * SteadyPictures.FrameRate);
        double expected = Math.Min(most, (film.Duration?.TotalSeconds ?? options.LongestSeconds) * SteadyPictures.FrameRate);
        while (survey._frames.Count < most && pictures.TryRead())
        {
            cancellationToken.ThrowIfCancellationRequested();
            survey.Look(pictures, faces, assessor);
            progress(Math.Min(1, survey._frames.Count / Math.Max(1, expected)));
        }

        survey.FilmRate = survey._frames.Count == 0 ? 0 : (double)pictures.FilmPictures * SteadyPictures.FrameRate / survey._frames.Count;
        return survey;
    }

    private void Look(SteadyPictures pictures, IFaceReader faces, FaceQualityAssessor assessor)
    {
        I420View picture = pictures.Picture;
        if (_frames.Count == 0)
        {
            (Width, Height) = (picture.Width, picture.Height);
            float scale = (float)GlancePx / Math.Max(Width, Height);
            (GlanceWidth, GlanceHeight) = (Math.Max(1, (int)(Width * scale)), Math.Max(1, (int)(Height * scale)));
        }

        _glances.Add(Glance(picture));
        if (!faces.Update(picture, pictures.Time))
        {
            _frames.Add(new SurveyedFrame(false, faces.Acquisitions, default, 0, [], 0, 0, 0, FaceQuality.Missing));
            return;
        }

        ReadOnlySpan<Vector2> points = faces.RawPoints;
        FaceSignals signals = FaceSignals.Measure(points);
        _frames.Add(new SurveyedFrame(
            true, faces.Acquisitions, FaceAlignment.Fit(points), signals.MouthOpening, Mouth(points), MouthTeeth.Share(picture, points),
            MathF.Min(signals.BlinkLeft, signals.BlinkRight), FaceWidth.CheeksPx(points),
            assessor.Assess(picture, points, faces.Presence, faces.FacesSeen)));
    }

    private static float[] Mouth(ReadOnlySpan<Vector2> points)
    {
        Span<Vector2> patch = stackalloc Vector2[FacePoints.Count];
        FaceAlignment.ToPatch(points, FaceAlignment.Fit(points), patch);
        float[] measures = new float[MouthGeometry.Count];
        MouthGeometry.Measure(patch, measures);
        return measures;
    }

    /// <summary>Means of the luma over each small pixel's area.</summary>
    private byte[] Glance(I420View picture)
    {
        byte[] small = new byte[GlanceWidth * GlanceHeight];
        for (int row = 0; row < GlanceHeight; row++)
        {
            int top = row * Height / GlanceHeight;
            int bottom = Math.Max(top + 1, (row + 1) * Height / GlanceHeight);
            for (int column = 0; column < GlanceWidth; column++)
            {
                int left = column * Width / GlanceWidth;
                int right = Math.Max(left + 1, (column + 1) * Width / GlanceWidth);
                int sum = 0;
                for (int y = top; y < bottom; y++)
                {
                    foreach (byte value in picture.Y.Slice((y * picture.YStride) + left, right - left))
                        sum += value;
                }

                small[(row * GlanceWidth) + column] = (byte)(sum / ((right - left) * (bottom - top)));
            }
        }

        return small;
    }
}
