using System.Numerics;
using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Sources;

namespace Avatar2D.AvatarEngine.Registration;

/// <summary>
/// Chooses the loop: closed lips preferred, long enough, and its end as like its beginning as the film allows, in place, speed and
/// pixels. Where no two pictures are alike the loop runs forth and back.
/// </summary>
/// <param name="frames">The film, transforms smoothed.</param>
/// <param name="difference">Mean difference of two pictures in the part that is shown, grey levels.</param>
/// <param name="options">Lengths.</param>
internal sealed class LoopChooser(IReadOnlyList<SurveyedFrame> frames, Func<int, int, double> difference, RegistrationOptions options)
{
    /// <summary>Jump of the face, in eye distances, that costs 1: a patch pixel.</summary>
    private const double SeenJump = 1.0 / 67;

    /// <summary>Change of speed, in eye distances a picture, that costs 1.</summary>
    private const double SeenTurn = 0.5 / 67;

    /// <summary>Difference of the pixels, in steps from one picture to the next, that costs 1.</summary>
    private const double SeenDifference = 4;

    private const double OpenMouthCost = 1.5;
    private const double ShortLoopCost = 1;
    private const double PingPongCost = 0.6;
    private const double BlinkAtTheJoinCost = 0.5;

    private const int Rate = SteadyPictures.FrameRate;

    private readonly double[] _openBefore = OpenSums(frames);

    /// <summary>Uninterrupted stretches of usable pictures as [first, end), longest first.</summary>
    public static IReadOnlyList<(int First, int End)> Runs(IReadOnlyList<SurveyedFrame> frames)
    {
        var runs = new List<(int First, int End)>();
        for (int n = 0; n < frames.Count;)
        {
            int first = n;
            while (n < frames.Count && frames[n].IsUsable && frames[n].Run == frames[first].Run)
                n++;
            if (n > first)
                runs.Add((first, n));
            else
                n++;
        }

        return [.. runs.OrderByDescending(run => run.End - run.First)];
    }

    /// <summary>The best loop, or null when no stretch is long enough.</summary>
    public LoopChoice? Choose()
    {
        LoopChoice? best = null;
        int shortest = (int)(options.ShortestSeconds * Rate);
        foreach ((int first, int end) in Runs(frames).Where(run => run.End - run.First >= shortest))
        {
            double step = Math.Max(0.3, TypicalStep(first, end));
            foreach (LoopChoice choice in CrossFades(first, end, step).Concat(PingPongs(first, end)))
            {
                if (best is null || choice.Cost < best.Value.Cost)
                    best = choice;
            }
        }

        return best;
    }

    /// <summary>Loops whose end fades into the pictures before their beginning.</summary>
    private IEnumerable<LoopChoice> CrossFades(int runFirst, int runEnd, double step)
    {
        int shortest = (int)(options.ShortestSeconds * Rate);
        int longest = (int)(options.LongestLoopSeconds * Rate);
        int stride = runEnd - runFirst > 500 ? 2 : 1;
        for (int first = runFirst + LoopChoice.FadeFrames; first + shortest < runEnd; first += stride)
        {
            for (int end = first + shortest; end < runEnd && end - first <= longest; end++)
            {
                double cost = OpenCost(first, end) + LengthCost(end - first) + PoseCost(first, end);
                if (cost < 2.5) // The pixels are dear: look only where the rest is bearable.
                    cost += difference(first, end) / (step * SeenDifference);
                yield return new LoopChoice(first, end - first, LoopJoin.CrossFade, cost);
            }
        }
    }

    /// <summary>Loops that run forth and back.</summary>
    private IEnumerable<LoopChoice> PingPongs(int runFirst, int runEnd)
    {
        // Both ways together are as long as another loop.
        int shortest = Math.Max(2, (int)(options.ShortestSeconds * Rate));
        int longest = Math.Max(shortest, (int)(options.LongestLoopSeconds * Rate / 2));
        for (int first = runFirst; first + shortest <= runEnd; first++)
        {
            for (int end = first + shortest; end <= runEnd && end - first <= longest; end++)
            {
                double turn = (Speed(first, runFirst, runEnd) + Speed(end - 1, runFirst, runEnd)) / SeenTurn;
                double cost = PingPongCost + OpenCost(first, end) + LengthCost((2 * (end - first)) - 2) + (0.5 * turn);
                yield return new LoopChoice(first, end - first, LoopJoin.PingPong, cost);
            }
        }
    }

    private double OpenCost(int first, int end) => OpenMouthCost * (_openBefore[end] - _openBefore[first]) / (end - first);

    private double LengthCost(int count) => ShortLoopCost * Math.Max(0, 1 - (count / (options.WantedLoopSeconds * Rate)));

    private double PoseCost(int first, int end)
    {
        double jump = Distance(frames[first].Transform, frames[end].Transform) / SeenJump;
        Vector2 before = Step(end - 1, end);
        Vector2 after = Step(first - 1, first);
        double turn = (before - after).Length() / SeenTurn;
        double blink = Math.Max(frames[first].Blink, frames[end].Blink) * BlinkAtTheJoinCost;
        return jump + (0.5 * turn) + blink;
    }

    /// <summary>How far the face moves into a picture, eye distances.</summary>
    private Vector2 Step(int from, int to)
    {
        PatchTransform a = frames[from].Transform, b = frames[to].Transform;
        return (b.ToPicture(new(64, 30)) - a.ToPicture(new(64, 30))) / (float)(67 * a.Scale);
    }

    private double Speed(int frame, int runFirst, int runEnd) =>
        Step(Math.Max(runFirst, frame - 1), Math.Min(runEnd - 1, frame + 1)).Length() / 2;

    private double TypicalStep(int first, int end)
    {
        double[] steps = [.. Enumerable.Range(first, end - first - 1).Select(n => difference(n, n + 1)).Order()];
        return steps[steps.Length / 2];
    }

    /// <summary>Largest distance of eyes and chin, eye distances.</summary>
    internal static double Distance(in PatchTransform a, in PatchTransform b)
    {
        double most = 0;
        foreach (Vector2 place in (ReadOnlySpan<Vector2>)[new(30, -18), new(98, -18), new(64, 110)])
            most = Math.Max(most, (a.ToPicture(place) - b.ToPicture(place)).Length());
        return most / (67 * a.Scale);
    }

    private static double[] OpenSums(IReadOnlyList<SurveyedFrame> frames)
    {
        MouthRange mouth = MouthRange.Of(frames);
        double[] sums = new double[frames.Count + 1];
        for (int n = 0; n < frames.Count; n++)
            sums[n + 1] = sums[n] + mouth.Share(frames[n]);
        return sums;
    }
}
