using System.Globalization;

namespace Avatar2D.Gateway.Offline;

/// <summary>Tells every few seconds how far a film is.</summary>
internal sealed class FilmProgress(TextWriter writer, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(3);

    private readonly long _start = time.GetTimestamp();
    private TimeSpan _told;

    /// <summary>Since the film was begun.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    /// <summary>A driving video has been looked at until here.</summary>
    /// <param name="done">Of it.</param>
    /// <param name="length">Of all; null when nobody knows.</param>
    public void Look(TimeSpan done, TimeSpan? length)
    {
        TimeSpan elapsed = Elapsed;
        if (elapsed - _told < Every)
            return;
        _told = elapsed;
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  looking at the driving video: {done.TotalSeconds:0}{(length is { } whole ? $" of {whole.TotalSeconds:0}" : "")} s"));
    }

    /// <summary>The film has come to here.</summary>
    /// <param name="done">Length that is made.</param>
    /// <param name="length">Length that it will have; null when nobody knows.</param>
    public void Report(TimeSpan done, TimeSpan? length)
    {
        TimeSpan elapsed = Elapsed;
        if (elapsed - _told < Every)
            return;
        _told = elapsed;
        string share = length is { Ticks: > 0 } all ? string.Create(CultureInfo.InvariantCulture, $"{100 * Math.Min(1, done / all),3:0} %, ") : "";
        string of = length is { } whole ? string.Create(CultureInfo.InvariantCulture, $" of {whole.TotalSeconds:0}") : "";
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  {share}{done.TotalSeconds:0}{of} s of film, {done / elapsed:0.0} times as fast as real time"));
    }
}
