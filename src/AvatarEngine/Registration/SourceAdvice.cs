using System.Globalization;
using Avatar2D.AvatarEngine.Faces;

namespace Avatar2D.AvatarEngine.Registration;

/// <summary>From measures to findings with a sentence of advice each.</summary>
internal static class SourceAdvice
{
    /// <summary>Verdicts on one picture in the order of gravity.</summary>
    private static readonly (FaceVerdicts Of, SourceVerdict Verdict, bool Refuses, string Advice)[] Table =
    [
        (FaceVerdicts.NoFace, SourceVerdict.NoFace, true, "No face was found: show one face from the front, in good light, eyes and mouth free."),
        (FaceVerdicts.Several, SourceVerdict.SeveralFaces, true, "There are several faces: cut the picture so that one person is seen."),
        (FaceVerdicts.CutOff, SourceVerdict.CutOff, true, "A part of the face lies outside the picture: show the whole head with some room around it."),
        (FaceVerdicts.Turned, SourceVerdict.Turned, true, "The head is turned by more than 30 degrees: look into the camera."),
        (FaceVerdicts.Doubtful, SourceVerdict.Covered, true, "The face cannot be read: nothing may cover mouth, nose or eyes (hand, mask, microphone, scarf)."),
        (FaceVerdicts.Blurred, SourceVerdict.Blurred, false, "The face is blurred: hold the camera still and let it focus on the face, or use a larger picture."),
        (FaceVerdicts.Dark, SourceVerdict.Dark, false, "The face is dark: take light from the front."),
        (FaceVerdicts.Bright, SourceVerdict.Bright, false, "The face is too bright: avoid direct sun and flash."),
        (FaceVerdicts.Flat, SourceVerdict.Flat, false, "The face has hardly any contrast: wipe the lens and avoid light from behind."),
        (FaceVerdicts.Tilted, SourceVerdict.Tilted, false, "The head is tilted: hold it upright."),
        (FaceVerdicts.EyesClosed, SourceVerdict.EyesClosed, false, "The eyes are closed: choose a picture with open eyes."),
    ];

    /// <summary>Those verdicts that forbid the use of a picture.</summary>
    public static FaceVerdicts Refusing { get; } = Table.Where(t => t.Refuses).Aggregate(FaceVerdicts.None, (sum, t) => sum | t.Of);

    /// <summary>Findings on verdicts, gravest first.</summary>
    public static IEnumerable<SourceFinding> Of(FaceVerdicts verdicts) =>
        from row in Table
        where (verdicts & row.Of) != 0
        select new SourceFinding(row.Verdict, row.Refuses, row.Advice);

    /// <summary>The face is too small.</summary>
    public static SourceFinding TooSmall(float cheeksPx, float neededPx) => new(
        SourceVerdict.TooSmall, true, string.Create(
            CultureInfo.InvariantCulture,
            $"The face is {cheeksPx:0} pixels wide between the cheeks and needs {neededPx:0}: come nearer, or use a picture of more pixels."));

    /// <summary>The stretch is too short.</summary>
    public static SourceFinding TooShort(double seconds, double needed) => new(
        SourceVerdict.TooShort, true, string.Create(
            CultureInfo.InvariantCulture,
            $"The longest steady stretch of the face is {seconds:0.0} s and needs {needed:0.0} s: hold still, look into the camera, no cuts."));

    /// <summary>The film is too slow.</summary>
    public static SourceFinding TooSlow(double rate, double needed) => new(
        SourceVerdict.TooSlow, true, string.Create(
            CultureInfo.InvariantCulture, $"The video has {rate:0.#} pictures a second and needs {needed:0}: record at 25 or 30."));

    /// <summary>The lips are never closed.</summary>
    public static SourceFinding MouthNeverClosed(bool isPhoto) => new(
        SourceVerdict.MouthNeverClosed, false, isPhoto
            ? "The mouth is open: a picture with closed lips gives a better avatar."
            : "The mouth is never closed: begin with two seconds of silence and closed lips.");

    /// <summary>The mouth is never open.</summary>
    public static SourceFinding MouthNeverOpen { get; } = new(
        SourceVerdict.MouthNeverOpen, false, "Teeth are never seen and will be guessed: say a sentence or smile for a moment.");
}
