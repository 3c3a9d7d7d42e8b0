using System.Numerics;
using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Driving.Video;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Inference;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Registration;
using Avatar2D.AvatarEngine.Rendering;
using Avatar2D.AvatarEngine.Sources;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Avatars;

/// <summary>
/// Tries the model on a face that is being registered: pictures of its loop, with mouths that the person made at other moments of the
/// film, are read as the film was. What is missing of the opening becomes the avatar's <see cref="MouthGain"/>
/// (training's evaluate.py does the same before it measures).
/// </summary>
internal static class MouthFitting
{
    /// <summary>Mouths that are tried, evenly spread over the film.</summary>
    private const int Tries = 50;

    /// <summary>A film of fewer pictures with a face tells too little.</summary>
    private const int LeastPictures = 50;

    /// <summary>A mouth that follows its own codes less (correlation) is not read well enough to be stretched by what is read.</summary>
    private const double LeastFollowed = 0.7;

    /// <summary>Half a second of work.</summary>
    /// <param name="clip">The new avatar.</param>
    /// <param name="networks">The model.</param>
    /// <param name="faces">Fresh, for the pictures that are made.</param>
    /// <param name="cancellationToken">Stops after the picture at hand.</param>
    /// <returns>Null where the film tells too little, and for a photo: the codes are taken as they are.</returns>
    /// <exception cref="InferenceException">A network failed.</exception>
    public static MouthGain? Fit(SourceClip clip, FaceNetworks networks, IFaceReader faces, CancellationToken cancellationToken)
    {
        if (clip.Mouths.Count < LeastPictures)
            return null;
        var survey = new MouthSurvey();
        foreach (float[] mouth in clip.Mouths)
            survey.Add(mouth);
        PersonRange person = survey.ToRange();
        var track = new FaceTrack(clip.Transforms);
        using var renderer = new FaceRenderer(networks);
        var source = new FaceSource(
            [.. Enumerable.Range(0, track.LoopFrames).Select(track.Loop)],
            PatchPicture.Cut(clip.Pictures[0].View, track.Closed, renderer.PatchPx), PatchPicture.Cut(clip.Pictures[1].View, track.Open, renderer.PatchPx));
        var target = new I420Frame(clip.Pictures[0].Width, clip.Pictures[0].Height);
        var reader = new VideoDriver(faces, person);
        float[] told = new float[renderer.CodeCount];
        float[] read = new float[renderer.CodeCount];
        var openings = new List<Vector2>(Tries);
        for (int i = 0; i < Tries; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int frame = i % track.LoopFrames;
            person.Encode(clip.Mouths[i * clip.Mouths.Count / Tries], told);
            renderer.Render(source, frame, clip.Pictures[FaceTrack.References + frame].View, told, target.View);
            if (reader.TryDrive(target.View, SteadyPictures.TimeOf(i), read))
                openings.Add(new Vector2(told[MotionCode.LipGap], read[MotionCode.LipGap]));
        }

        return Factor(openings) is { } factor ? new MouthGain(networks.Model.Name, factor) : null;
    }

    /// <summary>
    /// What the openings told must be multiplied by to be read as wide a range: the ratio of the deviations, as both are read with an
    /// error. Null when they hardly follow.
    /// </summary>
    /// <param name="openings">Told (X) and read (Y).</param>
    internal static float? Factor(IReadOnlyCollection<Vector2> openings)
    {
        if (openings.Count < LeastPictures / 2)
            return null;
        Vector2 mean = openings.Aggregate(Vector2.Zero, (sum, one) => sum + one) / openings.Count;
        double both = 0, told = 0, read = 0;
        foreach (Vector2 one in openings)
        {
            Vector2 off = one - mean;
            both += off.X * off.Y;
            told += off.X * off.X;
            read += off.Y * off.Y;
        }

        return both / Math.Sqrt(told * read) >= LeastFollowed ? (float)Math.Clamp(Math.Sqrt(told / read), MouthGain.Least, MouthGain.Most) : null;
    }
}
