namespace Avatar2D.AvatarEngine.Registration;

/// <summary>Chooses the two references of a film: sharp, frontal pictures with the lips closed and with the teeth seen.</summary>
internal static class ReferenceChooser
{
    /// <summary>Chooses.</summary>
    /// <param name="frames">The film.</param>
    /// <param name="loop">What is shown: the references are to be held like it.</param>
    /// <returns>Numbers of the pictures.</returns>
    public static (int Closed, int Open) Choose(IReadOnlyList<SurveyedFrame> frames, LoopChoice loop)
    {
        int[] usable = [.. Enumerable.Range(0, frames.Count).Where(n => frames[n].IsUsable)];
        double yaw = Median(Enumerable.Range(loop.First, loop.Count).Select(n => (double)frames[n].Quality.Pose.Yaw));
        double pitch = Median(Enumerable.Range(loop.First, loop.Count).Select(n => (double)frames[n].Quality.Pose.Pitch));
        double sharp = Math.Max(1e-6, Median(usable.Select(n => (double)frames[n].Quality.Sharpness)));
        MouthRange mouth = MouthRange.Of(frames);
        int closed = usable.MinBy(n => Cost(frames[n]) + (4 * mouth.Share(frames[n])) + (3 * frames[n].Teeth));
        int open = usable.MinBy(n =>
            Cost(frames[n]) - (3 * mouth.Share(frames[n]) * (0.4 + (0.6 * frames[n].Teeth))));
        return (closed, open);

        double Cost(in SurveyedFrame f) =>
            ((Math.Abs(f.Quality.Pose.Yaw - yaw) + Math.Abs(f.Quality.Pose.Pitch - pitch)) / 0.15)
            + Math.Max(0, 1 - (f.Quality.Sharpness / sharp)) + (2 * f.Blink);
    }

    internal static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : sorted[sorted.Length / 2];
    }
}
