using System.Globalization;
using Avatar2D.AvatarEngine.Datasets;

namespace Avatar2D.Gateway.Commands;

/// <summary>Counts clips for the report and prints a line for each new one. Called by one thread at a time.</summary>
internal sealed class PrepareTally(TextWriter progress)
{
    private readonly HashSet<string> _people = [];
    private readonly List<double> _correlations = [];
    private int _made;
    private int _inSync;
    private long _frames;

    /// <summary>Takes a clip.</summary>
    public void Add(ClipProgress clip)
    {
        ClipRecord record = clip.Record;
        _people.Add(record.Person);
        _correlations.Add(record.SyncR);
        _frames += record.Frames;
        _inSync += Math.Abs(record.SyncLagFrames) <= 1 ? 1 : 0;
        if (clip.WasThere)
            return;
        _made++;
        int percent = (int)Math.Min(100, 100 * clip.SecondsDone / clip.SecondsInAll);
        progress.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{percent,3} % {record.Path}: {record.Frames} pictures, sync lag {record.SyncLagFrames}, r {record.SyncR:0.00}"));
    }

    /// <summary>All clips taken.</summary>
    public PrepareReport Report(string folder)
    {
        double[] sorted = [.. _correlations.Order()];
        double median = sorted.Length == 0 ? 0 : sorted[sorted.Length / 2];
        return new PrepareReport(
            folder, _people.Count, sorted.Length, _made, sorted.Length - _made, _frames,
            Math.Round((double)_frames / ShardFormat.FrameRate, 2), median, _inSync);
    }
}
