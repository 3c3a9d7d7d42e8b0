using System.Globalization;
using Avatar2D.AvatarEngine.Datasets;

namespace Avatar2D.Gateway.Commands;

/// <summary>Counts clips for the report and prints a line for each new one. Called by one thread at a time.</summary>
internal sealed class PrepareTally(TextWriter progress)
{
    private readonly HashSet<string> _people = [];
    private readonly List<double> _correlations = [];
    private readonly List<string> _refused = [];
    private int _made;
    private int _inSync;
    private long _frames;

    /// <summary>Takes a drawn clip.</summary>
    public void Add(ClipProgress clip)
    {
        Count(clip.Record, clip.WasThere);
        if (!clip.WasThere)
            Show(clip.Record, clip.SecondsDone / clip.SecondsInAll);
    }

    /// <summary>Takes a film.</summary>
    /// <param name="film">What became of it.</param>
    /// <param name="clips">Its clips.</param>
    /// <param name="wasThere">An earlier run made it.</param>
    /// <param name="done">Part of the films that is done, 0..1.</param>
    public void Add(FilmRecord film, IReadOnlyList<ClipRecord> clips, bool wasThere, double done)
    {
        foreach (ClipRecord clip in clips)
        {
            Count(clip, wasThere);
            if (!wasThere)
                Show(clip, done);
        }

        if (film.Refused is not { } why)
            return;
        if (film.IsSoundAtFault)
            why += "; --picture-only takes it without sound";
        _refused.Add($"{film.Path}: {why}");
        progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(int)(100 * done),3} % {film.Path} refused: {why}"));
    }

    /// <summary>All clips taken.</summary>
    public PrepareReport Report(string folder)
    {
        double[] sorted = [.. _correlations.Order()];
        double median = sorted.Length == 0 ? 0 : sorted[sorted.Length / 2];
        return new PrepareReport(
            folder, _people.Count, sorted.Length, _made, sorted.Length - _made, _frames,
            Math.Round((double)_frames / ShardFormat.FrameRate, 2), median, _inSync, _refused);
    }

    private void Count(ClipRecord record, bool wasThere)
    {
        _people.Add(record.Person);
        _correlations.Add(record.SyncR);
        _frames += record.Frames;
        _inSync += Math.Abs(record.SyncLagFrames) <= 1 ? 1 : 0;
        _made += wasThere ? 0 : 1;
    }

    private void Show(ClipRecord record, double done)
    {
        string shifted = record.SyncShiftFrames == 0 ? "" : $", sound shifted by {record.SyncShiftFrames}";
        progress.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(int)Math.Min(100, 100 * done),3} % {record.Path}: {record.Frames} pictures, sync lag {record.SyncLagFrames}, r {record.SyncR:0.00}{shifted}"));
    }
}
