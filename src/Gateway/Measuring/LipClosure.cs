using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.Gateway.Speech;

namespace Avatar2D.Gateway.Measuring;

/// <summary>Whether the lips meet where the speech makes them meet: in m, b and p, and while nothing is said.</summary>
/// <param name="Closures">Sounds m, b and p that the pictures cover.</param>
/// <param name="Closed">Of those, with the lips closed in at least one picture.</param>
/// <param name="PausePictures">Pictures inside pauses.</param>
/// <param name="PauseClosed">Of those, with the lips closed.</param>
internal readonly record struct LipClosure(int Closures, int Closed, int PausePictures, int PauseClosed)
{
    /// <summary>
    /// Lips count as closed below this share of the range from the mouth at rest to the 95th percentile of the speech: what a
    /// viewer takes for closed at the size of a call, and what training's evaluation calls closed.
    /// </summary>
    public const double ClosedShare = 0.25;

    /// <summary>Half a picture at 25 a second: a closure of 60 ms shall not fall between two pictures.</summary>
    private const double Reach = 0.02;

    /// <summary>Shorter silences are stops within words.</summary>
    private const double LeastPause = 0.2;

    /// <summary>From the last sound to closed lips; 0.1 s of hold and 0.125 s of closing in the voice gate are more than people need.</summary>
    private const double PauseStart = 0.15;

    /// <summary>Lips open before the sound begins.</summary>
    private const double PauseEnd = 0.1;

    /// <summary>Share of m, b and p that closed; null when there is none.</summary>
    public double? Recall => Closures > 0 ? (double)Closed / Closures : null;

    /// <summary>Share of the pictures in pauses that are closed; null when there is none.</summary>
    public double? PauseShare => PausePictures > 0 ? (double)PauseClosed / PausePictures : null;

    /// <summary>The opening below which this curve's lips count as closed.</summary>
    /// <param name="opening">Mouth opening over time.</param>
    /// <param name="rest">Opening of the mouth at rest as the same instrument sees it.</param>
    public static double Threshold(TimedCurve opening, double rest) =>
        rest + (ClosedShare * Math.Max(0, (opening.Percentile(0.95) ?? rest) - rest));

    /// <summary>Measures a curve.</summary>
    /// <param name="opening">Mouth opening over the time of the phones.</param>
    /// <param name="phones">In order, silences too or left out.</param>
    /// <param name="rest">Opening of the mouth at rest as the same instrument sees it.</param>
    public static LipClosure Of(TimedCurve opening, IReadOnlyList<PhoneSpan> phones, double rest)
    {
        double threshold = Threshold(opening, rest);
        int closures = 0, closed = 0, pausePictures = 0, pauseClosed = 0;
        double last = double.NegativeInfinity;
        foreach (PhoneSpan phone in phones.Where(p => !PhoneTable.IsSilence(p.Phone)))
        {
            (double start, double end) = (phone.Start.TotalSeconds, phone.End.TotalSeconds);
            CountPause(last, start);
            last = end;
            if (VisemeTable.Of(phone.Phone).First != Viseme.Closed)
                continue;
            TimedCurve part = opening.Within(start - Reach, end + Reach);
            if (part.Count == 0)
                continue;
            closures++;
            closed += part.Percentile(0) <= threshold ? 1 : 0;
        }

        CountPause(last, double.PositiveInfinity);
        return new LipClosure(closures, closed, pausePictures, pauseClosed);

        void CountPause(double from, double to)
        {
            if (to - from < LeastPause)
                return;
            TimedCurve pause = opening.Within(from + PauseStart, to - PauseEnd);
            pausePictures += pause.Count;
            foreach (double value in pause.Values)
                pauseClosed += value <= threshold ? 1 : 0;
        }
    }
}
