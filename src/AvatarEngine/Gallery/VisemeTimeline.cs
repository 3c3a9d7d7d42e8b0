namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>
/// Speech as a blend of visemes. Each phone pulls the mouth within a smooth window that reaches into its neighbours
/// (lips move before the sound), weighted by its dominance; closures of P, B, M and the contact of F, V are then enforced.
/// </summary>
internal sealed class VisemeTimeline : FaceTimeline
{
    // Seconds by which the mouth moves before the sound and lingers after it.
    private const float Lead = 0.075f;
    private const float Lag = 0.055f;

    // A diphthong turns to its second half at this share of its length.
    private const double Turn = 0.5;

    private readonly Segment[] _segments;

    public VisemeTimeline(IReadOnlyList<PhoneSpan> phones)
    {
        ArgumentNullException.ThrowIfNull(phones);
        var segments = new List<Segment>();
        double end = 0;
        foreach (PhoneSpan phone in phones)
        {
            double a = phone.Start.TotalSeconds;
            double b = Math.Max(a, phone.End.TotalSeconds);
            (Viseme first, Viseme last) = VisemeTable.Of(phone.Phone);
            if (first == last)
            {
                segments.Add(new Segment(first, (float)a, (float)b));
            }
            else
            {
                double turn = a + ((b - a) * Turn);
                segments.Add(new Segment(first, (float)a, (float)turn));
                segments.Add(new Segment(last, (float)turn, (float)b));
            }

            end = Math.Max(end, b);
        }

        _segments = [.. segments];
        Duration = TimeSpan.FromSeconds(end);
    }

    public override TimeSpan Duration { get; }

    public override FaceParameters At(TimeSpan time)
    {
        float t = (float)time.TotalSeconds;
        var sum = default(FaceParameters);

        // Rest pulls a little everywhere, so that gaps and long silences close the mouth.
        float weights = 0.02f;
        float seal = 0;
        float contact = 0;
        foreach (Segment s in _segments)
        {
            float w = Window(t, s.Start, s.End, Lead, Lag);
            if (w <= 0)
            {
                continue;
            }

            w *= VisemeTable.Dominance(s.Viseme);
            sum = FaceParameters.Add(sum, VisemeTable.Shape(s.Viseme).Times(w));
            weights += w;
            if (s.Viseme == Viseme.Closed)
            {
                seal = Math.Max(seal, Hold(t, s.Start, s.End));
            }
            else if (s.Viseme == Viseme.LipTeeth)
            {
                contact = Math.Max(contact, Hold(t, s.Start, s.End));
            }
        }

        FaceParameters face = sum.Times(1 / weights);
        return Touch(Seal(face, seal), contact);
    }

    private static FaceParameters Seal(in FaceParameters f, float seal)
    {
        float open = 1 - seal;
        return f with
        {
            JawOpen = f.JawOpen * (1 - (0.55f * seal)),
            MouthClose = Curve.Mix(f.MouthClose, f.JawOpen * (1 - (0.55f * seal)), seal),
            MouthFunnel = f.MouthFunnel * open,
            MouthUpperUpLeft = f.MouthUpperUpLeft * open,
            MouthUpperUpRight = f.MouthUpperUpRight * open,
            MouthLowerDownLeft = f.MouthLowerDownLeft * open,
            MouthLowerDownRight = f.MouthLowerDownRight * open,
            MouthPressLeft = Math.Max(f.MouthPressLeft, 0.3f * seal),
            MouthPressRight = Math.Max(f.MouthPressRight, 0.3f * seal),
            TongueOut = f.TongueOut * open,
        };
    }

    private static FaceParameters Touch(in FaceParameters f, float contact)
    {
        FaceParameters goal = VisemeTable.Shape(Viseme.LipTeeth) with { MouthPucker = f.MouthPucker * 0.5f };
        FaceParameters mixed = FaceParameters.Lerp(f, goal, contact);
        return mixed;
    }

    /// <summary>1 while the closure is heard, smooth flanks of 50 ms; a very short closure still closes fully once.</summary>
    private static float Hold(float t, float start, float end) => Window(t, start - 0.012f, end - 0.008f, 0.05f, 0.05f);

    private static float Window(float t, float start, float end, float lead, float lag)
    {
        if (t < start)
        {
            return Curve.Step(start - lead, start, t);
        }

        return t > end ? Curve.Step(end + lag, end, t) : 1;
    }

    private readonly record struct Segment(Viseme Viseme, float Start, float End);
}
