using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Codecs.Files;
using Avatar2D.Codecs.Video;
using Avatar2D.Gateway.Measuring;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Phone;
using Avatar2D.Gateway.Speech;
using Avatar2D.Media;

namespace Avatar2D.Interop.Tests.Harness;

/// <summary>
/// Whether the mouth that a phone saw says what it said: read by the face tracker off the pictures, laid over the sound by RTP and
/// RTCP stamps, and compared with the film that the same model makes of the same speech offline.
/// </summary>
internal static class MouthChecks
{
    /// <summary>Of all that was sent; a busy machine leaves pictures out, so that fewer moments are compared.</summary>
    private const double LeastCorrelation = 0.85, OtherBelow = 0.4, PauseShare = 0.9, LagMs = 40;

    /// <summary>Of what the phone gave away: a tenth of the pictures, so that chance has more say.</summary>
    private const double LeastShownCorrelation = 0.75, OtherShownBelow = 0.25, LagShownMs = 60;

    /// <summary>Calls until one comes through whole: a machine that starves the phone for moments breaks the very voice that the lips follow.</summary>
    public const int Attempts = 3;

    /// <summary>The speech as it comes back; G.711 and Opus keep more than that.</summary>
    private const double WholeSound = 0.8, WholeOpusSound = 0.6;

    /// <summary>PSNR of the luma of a picture that a phone decoded against that which was sent: both decoders make the same of it, files lose a little.</summary>
    private const double SamePicture = 28;

    /// <summary>Pictures that are collected: as many moments of the speech.</summary>
    private const int WantedShown = 90;

    /// <summary>Fewer of them in speech that came back whole say nothing: by chance they fit, or do not.</summary>
    private const int LeastShown = 40;

    /// <summary>A phone that has not given enough away by then cannot keep up with the pictures on this machine.</summary>
    private static readonly TimeSpan LongestWatch = TimeSpan.FromSeconds(150);

    /// <summary>Lets the phone speak the speech once, and again until it has given enough of what it sees away.</summary>
    public static async Task<IReadOnlyList<ShownPicture>> WatchAsync(IPicturePhone phone, SipRelay relay)
    {
        double once = WavFile.Read(RepeatedSpeech.Once).Duration.TotalSeconds + 1;
        int packets = (int)(once * 50);
        long start = TimeProvider.System.GetTimestamp();
        var seen = new List<ShownPicture>();
        while (relay.Audio.Rtp.Count() < packets || (seen.Count < WantedShown && TimeProvider.System.GetElapsedTime(start) < LongestWatch))
        {
            I420Frame frame = await phone.SnapshotAsync();
            seen.Add(new ShownPicture(frame, relay.Video.Rtp.Count(packet => packet.IsMarked)));
        }

        return seen;
    }

    /// <summary>Looks at what was sent, and at what the phone made of it.</summary>
    /// <param name="record">What was sent.</param>
    /// <param name="snapshots">What the phone has decoded, in order.</param>
    /// <param name="gateway">Sent it.</param>
    /// <param name="name">Of the phone.</param>
    /// <param name="codec">Of the sound.</param>
    /// <param name="isLast">Takes the call as it is.</param>
    /// <returns>False when the sound itself came back broken, or too little was shown while it was whole: to be called again.</returns>
    public static async Task<bool> AssertSpeaksAsync(
        TapRecord record, IReadOnlyList<ShownPicture> snapshots, GatewayUnderTest gateway, string name, string codec, bool isLast)
    {
        IReadOnlyList<HeardSpeech> times = HeardSpeech.All(WavFile.Read(RepeatedSpeech.Once), record.Heard);
        Write($"{name}, {codec}: the sound comes back with {string.Join(", ", times.Select(time => $"{time.Correlation:0.000}"))}");
        HeardSpeech best = times.MaxBy(time => time.Correlation)!; // At least one.
        HeardSpeech[] whole = [.. times.Where(time => time.Correlation >= (codec == "opus" ? WholeOpusSound : WholeSound))];
        if (whole.Length == 0)
        {
            if (!isLast)
                return false;
            whole = [best];
        }

        using StageLease lease = await TestAvatars.LoadAsync(gateway.Options.Avatar.Default, gateway.Options.Video.Width, gateway.Options.Video.Height);
        MouthWitness? witness = MouthWitness.For(lease.Stage, gateway.Options.Engine);
        Assert.NotNull(witness);
        TimedCurve film = witness.Film(RepeatedSpeech.Once, 50);
        TimedCurve other = witness.Film(RepeatedSpeech.Other, 50);
        PhoneTable phones = PhoneTable.Read(PhoneTable.PathFor(RepeatedSpeech.Once));

        double end = film.Times[^1]; // The phone says it again after that.
        WireRecord shown = Shown(record.Wire, snapshots, name); // Whatever the phone shows, it was sent.
        IReadOnlyList<double?> openings = Openings(snapshots, gateway.Options.Engine.Folder);
        TimedCurve seen = HeardSpeech.Together(whole.Select(time => time.Seen(shown, openings, end)));
        if (seen.Count < LeastShown && !isLast)
            return false;

        TimedCurve sent = best.Seen(record.Wire, witness.Read(record.Wire, VideoCodec.H264), end);
        MouthFigures mouth = witness.Figures(sent, film, other, phones.Spans);
        AssertFits(mouth, LeastCorrelation, OtherBelow, LagMs, $"what was sent to {name}");
        Assert.True(mouth.PausesClosed >= PauseShare, $"{mouth}");
        if (seen.Count < LeastShown)
            Write($"{name} gave {seen.Count} pictures away in {times.Count} times of the speech: too few to say whether its mouth fits; only what was sent is held");
        else
            AssertFits(witness.Figures(seen, film, other, phones.Spans), LeastShownCorrelation, OtherShownBelow, LagShownMs, $"what {name} shows");
        return true;
    }

    private static void Write(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);

    private static void AssertFits(MouthFigures mouth, double least, double otherBelow, double lagMs, string what)
    {
        string figures = $"{what}: {mouth}";
        Write(figures);
        Assert.True(mouth.Correlation >= least, figures);
        Assert.True(Math.Abs(mouth.LagMs ?? double.NaN) <= lagMs, figures);
        Assert.True(mouth.OtherCorrelation <= mouth.Correlation - otherBelow, figures);
    }

    private static List<double?> Openings(IReadOnlyList<ShownPicture> pictures, string models)
    {
        using var meter = new TrackedMouthMeter(FaceModels.Load(InstallationFiles.FindFolder(models)!).CreateTracker()); // Shipped.
        return [.. pictures.Select((picture, i) => meter.TryMeasure(picture.Frame.View, TimeSpan.FromSeconds(i * 0.1), out double opening) ? opening : (double?)null)];
    }

    /// <summary>
    /// Finds each picture of the phone among those that were sent after the one before it and until it was given away: that one's stamp
    /// is its time. Further on, a mouth at rest looks like any other.
    /// </summary>
    private static WireRecord Shown(WireRecord wire, IReadOnlyList<ShownPicture> snapshots, string name)
    {
        using var decoder = new LibAvVideoDecoder(VideoCodec.H264);
        var sent = new List<(SeenPicture Picture, I420Frame Frame)>();
        foreach (SeenPicture picture in wire.Seen)
        {
            if (!decoder.TryDecode(picture.AccessUnit, sent.Count, out DecodedVideo decoded))
                continue;
            var frame = new I420Frame(decoded.Picture.Width, decoded.Picture.Height);
            decoded.Picture.CopyTo(frame.View);
            sent.Add((picture, frame));
        }

        var found = new List<SeenPicture>();
        int next = 0;
        foreach ((I420Frame snapshot, int sentBefore) in snapshots)
        {
            int after = Math.Clamp(sentBefore, next + 1, sent.Count);
            next = Enumerable.Range(next, after - next).MinBy(i => Distance(sent[i].Frame.View, snapshot.View));
            (SeenPicture picture, I420Frame frame) = sent[next];
            double likeness = PictureQuality.LumaPsnr(frame.View, snapshot.View);
            Assert.True(likeness >= SamePicture, $"a picture of {name} is like none that was sent: {likeness:0.0} dB");
            found.Add(picture);
        }

        return wire with { Seen = found };
    }

    /// <summary>Sum of differences of every fifth pixel.</summary>
    private static long Distance(I420View a, I420View b)
    {
        long sum = 0;
        for (int y = 0; y < a.Height; y++)
        {
            ReadOnlySpan<byte> p = a.Y.Slice(y * a.YStride, a.Width);
            ReadOnlySpan<byte> q = b.Y.Slice(y * b.YStride, a.Width);
            for (int x = y % 5; x < p.Length; x += 5)
                sum += Math.Abs(p[x] - q[x]);
        }

        return sum;
    }
}
