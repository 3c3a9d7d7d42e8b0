namespace Avatar2D.Gateway.Phone;

/// <summary>What one call of the farm will be like.</summary>
/// <param name="HasPicture">It takes the picture.</param>
/// <param name="Steps">When, from the INVITE, and what; the last one is <see cref="FarmStep.HangUp"/>.</param>
internal sealed record FarmScript(bool HasPicture, IReadOnlyList<(TimeSpan At, FarmStep Step)> Steps)
{
    private const double LeastSeconds = 2;
    private const double MostSeconds = 40;

    /// <summary>Share of calls that are taken back or ended in their first half second, in the middle of whatever happens then.</summary>
    private const double Hasty = 0.1;

    /// <summary>A call that lasts and does nothing.</summary>
    public static FarmScript Steady(bool hasPicture, TimeSpan length) => new(hasPicture, [(length, FarmStep.HangUp)]);

    /// <summary>A call of random length with random behaviour, drawn from a seeded source.</summary>
    public static FarmScript Draw(Random random, bool hasPicture)
    {
        double seconds = random.NextDouble() < Hasty
            ? random.NextDouble() / 2 : LeastSeconds + ((MostSeconds - LeastSeconds) * random.NextDouble() * random.NextDouble());
        var steps = new List<(TimeSpan At, FarmStep Step)>();
        for (double at = 0.5 + (3 * random.NextDouble()); at < seconds - 0.5; at += 1 + (6 * random.NextDouble()))
        {
            switch (random.Next(4))
            {
                case 0:
                    double length = 0.5 + (3 * random.NextDouble());
                    steps.Add((TimeSpan.FromSeconds(at), FarmStep.Hold));
                    at += length;
                    steps.Add((TimeSpan.FromSeconds(at), FarmStep.Resume));
                    break;
                case 1:
                    steps.Add((TimeSpan.FromSeconds(at), FarmStep.Refresh));
                    break;
                case 2:
                    steps.Add((TimeSpan.FromSeconds(at), FarmStep.AskKeyFrame));
                    break;
                default:
                    steps.Add((TimeSpan.FromSeconds(at), random.Next(3) == 0 ? FarmStep.DropPicture : FarmStep.Refresh));
                    break;
            }
        }

        steps.RemoveAll(step => step.At.TotalSeconds > seconds);
        steps.Add((TimeSpan.FromSeconds(seconds), FarmStep.HangUp));
        return new FarmScript(hasPicture, steps);
    }
}
