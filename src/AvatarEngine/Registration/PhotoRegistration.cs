using System.Numerics;
using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Sources;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Registration;

/// <summary>
/// Makes an avatar of one picture: the square around the head, in which our own idle motion (sway, breath, blinks: the very one of
/// the drawn characters) warps the picture, so that it never looks frozen; the face's places follow exactly.
/// </summary>
/// <param name="options">Sizes and borders.</param>
public sealed class PhotoRegistration(RegistrationOptions options)
{
    /// <summary>Pictures of the head that the networks settle on before they are believed.</summary>
    private const int Looks = 3;

    private static readonly TimeSpan LoopLength = TimeSpan.FromSeconds(8);

    /// <summary>Makes the clip.</summary>
    /// <param name="photo">Upright.</param>
    /// <param name="faces">Fresh for this picture.</param>
    /// <param name="progress">Part that is done, 0..1.</param>
    /// <param name="cancellationToken">Stops after the picture at hand.</param>
    public RegistrationResult Run(I420View photo, IFaceReader faces, Action<double> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(faces);
        ArgumentNullException.ThrowIfNull(progress);
        bool seen = true;
        for (int look = 0; look < Looks && seen; look++)
            seen = faces.Update(photo, SteadyPictures.TimeOf(look));
        if (!seen)
            return new RegistrationResult(null, [.. SourceAdvice.Of(FaceVerdicts.NoFace)]);

        ReadOnlySpan<Vector2> points = faces.RawPoints;
        FaceQuality quality = new FaceQualityAssessor(options.Quality).Assess(photo, points, faces.Presence, faces.FacesSeen);
        var findings = SourceAdvice.Of(quality.Verdicts).ToList();
        float cheeks = FaceWidth.CheeksPx(points);
        if (cheeks < options.MinCheeksPx)
            findings.Add(SourceAdvice.TooSmall(cheeks, options.MinCheeksPx));
        bool isClosed = FaceSignals.Measure(points).MouthOpening <= options.ClosedGap;
        if (!isClosed)
            findings.Add(SourceAdvice.MouthNeverClosed(isPhoto: true));
        findings = [.. findings.OrderByDescending(f => f.Refuses)];
        if (findings.Any(f => f.Refuses))
            return new RegistrationResult(null, findings);

        PatchTransform place = FaceAlignment.Fit(points);
        var crop = new HeadCrop(
            HeadCrop.Around([place], photo.Width, photo.Height, options.CropEyeDistances), photo.Width, photo.Height, options.SidePx);
        float scale = (float)options.SidePx / crop.Area.Width;
        var shown = new Vector2[points.Length];
        for (int i = 0; i < shown.Length; i++)
            shown[i] = ((points[i] - new Vector2(crop.Area.X - 0.5f, crop.Area.Y - 0.5f)) * scale) - new Vector2(0.5f);
        SourceClip clip = Animate(crop.Cut(photo), crop.Place(place), new EyeLids(shown), progress, cancellationToken);
        return new RegistrationResult(clip with { MouthStaysClosed = isClosed }, findings);
    }

    /// <summary>The picture twice as references, then its idle loop.</summary>
    internal static SourceClip Animate(
        I420Frame still, PatchTransform place, EyeLids lids, Action<double> progress, CancellationToken cancellationToken)
    {
        FaceTimeline motion = FaceTimeline.Idle(Seed(still), LoopLength);
        var warp = new HeadWarp(place);
        List<I420Frame> pictures = [still, still];
        List<PatchTransform> transforms = [place, place];
        for (int frame = 0; frame < motion.FrameCount; frame++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FaceParameters now = motion.AtFrame(frame);
            PatchTransform to = Moved(place, now, still.Width);
            var picture = new I420Frame(still.Width, still.Height);
            float eyes = (float)(67 * place.Scale);
            warp.Apply(still.View, to, 0.024f * eyes * now.Breath, lids, now.EyeBlinkLeft, picture.View);
            pictures.Add(picture);
            transforms.Add(to);
            progress((frame + 1.0) / motion.FrameCount);
        }

        return new SourceClip(AvatarKind.Photo, pictures, transforms, LoopJoin.Exact, MouthStaysClosed: false);
    }

    /// <summary>The head's place in a moment of the motion: turned and grown about the neck, shifted.</summary>
    internal static PatchTransform Moved(in PatchTransform place, in FaceParameters now, int sidePx)
    {
        Vector2 neck = place.ToPicture(new Vector2(64, 130));
        double grown = 1 + now.HeadScale;
        double cos = grown * Math.Cos(now.HeadRoll), sin = grown * Math.Sin(now.HeadRoll);
        double x = place.Tx - neck.X, y = place.Ty - neck.Y;
        double eyes = 67 * place.Scale;
        return new PatchTransform(
            (cos * place.A) - (sin * place.B), (cos * place.B) + (sin * place.A),
            (cos * x) - (sin * y) + neck.X + (now.HeadShiftX * sidePx),
            (sin * x) + (cos * y) + neck.Y + (now.HeadShiftY * sidePx) - (0.008 * eyes * now.Breath));
    }

    /// <summary>The same picture always moves alike, two pictures do not blink together.</summary>
    private static int Seed(I420Frame picture)
    {
        uint sum = 2166136261;
        foreach (byte value in picture.Pixels)
            sum = (sum ^ value) * 16777619;
        return (int)(sum & 0xFFFFF);
    }
}
