using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Phone;

namespace Avatar2D.Gateway.Measuring;

/// <summary>
/// Finds the events of a signal in what a phone heard (by correlation, to a sample) and saw (the mouth's opening against that which
/// the model makes of the same signal, to a part of a picture) and tells their delays.
/// </summary>
/// <param name="signal">What was spoken.</param>
/// <param name="starts">When its events begin, seconds.</param>
/// <param name="length">Length of an event, seconds.</param>
/// <param name="mouth">The mouth that the signal makes, over the time of the signal; finer than the pictures.</param>
internal sealed class SyncMeter(PcmClip signal, IReadOnlyList<double> starts, double length, TimedCurve mouth)
{
    /// <summary>Longest delay that is looked for; less than from event to event, as events are alike.</summary>
    private const double MaxDelay = 0.5;

    /// <summary>An event's picture is looked for so far from where it is expected.</summary>
    private const double Reach = 0.2;

    private const double Edge = 0.005;

    /// <summary>Mouth before and after an event that is compared with it: it opens before the sound and closes after it.</summary>
    private const double Before = 0.12, After = 0.26;

    /// <summary>Correlation below which an event was not found.</summary>
    private const double LeastMatch = 0.6;

    /// <summary>Measures a call.</summary>
    /// <param name="wire">What was sent and came.</param>
    /// <param name="lead">Silence that the phone sent before the signal, seconds.</param>
    /// <param name="openings">Opening of the mouth in each picture of <see cref="WireRecord.Seen"/>; null where none could be read.</param>
    public SyncFigures Measure(WireRecord wire, double lead, IReadOnlyList<double?> openings)
    {
        List<double> toPicture = [], toSound = [], arrivalSkew = [], stampSkew = [];
        TimedCurve byArrival = Curve(wire.Seen.Select(picture => (double?)picture.Arrival), openings);
        TimedCurve byStamp = Curve(wire.Seen.Select(picture => picture.Stamp), openings);
        double rate = wire.SampleRateHz;
        float[] heard = [.. wire.Heard.SelectMany(piece => piece.Pcm).Select(sample => sample / 32768f)];
        ReadOnlyMemory<short> said = signal.At(wire.SampleRateHz).Samples;
        double? whole = SentAt(wire, lead * rate) is { } zero
            ? CurveMatch.Of(mouth.Later(zero), byArrival, 0, MaxDelay)?.LagSeconds : null;
        foreach (double start in starts)
        {
            if (SentAt(wire, (lead + start) * rate) is not { } sent || whole is not { } about)
                continue;
            TimedCurve wanted = mouth.Within(start - Before, start + length + After).Later(-start);
            double? picture = Lag(wanted.Later(sent), byArrival, about);
            (double Arrival, double? Stamp)? sound = Find(wire, heard, Piece(said, start), sent);
            if (picture is not { } seen || sound is not { } found)
                continue;
            toPicture.Add(seen);
            toSound.Add(found.Arrival - sent);
            arrivalSkew.Add(seen - (found.Arrival - sent));
            if (found.Stamp is { } stamp && Lag(wanted.Later(stamp), byStamp, 0) is { } stamped)
                stampSkew.Add(stamped); // Both stamps are of the sender's clock, whatever it shows.
        }

        return new SyncFigures
        {
            Events = toPicture.Count,
            Wanted = starts.Count,
            VoiceToPictureMsP50 = Ms(toPicture, 0.5),
            VoiceToPictureMsP95 = Ms(toPicture, 0.95),
            VoiceToSoundMsP50 = Ms(toSound, 0.5),
            ArrivalSkewMsP50 = Ms(arrivalSkew, 0.5),
            ArrivalSkewMsP95 = Largest(arrivalSkew),
            StampSkewMsP50 = Ms(stampSkew, 0.5),
            StampSkewMsP95 = Largest(stampSkew),
        };
    }

    /// <summary>When a sample of the voice was sent: its packet's instant and its place in the packet.</summary>
    private static double? SentAt(WireRecord wire, double sample)
    {
        for (int i = wire.Sent.Count - 1; i >= 0; i--)
        {
            if (wire.Sent[i].FirstSample <= sample)
                return wire.Sent[i].Seconds + ((sample - wire.Sent[i].FirstSample) / wire.SampleRateHz);
        }

        return null;
    }

    /// <summary>A best lag at the edge of what was tried is none: the event's picture is somewhere else, or nowhere.</summary>
    private static double? Lag(TimedCurve wanted, TimedCurve seen, double about) =>
        CurveMatch.Of(wanted, seen, about - Reach, about + Reach) is { Correlation: >= LeastMatch } match && Math.Abs(match.LagSeconds - about) < Reach - Edge
            ? match.LagSeconds : null;

    private static TimedCurve Curve(IEnumerable<double?> times, IReadOnlyList<double?> openings)
    {
        var points = new List<(double Time, double Opening)>();
        foreach ((double? time, double? opening) in times.Zip(openings))
        {
            // Two pictures of one instant, as after a loss, count once.
            if (time is { } at && opening is { } open && (points.Count == 0 || at > points[^1].Time))
                points.Add((at, open));
        }

        return new TimedCurve(points.Select(p => p.Time), points.Select(p => p.Opening));
    }

    private float[] Piece(ReadOnlyMemory<short> said, double start)
    {
        int from = (int)Math.Round(start * said.Length / signal.Duration.TotalSeconds);
        int count = (int)(length * said.Length / signal.Duration.TotalSeconds);
        return [.. said.Span.Slice(from, Math.Min(count, said.Length - from)).ToArray().Select(sample => sample / 32768f)];
    }

    /// <summary>Where a piece of the signal is heard: arrival and stamp of its first sample.</summary>
    private static (double Arrival, double? Stamp)? Find(WireRecord wire, float[] heard, float[] piece, double sent)
    {
        int at = 0, from = -1, to = 0;
        foreach (HeardSound sound in wire.Heard)
        {
            if (from < 0 && sound.Arrival >= sent)
                from = at;
            if (sound.Arrival <= sent + MaxDelay)
                to = at;
            at += sound.Pcm.Length;
        }

        if (from < 0 || to <= from)
            return null;
        (int place, double product) = SoundMatch.BestLag(piece, heard, from, to);
        double power = Power(piece) * Power(heard.AsSpan(place, Math.Min(piece.Length, heard.Length - place)));
        if (!(product / Math.Sqrt(power) >= LeastMatch)) // Not a number where all is silent.
            return null;
        at = 0;
        foreach (HeardSound sound in wire.Heard)
        {
            if (place < at + sound.Pcm.Length)
            {
                double inside = (place - at) / (double)wire.SampleRateHz;
                return (sound.Arrival + inside, sound.Stamp + inside);
            }

            at += sound.Pcm.Length;
        }

        return null;
    }

    private static double Power(ReadOnlySpan<float> sound)
    {
        double sum = 0;
        foreach (float sample in sound)
            sum += sample * sample;
        return sum;
    }

    private static double? Ms(List<double> seconds, double share) => seconds.Count == 0 ? null : Percentiles.Of(seconds, share) * 1000;

    /// <summary>The 95th percentile by size, with its sign.</summary>
    private static double? Largest(List<double> seconds)
    {
        if (seconds.Count == 0)
            return null;
        double bound = Percentiles.Of(seconds.Select(Math.Abs), 0.95);
        return seconds.First(s => Math.Abs(s) == bound) * 1000; // The percentile is one of them.
    }
}
