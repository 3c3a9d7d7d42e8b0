using System.Numerics;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Faces;

/// <summary>Judges pictures of faces. One instance serves one thread; allocates nothing per picture.</summary>
/// <param name="options">The borders.</param>
public sealed class FaceQualityAssessor(FaceQualityOptions options)
{
    private const int SamplePx = 96;
    private const float CutOffSlack = 0.02f;

    private const int PartPx = 24;

    // Sides of the squares that are looked at, eye distances: within the lids with some skin, and the lips.
    private const float EyeSide = 0.5f, MouthSide = 0.7f;

    private readonly float[] _luma = new float[SamplePx * SamplePx];
    private readonly float[] _part = new float[PartPx * PartPx];

    /// <summary>Judges the picture that a tracker has just seen.</summary>
    public FaceQuality Assess(I420View picture, FaceTracker tracker)
    {
        ArgumentNullException.ThrowIfNull(tracker);
        return tracker.HasFace ? Assess(picture, tracker.RawPoints, tracker.Presence, tracker.FacesSeen) : FaceQuality.Missing;
    }

    /// <summary>Judges a picture whose landmarks are known.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="points"><see cref="FacePoints.Count"/> landmarks in picture pixels.</param>
    /// <param name="presence">Certainty of the face, 0..1.</param>
    /// <param name="faces">Faces in the picture.</param>
    /// <exception cref="ArgumentException">Another number of points.</exception>
    public FaceQuality Assess(I420View picture, ReadOnlySpan<Vector2> points, float presence, int faces)
    {
        FaceRegion region = FaceRegion.Around(points);
        HeadPose pose = HeadPose.Estimate(points);
        FaceSignals signals = FaceSignals.Measure(points);
        float eyes = FacePoints.EyeDistance(points);
        // The box of the landmarks without the margin, so that the background does not count.
        FaceCropper.Luma(picture, region with { Side = region.Side / FaceRegion.Scale }, SamplePx, _luma);
        (float mean, float contrast, float sharpness) = Measure(_luma);
        FaceVerdicts verdicts = FaceVerdicts.None;
        void Judge(bool bad, FaceVerdicts verdict) => verdicts |= bad ? verdict : FaceVerdicts.None;
        Judge(faces > 1, FaceVerdicts.Several);
        Judge(eyes < options.MinEyeDistancePx, FaceVerdicts.TooSmall);
        Judge(MathF.Abs(pose.Yaw) > options.MaxYaw || MathF.Abs(pose.Pitch) > options.MaxPitch, FaceVerdicts.Turned);
        Judge(MathF.Abs(region.Roll) > options.MaxRoll, FaceVerdicts.Tilted);
        Judge(sharpness < options.MinSharpness, FaceVerdicts.Blurred);
        Judge(mean < options.MinLuma, FaceVerdicts.Dark);
        Judge(mean > options.MaxLuma, FaceVerdicts.Bright);
        Judge(contrast < options.MinContrast, FaceVerdicts.Flat);
        Judge(IsCutOff(picture, points, region.Side), FaceVerdicts.CutOff);
        Judge(presence < options.MinPresence || IsCovered(picture, points, region.Roll, eyes, contrast), FaceVerdicts.Doubtful);
        Judge(Math.Min(signals.BlinkLeft, signals.BlinkRight) > options.MaxBlink, FaceVerdicts.EyesClosed);
        return new FaceQuality(verdicts, eyes, pose, sharpness, mean, contrast, presence);
    }

    /// <summary>Eyes and lips stand out of the skin; where a board, a mask or dark glasses are, hardly anything does.</summary>
    private bool IsCovered(I420View picture, ReadOnlySpan<Vector2> points, float roll, float eyes, float contrast)
    {
        Vector2 mouth = (points[FacePoints.MouthRight] + points[FacePoints.MouthLeft]) / 2;
        float least = Math.Min(
            ContrastAt(picture, mouth, MouthSide * eyes, roll),
            Math.Min(ContrastAt(picture, FacePoints.RightEyeCentre(points), EyeSide * eyes, roll), ContrastAt(picture, FacePoints.LeftEyeCentre(points), EyeSide * eyes, roll)));
        return least < contrast * options.MinPartContrast;
    }

    private float ContrastAt(I420View picture, Vector2 centre, float side, float roll)
    {
        FaceCropper.Luma(picture, new FaceRegion(centre.X, centre.Y, side, roll), PartPx, _part);
        double sum = 0, squares = 0;
        foreach (float value in _part)
        {
            sum += value;
            squares += value * value;
        }

        double mean = sum / _part.Length;
        return (float)Math.Sqrt(Math.Max(0, (squares / _part.Length) - (mean * mean)));
    }

    private static bool IsCutOff(I420View picture, ReadOnlySpan<Vector2> points, float side)
    {
        float slack = side * CutOffSlack;
        foreach (Vector2 p in points)
        {
            if (p.X < -slack || p.Y < -slack || p.X > picture.Width - 1 + slack || p.Y > picture.Height - 1 + slack)
                return true;
        }

        return false;
    }

    // Sharpness: mean square of the Laplacian over the variance; both scale with contrast, so their ratio does not.
    private static (float Mean, float Contrast, float Sharpness) Measure(ReadOnlySpan<float> luma)
    {
        double sum = 0, squares = 0, detail = 0;
        foreach (float value in luma)
        {
            sum += value;
            squares += value * value;
        }

        for (int y = 1; y < SamplePx - 1; y++)
        {
            for (int x = 1; x < SamplePx - 1; x++)
            {
                int i = (y * SamplePx) + x;
                float laplacian = luma[i - 1] + luma[i + 1] + luma[i - SamplePx] + luma[i + SamplePx] - (4 * luma[i]);
                detail += laplacian * laplacian;
            }
        }

        double mean = sum / luma.Length;
        double variance = Math.Max(0, (squares / luma.Length) - (mean * mean));
        double energy = detail / ((SamplePx - 2) * (SamplePx - 2));
        return ((float)mean, (float)Math.Sqrt(variance), (float)(energy / Math.Max(variance, 1e-5)));
    }
}
