using System.Numerics;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Driving.Video;

/// <summary>
/// From the pictures of a person to motion codes (TR 26.813 §6.3.2: the driving input is a video): the face's landmarks, measured and
/// laid over the person's own range, so that any face drives any other. The residual numbers stay 0, unknown. One thread.
/// </summary>
/// <param name="faces">Fresh for each pass over the film; stays the caller's.</param>
/// <param name="range">Of the person; null while the film is surveyed.</param>
public sealed class VideoDriver(IFaceReader faces, PersonRange? range = null)
{
    private readonly float[] _measures = new float[MouthGeometry.Count];

    /// <summary>Takes a picture into a survey.</summary>
    /// <param name="survey">Gets it if it shows a face.</param>
    /// <param name="picture">The next of the film.</param>
    /// <param name="time">Its time.</param>
    public void Look(MouthSurvey survey, I420View picture, TimeSpan time)
    {
        if (TryMeasure(picture, time))
            survey.Add(_measures);
    }

    /// <summary>The motion code of a picture.</summary>
    /// <param name="picture">The next of the film.</param>
    /// <param name="time">Its time.</param>
    /// <param name="z">Filled when there is a face, else untouched.</param>
    /// <returns>Whether the picture shows a face.</returns>
    /// <exception cref="InvalidOperationException">The person's range is not known.</exception>
    public bool TryDrive(I420View picture, TimeSpan time, Span<float> z)
    {
        PersonRange person = range ?? throw new InvalidOperationException("The film was not surveyed.");
        if (!TryMeasure(picture, time))
            return false;
        person.Encode(_measures, z);
        return true;
    }

    private bool TryMeasure(I420View picture, TimeSpan time)
    {
        if (!faces.Update(picture, time))
            return false;
        ReadOnlySpan<Vector2> points = faces.RawPoints;
        Span<Vector2> patch = stackalloc Vector2[FacePoints.Count];
        FaceAlignment.ToPatch(points, FaceAlignment.Fit(points), patch);
        MouthGeometry.Measure(patch, _measures);
        return true;
    }
}
