using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Sources;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Registration;

/// <summary>
/// Makes an avatar of a video: looks at all of it, chooses the loop and the references, then cuts their pictures out. At most
/// <see cref="RegistrationOptions.LongestLoopSeconds"/> of pictures are in memory.
/// </summary>
/// <param name="options">Sizes and borders.</param>
public sealed class VideoRegistration(RegistrationOptions options)
{
    /// <summary>Looking takes most of the time.</summary>
    private const double SurveyShare = 0.8;

    /// <summary>A verdict on more than this part of the pictures is one on the video.</summary>
    private const double MostOf = 0.5;

    /// <summary>Makes the clip.</summary>
    /// <param name="film">At its beginning.</param>
    /// <param name="faces">Fresh for this film.</param>
    /// <param name="progress">Part that is done, 0..1.</param>
    /// <param name="cancellationToken">Stops after the picture at hand.</param>
    /// <exception cref="InvalidDataException">The film cannot be read on.</exception>
    public RegistrationResult Run(IPictureReader film, IFaceReader faces, Action<double> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(film);
        ArgumentNullException.ThrowIfNull(faces);
        ArgumentNullException.ThrowIfNull(progress);
        FilmSurvey survey = FilmSurvey.Of(film, faces, options, done => progress(SurveyShare * done), cancellationToken);
        List<SourceFinding> refusals = Refusals(survey);
        if (refusals.Count > 0)
            return new RegistrationResult(null, refusals);

        SurveyedFrame[] frames = Smoothed(survey.Frames);
        PictureArea area = HeadCrop.Around(
            [.. frames.Where(f => f.IsUsable).Select(f => f.Transform)], survey.Width, survey.Height, options.CropEyeDistances);
        if (new LoopChooser(frames, new GlanceDifference(survey, area).Of, options).Choose() is not { } loop)
            return new RegistrationResult(null, TooShort(survey));

        // The square of what is shown may be narrower than that of all that was seen.
        (int closed, int open) = ReferenceChooser.Choose(frames, loop);
        PatchTransform[] shown = [.. Enumerable.Range(loop.First, loop.Count).Append(closed).Append(open).Select(n => frames[n].Transform)];
        area = HeadCrop.Around(shown, survey.Width, survey.Height, options.CropEyeDistances);
        var crop = new HeadCrop(area, survey.Width, survey.Height, options.SidePx);
        var wanted = new HashSet<int>(Enumerable.Range(loop.First, loop.Count)) { closed, open };
        wanted.UnionWith(Enumerable.Range(0, loop.LoopFrames).Where(n => loop.Fade(n) > 0).Select(loop.FadeFrame));
        Dictionary<int, I420Frame> cut = Cut(film, crop, wanted, done => progress(SurveyShare + ((1 - SurveyShare) * done)), cancellationToken);

        var pictures = new List<I420Frame> { cut[closed], cut[open] };
        var transforms = new List<PatchTransform> { crop.Place(frames[closed].Transform), crop.Place(frames[open].Transform) };
        for (int n = 0; n < loop.LoopFrames; n++)
        {
            (I420Frame picture, PatchTransform place) = Loop(n, loop, frames, cut, crop);
            pictures.Add(picture);
            transforms.Add(place);
        }

        bool isClosed = frames[loop.First..(loop.First + loop.Count)].All(f => f.Opening <= options.ClosedGap);
        var clip = new SourceClip(AvatarKind.Video, pictures, transforms, loop.Join, isClosed) { Mouths = [.. frames.Where(f => f.IsUsable).Select(f => f.Mouth)] };
        return new RegistrationResult(clip, Advice(frames, loop));
    }

    private List<SourceFinding> Refusals(FilmSurvey survey)
    {
        var findings = new List<SourceFinding>();
        SurveyedFrame[] seen = [.. survey.Frames.Where(f => f.HasFace)];
        if (survey.Frames.Count > 0 && survey.FilmRate < options.MinFilmRate && survey.Frames.Count > SteadyPictures.FrameRate / 2)
            findings.Add(SourceAdvice.TooSlow(survey.FilmRate, options.MinFilmRate));
        if (seen.Length < MostOf * survey.Frames.Count || seen.Length == 0)
        {
            findings.AddRange(SourceAdvice.Of(FaceVerdicts.NoFace));
            return findings;
        }

        double cheeks = ReferenceChooser.Median(seen.Select(f => (double)f.CheeksPx));
        if (cheeks < options.MinCheeksPx)
            findings.Add(SourceAdvice.TooSmall((float)cheeks, options.MinCheeksPx));
        findings.AddRange(SourceAdvice.Of(Mostly(seen)).Where(f => f.Refuses));
        return findings;
    }

    private List<SourceFinding> TooShort(FilmSurvey survey)
    {
        IReadOnlyList<(int First, int End)> runs = LoopChooser.Runs(survey.Frames);
        (int first, int end) = runs.Count > 0 ? runs[0] : default;
        List<SourceFinding> findings = [SourceAdvice.TooShort((double)(end - first) / SteadyPictures.FrameRate, options.ShortestSeconds)];

        // What makes pictures unusable now and then explains why the rest is short.
        FaceVerdicts now = survey.Frames.Aggregate(FaceVerdicts.None, (sum, f) => sum | f.Quality.Verdicts);
        findings.AddRange(SourceAdvice.Of(now).Where(f => f.Refuses).Select(f => f with { Refuses = false }));
        return findings;
    }

    private List<SourceFinding> Advice(SurveyedFrame[] frames, LoopChoice loop)
    {
        SurveyedFrame[] shown = frames[loop.First..(loop.First + loop.Count)];
        List<SourceFinding> findings = [.. SourceAdvice.Of(Mostly(shown))];
        MouthRange mouth = MouthRange.Of(frames);
        if (mouth.Closed > options.ClosedGap)
            findings.Add(SourceAdvice.MouthNeverClosed(isPhoto: false));
        if (mouth.Open - mouth.Closed < options.OpenRange)
            findings.Add(SourceAdvice.MouthNeverOpen);
        return findings;
    }

    private static FaceVerdicts Mostly(SurveyedFrame[] frames) => Enum.GetValues<FaceVerdicts>()
        .Where(v => v != FaceVerdicts.None && frames.Count(f => (f.Quality.Verdicts & v) != 0) > MostOf * frames.Length)
        .Aggregate(FaceVerdicts.None, (sum, v) => sum | v);

    /// <summary>The transforms smoothed within each uninterrupted stretch.</summary>
    private static SurveyedFrame[] Smoothed(IReadOnlyList<SurveyedFrame> frames)
    {
        SurveyedFrame[] smooth = [.. frames];
        for (int first = 0; first < smooth.Length;)
        {
            int end = first + 1;
            while (end < smooth.Length && smooth[end].HasFace == smooth[first].HasFace && smooth[end].Run == smooth[first].Run)
                end++;
            if (smooth[first].HasFace)
            {
                PatchTransform[] raw = [.. smooth[first..end].Select(f => f.Transform)];
                var calm = new PatchTransform[raw.Length];
                FaceAlignment.Smooth(raw, calm);
                for (int n = first; n < end; n++)
                    smooth[n] = smooth[n] with { Transform = calm[n - first] };
            }

            first = end;
        }

        return smooth;
    }

    private static Dictionary<int, I420Frame> Cut(
        IPictureReader film, HeadCrop crop, HashSet<int> wanted, Action<double> progress, CancellationToken cancellationToken)
    {
        film.Rewind();
        var pictures = new SteadyPictures(film, fromZero: false);
        var cut = new Dictionary<int, I420Frame>();
        while (cut.Count < wanted.Count && pictures.TryRead())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (wanted.Contains(pictures.Index))
            {
                cut.Add(pictures.Index, crop.Cut(pictures.Picture));
                progress((double)cut.Count / wanted.Count);
            }
        }

        return cut.Count == wanted.Count ? cut : throw new InvalidDataException("The video ended earlier when it was read a second time.");
    }

    private static (I420Frame Picture, PatchTransform Place) Loop(
        int n, LoopChoice loop, SurveyedFrame[] frames, Dictionary<int, I420Frame> cut, HeadCrop crop)
    {
        int film = loop.FilmFrame(n);
        PatchTransform here = crop.Place(frames[film].Transform);
        double fade = loop.Fade(n);
        if (fade <= 0)
            return (cut[film], here);

        // Both pictures are brought to one place between theirs before they are mixed: a head, not two.
        int other = loop.FadeFrame(n);
        PatchTransform there = crop.Place(frames[other].Transform);
        var between = new PatchTransform(
            Mix(here.A, there.A, fade), Mix(here.B, there.B, fade), Mix(here.Tx, there.Tx, fade), Mix(here.Ty, there.Ty, fade));
        var a = new I420Frame(crop.SidePx, crop.SidePx);
        var b = new I420Frame(crop.SidePx, crop.SidePx);
        new HeadWarp(here).Apply(cut[film].View, between, 0, null, 0, a.View);
        new HeadWarp(there).Apply(cut[other].View, between, 0, null, 0, b.View);
        for (int i = 0; i < a.Pixels.Length; i++)
            a.Pixels[i] = (byte)Math.Round(Mix(a.Pixels[i], b.Pixels[i], fade));
        return (a, between);
    }

    private static double Mix(double a, double b, double share) => a + (share * (b - a));
}
