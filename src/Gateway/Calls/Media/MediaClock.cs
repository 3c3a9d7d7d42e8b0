namespace Avatar2D.Gateway.Calls.Media;

/// <summary>
/// The media threads of the process, one per core. A call is given the worker that has the fewest tasks and keeps it.
/// </summary>
internal sealed class MediaClock : IDisposable
{
    private readonly MediaWorker[] _workers;
    private int _turn;

    /// <summary>Starts <paramref name="workers"/> threads (at least one).</summary>
    public MediaClock(TimeProvider time, int workers)
    {
        Time = time;
        _workers = new MediaWorker[Math.Max(1, workers)];
        for (int i = 0; i < _workers.Length; i++)
            _workers[i] = new MediaWorker(time, $"media-{i}");
    }

    /// <summary>The time that all media tasks are scheduled by.</summary>
    public TimeProvider Time { get; }

    /// <summary>Tasks on all workers.</summary>
    public int TaskCount => _workers.Sum(worker => worker.TaskCount);

    /// <summary>The worker with the fewest tasks; among equals they take turns, as a burst of calls picks before it adds. Any thread.</summary>
    public MediaWorker PickWorker()
    {
        int first = (int)((uint)Interlocked.Increment(ref _turn) % (uint)_workers.Length);
        MediaWorker best = _workers[first];
        for (int i = 1; i < _workers.Length; i++)
        {
            MediaWorker worker = _workers[(first + i) % _workers.Length];
            if (worker.TaskCount < best.TaskCount)
                best = worker;
        }

        return best;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (MediaWorker worker in _workers)
            worker.Dispose();
    }
}
