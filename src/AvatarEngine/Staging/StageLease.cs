namespace Avatar2D.AvatarEngine.Staging;

/// <summary>A stage in use by one call; disposing it (once or more) allows the cache to forget the stage.</summary>
public sealed class StageLease : IDisposable
{
    private readonly StageCache.Entry _entry;
    private StageCache? _cache;

    internal StageLease(StageCache cache, StageCache.Entry entry, Stage stage)
    {
        _cache = cache;
        _entry = entry;
        Stage = stage;
    }

    /// <summary>The pictures.</summary>
    public Stage Stage { get; }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _cache, null)?.Release(_entry);
}
