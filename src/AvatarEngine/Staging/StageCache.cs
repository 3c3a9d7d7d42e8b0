using Avatar2D.AvatarEngine.Inference;

namespace Avatar2D.AvatarEngine.Staging;

/// <summary>
/// Loads stages on first use, shares them between calls and forgets the least recently used ones that no call shows when
/// their pictures exceed the memory budget. Thread-safe.
/// </summary>
public sealed class StageCache
{
    private readonly Func<string, CancellationToken, Task<ISourceFrames>> _open;
    private readonly Func<ISourceFrames, StageKey, PictureFit> _fitter;
    private readonly Func<ISourceFrames, FaceNetworks?> _networksFor;
    private readonly long _budgetBytes;
    private readonly Lock _lock = new();
    private readonly Dictionary<StageKey, Entry> _entries = [];
    private readonly LinkedList<Entry> _recent = [];

    /// <summary>Makes an empty cache.</summary>
    /// <param name="open">Opens an avatar's source clip; throws for an unknown avatar or a damaged clip.</param>
    /// <param name="fitter">Makes the scaler from a clip's size to a stage's.</param>
    /// <param name="networksFor">The face model that animates a clip; null: the clip is shown as it is.</param>
    /// <param name="budgetBytes">Pictures of stages not in use are dropped above this; those in use always stay.</param>
    public StageCache(
        Func<string, CancellationToken, Task<ISourceFrames>> open,
        Func<ISourceFrames, StageKey, PictureFit> fitter,
        Func<ISourceFrames, FaceNetworks?> networksFor,
        long budgetBytes)
    {
        _open = open;
        _fitter = fitter;
        _networksFor = networksFor;
        _budgetBytes = budgetBytes;
    }

    /// <summary>Bytes of the stages held, loaded or loading.</summary>
    public long SizeBytes
    {
        get
        {
            lock (_lock)
                return TotalBytesNeedsLock();
        }
    }

    /// <summary>Takes a stage into use; it has at least its first picture when the task completes.</summary>
    /// <param name="key">Avatar and size.</param>
    /// <param name="cancellationToken">Gives up waiting; the loading itself goes on for others.</param>
    /// <returns>A lease to dispose when the call no longer shows it.</returns>
    /// <exception cref="InvalidDataException">The source clip is damaged or empty; the next call tries again.</exception>
    public async Task<StageLease> AcquireAsync(StageKey key, CancellationToken cancellationToken)
    {
        Entry entry;
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out entry!))
            {
                entry = new Entry(key);
                entry.Node = _recent.AddFirst(entry);
                _entries.Add(key, entry);
                entry.Loading = Task.Run(() => LoadAsync(entry), CancellationToken.None);
            }
            else
            {
                _recent.Remove(entry.Node!);
                _recent.AddFirst(entry.Node!);
            }

            entry.Users++;
        }

        try
        {
            Stage stage = await entry.FirstPicture.Task.WaitAsync(cancellationToken);
            return new StageLease(this, entry, stage);
        }
        catch
        {
            Release(entry);
            throw;
        }
    }

    /// <summary>Completes when every picture of a stage that is loading has been loaded (tests and warm-up).</summary>
    public Task WhenLoadedAsync(StageKey key)
    {
        lock (_lock)
            return _entries.TryGetValue(key, out Entry? entry) ? entry.Loading : Task.CompletedTask;
    }

    /// <summary>
    /// Drops what is held of an avatar at all sizes; a stage in use goes when its last lease does, and nobody gets it any more.
    /// </summary>
    public void Forget(string avatar)
    {
        lock (_lock)
        {
            foreach (Entry entry in _entries.Values.Where(entry => entry.Key.Avatar == avatar).ToList())
                RemoveNeedsLock(entry);
        }
    }

    internal void Release(Entry entry)
    {
        lock (_lock)
        {
            entry.Users--;
            EvictNeedsLock();
        }
    }

    private async Task LoadAsync(Entry entry)
    {
        try
        {
            using ISourceFrames source = await _open(entry.Key.Avatar, CancellationToken.None);
            using var loader = new StageLoader(source, entry.Key, _fitter(source, entry.Key), _networksFor(source));
            while (loader.TryLoadNext())
            {
                if (loader.Stage.ReadyFrames > 1)
                    continue;
                Account(entry, loader.Stage, isLoading: true);
                entry.FirstPicture.SetResult(loader.Stage);
            }

            Account(entry, loader.Stage, isLoading: false); // Whoever wanted it may have gone while it was loading.
        }
        catch (Exception exception) // Border of the loading task: every waiter gets the reason, and the next call tries again.
        {
            lock (_lock)
                RemoveNeedsLock(entry);

            if (entry.FirstPicture.TrySetException(exception))
                _ = entry.FirstPicture.Task.Exception; // Observed: there may be no waiter left.
        }
    }

    private void Account(Entry entry, Stage stage, bool isLoading)
    {
        lock (_lock)
        {
            entry.SizeBytes = stage.SizeBytes;
            entry.IsLoading = isLoading;
            EvictNeedsLock();
        }
    }

    private void EvictNeedsLock()
    {
        long total = TotalBytesNeedsLock();
        for (LinkedListNode<Entry>? node = _recent.Last; node is not null && total > _budgetBytes;)
        {
            LinkedListNode<Entry>? previous = node.Previous;
            Entry entry = node.Value;
            if (entry.Users == 0 && !entry.IsLoading)
            {
                total -= entry.SizeBytes;
                RemoveNeedsLock(entry);
            }

            node = previous;
        }
    }

    /// <summary>Only the entry itself: a new one of the same key may have taken its place.</summary>
    private void RemoveNeedsLock(Entry entry)
    {
        if (entry.Node!.List is null) // Set when the entry was made.
            return;
        _recent.Remove(entry.Node);
        _entries.Remove(entry.Key);
    }

    private long TotalBytesNeedsLock()
    {
        long total = 0;
        foreach (Entry entry in _recent)
            total += entry.SizeBytes;
        return total;
    }

    internal sealed class Entry(StageKey key)
    {
        public StageKey Key { get; } = key;

        public LinkedListNode<Entry>? Node { get; set; }

        public int Users { get; set; }

        public long SizeBytes { get; set; }

        public bool IsLoading { get; set; } = true;

        public Task Loading { get; set; } = Task.CompletedTask;

        public TaskCompletionSource<Stage> FirstPicture { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
