namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>What became of a film: the last file that is written of it, so that a resumed run knows it is done.</summary>
/// <param name="Path">As <see cref="FilmSource.Path"/>.</param>
/// <param name="Clips">Paths of its clips.</param>
/// <param name="Pictures">Pictures looked at, 25 a second.</param>
/// <param name="Refused">Why there are no clips; null when there are.</param>
public sealed record FilmRecord(string Path, IReadOnlyList<string> Clips, int Pictures, string? Refused)
{
    /// <summary>It was refused for its sound: without it, it would do.</summary>
    public bool IsSoundAtFault { get; init; }

    /// <summary>How its mouth fitted its sound before anything was shifted; null where that was not looked at.</summary>
    public SyncCheck? Sync { get; init; }
}
