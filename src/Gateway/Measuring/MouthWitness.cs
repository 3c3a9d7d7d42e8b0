using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Codecs.Video;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Offline;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Phone;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Measuring;

/// <summary>Looks at the pictures of calls with one avatar at one size, and at the films that its model makes offline. One thread.</summary>
internal sealed class MouthWitness
{
    /// <summary>Lag that is allowed for in looking: more than any delay between a mouth and its sound.</summary>
    private const double MaxLag = 0.25;

    /// <summary>Other sentences are laid at their best place within this.</summary>
    private const double MaxOtherLag = 0.5;

    /// <summary>Pictures of the loop that tell how the mouth at rest reads.</summary>
    private const int RestPictures = 40;

    /// <summary>A meter that reads fewer of them is none for this face.</summary>
    private const double LeastRead = 0.9;

    private readonly Stage _stage;
    private readonly StageFace _face;
    private readonly Func<IMouthMeter> _meter;

    private MouthWitness(Stage stage, StageFace face, Func<IMouthMeter> meter)
    {
        _stage = stage;
        _face = face;
        _meter = meter;
        using IMouthMeter reader = meter();
        MeterName = reader.Name;
        int[] looked = [.. Enumerable.Range(0, RestPictures).Select(i => i * stage.FrameCount / RestPictures).Distinct()];
        double[] rest = [.. looked.Select((frame, i) => Read(reader, stage[frame].View, i * 0.04)).OfType<double>()];
        Rest = rest.Length > 0 ? Percentiles.Of(rest, 0.5) : 0;
        IsUsable = rest.Length >= LeastRead * looked.Length;
    }

    /// <summary>What reads the mouth.</summary>
    public string MeterName { get; }

    /// <summary>Opening of the mouth at rest as the meter reads it.</summary>
    public double Rest { get; }

    /// <summary>The meter reads nearly all pictures of the loop.</summary>
    private bool IsUsable { get; }

    /// <summary>A witness for a stage: by landmarks where there are nets that see this face, else by drawings where it is drawn.</summary>
    /// <param name="stage">Fully loaded, leased as long as the witness is used.</param>
    /// <param name="options">Where the networks are.</param>
    /// <returns>Null when the avatar has no face to move, or nothing can read it.</returns>
    public static MouthWitness? For(Stage stage, EngineOptions options)
    {
        if (stage.Face is not { } face)
            return null;
        if (Nets(options) is { } nets && new MouthWitness(stage, face, () => new TrackedMouthMeter(nets.CreateTracker())) is { IsUsable: true } tracked)
            return tracked;
        if (Gallery.Find(stage.Key.Avatar) is not { } character)
            return null;
        I420Frame[] loop = [.. Enumerable.Range(0, stage.FrameCount).Select(i => stage[i])];
        var drawn = new DrawnMouthMeter(character, loop, face.Source);
        return new MouthWitness(stage, face, () => drawn);
    }

    /// <summary>Opening of the mouth in each picture of a call; null where none could be read.</summary>
    public IReadOnlyList<double?> Read(WireRecord wire, VideoCodec codec)
    {
        using IMouthMeter meter = _meter();
        using var decoder = new LibAvVideoDecoder(codec);
        var openings = new List<double?>(wire.Seen.Count);
        foreach (SeenPicture picture in wire.Seen)
        {
            openings.Add(decoder.TryDecode(picture.AccessUnit, openings.Count, out DecodedVideo shown) && shown.Picture.Width == _stage.Key.Width
                && shown.Picture.Height == _stage.Key.Height ? Read(meter, shown.Picture, picture.Arrival) : null);
        }

        return openings;
    }

    /// <summary>Opening of the mouth that the model makes of a recording, as the same meter reads it.</summary>
    /// <param name="wav">The recording.</param>
    /// <param name="framesPerSecond">How finely.</param>
    public TimedCurve Film(string wav, int framesPerSecond)
    {
        using IMouthMeter meter = _meter();
        using var track = new SoundTrack(wav);
        using var motion = new SoundMotion(track, _face.Networks, _ => { });
        using var film = new SpeakingFilm(_stage, _face, motion);
        var times = new List<double>();
        var openings = new List<double>();
        double step = 1.0 / framesPerSecond;
        for (int i = 0; film.TryDraw(TimeSpan.FromSeconds(i * step), out I420View picture); i++)
        {
            if (Read(meter, picture, i * step) is not { } opening)
                continue;
            times.Add(i * step);
            openings.Add(opening);
        }

        return new TimedCurve(times, openings);
    }

    /// <summary>The mouth that was seen, over the time of the speech that was heard: both laid where their stamps say.</summary>
    /// <param name="wire">What came.</param>
    /// <param name="openings">Of <see cref="Read(WireRecord, VideoCodec)"/>.</param>
    /// <param name="heardSamples">Samples that were heard before the speech's first one.</param>
    /// <returns>Without points when a stamp is missing.</returns>
    public static TimedCurve Seen(WireRecord wire, IReadOnlyList<double?> openings, int heardSamples)
    {
        double? zero = wire.Heard.Count > 0 ? wire.Heard[0].Stamp + (heardSamples / (double)wire.SampleRateHz) : null;
        var times = new List<double>();
        var values = new List<double>();
        for (int i = 0; i < wire.Seen.Count && zero is not null; i++)
        {
            if (openings[i] is not { } opening || wire.Seen[i].Stamp - zero is not { } time || (times.Count > 0 && time <= times[^1]))
                continue;
            times.Add(time);
            values.Add(opening);
        }

        return new TimedCurve(times, values);
    }

    /// <summary>The figures of a call.</summary>
    /// <param name="seen">Of <see cref="Seen"/>.</param>
    /// <param name="wanted">The film of the same speech.</param>
    /// <param name="other">The film of other sentences.</param>
    /// <param name="phones">When each phone of the speech is heard.</param>
    public MouthFigures Figures(TimedCurve seen, TimedCurve wanted, TimedCurve other, IReadOnlyList<PhoneSpan> phones)
    {
        CurveMatch? match = CurveMatch.Of(wanted, seen, -MaxLag, MaxLag);
        LipClosure lips = LipClosure.Of(seen, phones, Rest);
        return new MouthFigures
        {
            Meter = MeterName,
            Pictures = seen.Count,
            Correlation = match?.Correlation,
            LagMs = match?.LagSeconds * 1000,
            Slope = match?.Slope,
            OtherCorrelation = CurveMatch.Of(other, seen, -MaxOtherLag, MaxOtherLag)?.Correlation,
            Closures = lips.Closures,
            Closed = lips.Closed,
            PausesClosed = lips.PauseShare,
            OpeningP95 = seen.Percentile(0.95),
        };
    }

    private static double? Read(IMouthMeter meter, I420View picture, double seconds) =>
        meter.TryMeasure(picture, TimeSpan.FromSeconds(Math.Max(0, seconds)), out double opening) ? opening : null;

    private static FaceModels? Nets(EngineOptions options)
    {
        try
        {
            return FaceNets.Load(options);
        }
        catch (ModelException)
        {
            return null; // A drawn face needs none.
        }
    }
}
