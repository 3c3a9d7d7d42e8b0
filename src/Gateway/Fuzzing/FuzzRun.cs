namespace Avatar2D.Gateway.Fuzzing;

/// <summary>
/// Runs a range of damaged inputs through one target on one thread of its own, watched from outside: an exception, an input that
/// takes too long, and memory that grows are failures.
/// </summary>
internal sealed class FuzzRun
{
    /// <summary>An input that takes so much processor time hangs: it has a microsecond or a few.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>An input that waits so long hangs too; on a busy machine a thread may well stand still for a while.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <summary>The live heap may end so much larger than it was after the first tenth: buffers that grew to the largest input.</summary>
    public const long MaxGrowthBytes = 8 << 20;

    private const int MaxFailures = 20;

    private readonly FuzzTarget _target;
    private readonly int _seed;
    private readonly long _from;
    private readonly long _count;
    private readonly TimeProvider _time;
    private readonly List<FuzzFailure> _failures = [];
    private long _number;
    private long _accepted;
    private long _heapEarly;
    private long _heapEnd;

    /// <summary>Prepares a run.</summary>
    /// <param name="target">What is tested.</param>
    /// <param name="seed">Draws the inputs.</param>
    /// <param name="from">Number of the first input.</param>
    /// <param name="count">How many.</param>
    /// <param name="time">Clock.</param>
    public FuzzRun(FuzzTarget target, int seed, long from, long count, TimeProvider time)
    {
        _target = target;
        _seed = seed;
        _from = from;
        _count = count;
        _time = time;
        _number = from;
    }

    /// <summary>The number that a stopped run goes on with. Any thread.</summary>
    public long Next => Volatile.Read(ref _number);

    /// <summary>Runs to the end, to a hang, or until cancelled; reports either way.</summary>
    /// <param name="progress">Called about once a second with the inputs done.</param>
    /// <param name="cancellationToken">Stops after the input at hand.</param>
    public async Task<FuzzReport> RunAsync(Action<long> progress, CancellationToken cancellationToken)
    {
        long start = _time.GetTimestamp();
        Task work = Task.Factory.StartNew(
            () => Work(cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        long seen = -1;
        long since = start;
        TimeSpan used = Environment.CpuUsage.TotalTime;
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(1), _time, CancellationToken.None));
            long now = Next;
            if (now != seen)
                (seen, since, used) = (now, _time.GetTimestamp(), Environment.CpuUsage.TotalTime);
            else if (Environment.CpuUsage.TotalTime - used > Patience || _time.GetElapsedTime(since) > LongestWait)
                return Report(start, new FuzzFailure(now, "hang", $"took more than {Patience.TotalSeconds:0} s of processor time, or {LongestWait.TotalMinutes:0} minutes"));
            progress(now - _from);
        }

        await work;
        return Report(start, null);
    }

    private void Work(CancellationToken cancellationToken)
    {
        var mutator = new Mutator(_target, _seed);
        FuzzCheck check = _target.Open();
        long early = _from + (_count / 10);
        for (long number = _from; number < _from + _count && !cancellationToken.IsCancellationRequested; number++)
        {
            if (number == early)
                _heapEarly = GC.GetTotalMemory(forceFullCollection: true);
            try
            {
                if (check(mutator.Make(number)))
                    _accepted++;
            }
            catch (Exception failure)
            {
                // The whole point: whatever comes out here is a finding.
                _failures.Add(new FuzzFailure(number, failure.GetType().Name, $"{failure.Message} {failure.StackTrace?.Split('\n')[0].Trim()}"));
                check = _target.Open();
            }

            Volatile.Write(ref _number, number + 1);
            if (_failures.Count == MaxFailures)
                break;
        }

        _heapEnd = GC.GetTotalMemory(forceFullCollection: true);
    }

    private FuzzReport Report(long start, FuzzFailure? hang)
    {
        long done = Next - _from;
        double seconds = _time.GetElapsedTime(start).TotalSeconds;
        long growth = _heapEnd == 0 || _heapEarly == 0 ? 0 : _heapEnd - _heapEarly;
        List<FuzzFailure> failures = [.. _failures];
        if (hang is not null)
            failures.Add(hang);
        if (growth > MaxGrowthBytes)
            failures.Add(new FuzzFailure(Next, "memory", $"the live heap grew by {growth} bytes"));
        return new FuzzReport
        {
            Target = _target.Name,
            Seed = _seed,
            From = _from,
            Inputs = done,
            Accepted = _accepted,
            Seconds = seconds,
            InputsPerSecond = seconds > 0 ? done / seconds : 0,
            HeapGrowthBytes = growth,
            Next = Next,
            Failures = failures,
        };
    }
}
