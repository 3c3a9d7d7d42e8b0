using System.Collections.Concurrent;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>
/// One thread that runs media tasks at their due times, earliest first. A call's tasks all live on one worker, so that its
/// media state needs no lock; tasks come and go through a queue that is drained between two runs.
/// </summary>
internal sealed class MediaWorker : IDisposable
{
    /// <summary>Half a millisecond: the thread's wait has a grain of 1 ms, so what is due within half of it runs now.</summary>
    private const int EarlyPerSecond = 2000;

    private readonly TimeProvider _time;
    private readonly long _early;
    private readonly ConcurrentQueue<Change> _changes = new();
    private readonly PriorityQueue<Entry, long> _due = new(256);
    private readonly Dictionary<IMediaTask, Entry> _entries = new(256, ReferenceEqualityComparer.Instance);
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly Thread? _thread;
    private volatile bool _stopping;
    private int _taskCount;

    /// <summary>Makes a worker; with <paramref name="startThread"/> false the owner calls <see cref="RunDue"/> (tests).</summary>
    public MediaWorker(TimeProvider time, string name, bool startThread = true)
    {
        _time = time;
        _early = time.TimestampFrequency / EarlyPerSecond;
        if (!startThread)
            return;
        _thread = new Thread(Loop) { Name = name, IsBackground = true, Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>Tasks added and not yet removed; any thread may read it.</summary>
    public int TaskCount => Volatile.Read(ref _taskCount);

    /// <summary>Adds a task; it runs first at <paramref name="due"/>. Any thread.</summary>
    public void Add(IMediaTask task, long due)
    {
        Interlocked.Increment(ref _taskCount);
        _changes.Enqueue(new Change(task, due, Removed: null));
        Wake();
    }

    /// <summary>Takes a task out; when the returned task completes, it is not running and never runs again. Any thread.</summary>
    public Task RemoveAsync(IMediaTask task)
    {
        if (_stopping)
            return Task.CompletedTask;
        var removed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _changes.Enqueue(new Change(task, 0, removed));
        Wake();
        if (_stopping)
            removed.TrySetResult(); // The thread may have emptied the queue for the last time already.
        return removed.Task;
    }

    /// <summary>Stops the thread after the run in progress; waiting removals complete.</summary>
    public void Dispose()
    {
        if (_stopping)
            return;
        _stopping = true;
        Wake();
        if (_thread is not null && _thread != Thread.CurrentThread)
            _thread.Join();
        ApplyChanges();
        _wake.Dispose();
    }

    /// <summary>Runs everything that is due.</summary>
    /// <returns>The timestamp of the next due task, or <see cref="long.MaxValue"/> when there is none.</returns>
    internal long RunDue(long now)
    {
        ApplyChanges();
        while (!_stopping && _due.TryPeek(out Entry? entry, out long due))
        {
            if (entry.Removed)
            {
                _due.Dequeue();
                continue;
            }

            if (due > now + _early)
                return due;
            _due.Dequeue();
            RunOne(entry, now);
            ApplyChanges();
            now = _time.GetTimestamp();
        }

        return long.MaxValue;
    }

    private void RunOne(Entry entry, long now)
    {
        long next;
        try
        {
            next = entry.Task.Run(now);
        }
        catch (Exception exception) // The border of the media loop: one broken stream must not stop the others.
        {
            Forget(entry);
            Tell(entry.Task, exception);
            return;
        }

        if (next == long.MaxValue)
            Forget(entry);
        else
            _due.Enqueue(entry, next);
    }

    private static void Tell(IMediaTask task, Exception fault)
    {
        try
        {
            task.OnFault(fault);
        }
        catch (Exception) // Against its contract. An exception that left this thread would end the process, and all calls with it.
        {
        }
    }

    private void Wake()
    {
        try
        {
            _wake.Set();
        }
        catch (ObjectDisposedException)
        {
            // The worker has stopped: there is nobody to wake.
        }
    }

    private void ApplyChanges()
    {
        while (_changes.TryDequeue(out Change change))
        {
            if (change.Removed is null)
            {
                var entry = new Entry(change.Task);
                _entries[change.Task] = entry;
                _due.Enqueue(entry, change.Due);
            }
            else
            {
                if (_entries.TryGetValue(change.Task, out Entry? entry))
                    Forget(entry);
                change.Removed.TrySetResult();
            }
        }
    }

    private void Forget(Entry entry)
    {
        entry.Removed = true;
        if (_entries.Remove(entry.Task))
            Interlocked.Decrement(ref _taskCount);
    }

    private void Loop()
    {
        while (!_stopping)
        {
            long next = RunDue(_time.GetTimestamp());
            if (next == long.MaxValue)
            {
                _wake.WaitOne();
                continue;
            }

            long wait = (next - _time.GetTimestamp()) * 1000 / _time.TimestampFrequency;
            if (wait >= 0)
                _wake.WaitOne((int)Math.Clamp(wait, 1, 1000));
        }
    }

    private sealed class Entry(IMediaTask task)
    {
        public IMediaTask Task { get; } = task;

        public bool Removed { get; set; }
    }

    private readonly record struct Change(IMediaTask Task, long Due, TaskCompletionSource? Removed);
}
