using System.Numerics;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Faces;

/// <summary>
/// Follows the most certain face of a picture stream: the landmarks of one picture give the region of the next, the detector
/// is asked only at the start and after a loss. One instance serves one stream and thread; allocates nothing per picture.
/// </summary>
public sealed class FaceTracker : IFaceReader
{
    // A centre that jumps by more than this part of the side is a cut, not a movement.
    private const float Jump = 0.35f;
    private const float MaxGrowth = 1.5f;

    // A face smaller than this part of the followed one is a bystander or a picture on the wall.
    private const float LeastOfMain = 0.4f;

    private readonly FaceDetector _detector;
    private readonly FaceLandmarker _landmarker;
    private readonly FaceTrackerOptions _options;
    private readonly PointSmoother _smoother;
    private readonly Vector2[] _raw = new Vector2[FacePoints.Count];
    private readonly Vector2[] _smooth = new Vector2[FacePoints.Count];
    private int _untilSearch;

    internal FaceTracker(FaceDetector detector, FaceLandmarker landmarker, FaceTrackerOptions options)
    {
        _detector = detector;
        _landmarker = landmarker;
        _options = options;
        _smoother = new PointSmoother(options.Smoothing);
    }

    /// <summary>Whether the last picture showed the face.</summary>
    public bool HasFace { get; private set; }

    /// <summary>Smoothed landmarks of the last picture with a face, picture pixels.</summary>
    public ReadOnlySpan<Vector2> Points => _smooth;

    /// <summary>Landmarks as the network read them.</summary>
    public ReadOnlySpan<Vector2> RawPoints => _raw;

    /// <summary>Where the face was last.</summary>
    public FaceRegion Region { get; private set; }

    /// <summary>Certainty of the last picture's face, 0..1.</summary>
    public float Presence { get; private set; }

    /// <summary>Faces in the picture of the last search: the one that is followed, and others of much its size that both networks take for faces.</summary>
    public int FacesSeen { get; private set; }

    /// <summary>Times that the face was found anew; it goes up at the start, after a loss and at a cut.</summary>
    public int Acquisitions { get; private set; }

    /// <summary>Takes the next picture.</summary>
    /// <param name="picture">The picture; its size may change.</param>
    /// <param name="time">Its media time; it does not run back.</param>
    /// <returns><see cref="HasFace"/>.</returns>
    public bool Update(I420View picture, TimeSpan time)
    {
        if (HasFace && Follow(picture))
        {
            _smoother.Smooth(_raw, time, _smooth);
            return true;
        }

        bool lost = HasFace;
        HasFace = false;
        if (!lost && _untilSearch-- > 0)
            return false;
        _untilSearch = _options.SearchEvery - 1;
        if (!Search(picture))
            return false;
        HasFace = true;
        Acquisitions++;
        _smoother.Reset();
        _smoother.Smooth(_raw, time, _smooth);
        return true;
    }

    /// <summary>Forgets the face; the next picture is searched.</summary>
    public void Reset()
    {
        HasFace = false;
        _untilSearch = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _detector.Dispose();
        _landmarker.Dispose();
    }

    private bool Follow(I420View picture)
    {
        Presence = _landmarker.Read(picture, Region, _raw);
        FaceRegion next = FaceRegion.Around(_raw);
        float moved = Vector2.Distance(new(next.X, next.Y), new(Region.X, Region.Y));
        bool same = Presence >= _options.KeepPresence && moved < Jump * Region.Side
            && next.Side < Region.Side * MaxGrowth && next.Side * MaxGrowth > Region.Side;
        if (same)
            Region = next;
        return same;
    }

    private bool Search(I420View picture)
    {
        ReadOnlySpan<FaceDetection> faces = _detector.Detect(picture);
        FacesSeen = 0;
        for (int found = 0; found < faces.Length; found++)
        {
            FaceDetection face = faces[found];
            FaceRegion region = face.Region;
            for (int i = 0; i <= _options.Refinements; i++)
            {
                Presence = _landmarker.Read(picture, region, _raw);
                region = FaceRegion.Around(_raw);
            }

            if (Presence < _options.AcceptPresence)
                continue;
            Region = region;
            FacesSeen = 1;
            CountOthers(picture, faces[(found + 1)..]);
            return true;
        }

        return false;
    }

    /// <summary>Detections are cheap and sometimes wrong: only what the landmark network confirms elsewhere counts.</summary>
    private void CountOthers(I420View picture, ReadOnlySpan<FaceDetection> faces)
    {
        Span<Vector2> other = stackalloc Vector2[FacePoints.Count];
        float presence = Presence;
        foreach (FaceDetection face in faces)
        {
            float apart = Vector2.Distance(new(face.Region.X, face.Region.Y), new(Region.X, Region.Y));
            if (face.Region.Side < LeastOfMain * Region.Side || apart < (face.Region.Side + Region.Side) / 4)
                continue;
            FacesSeen += _landmarker.Read(picture, face.Region, other) >= _options.AcceptPresence ? 1 : 0;
        }

        Presence = presence;
    }
}
