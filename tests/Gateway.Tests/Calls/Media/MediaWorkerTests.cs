using Avatar2D.Gateway.Calls.Media;
using Microsoft.Extensions.Time.Testing;

namespace Avatar2D.Gateway.Tests.Calls.Media;

public sealed class MediaWorkerTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _runs = [];

    [Fact]
    public void RunDue_SeveralTasks_EarliestFirst()
    {
        using var worker = new MediaWorker(_time, "test", startThread: false);
        long start = _time.GetTimestamp();
        worker.Add(new Recorder(this, "late", 100), start + At(20));
        worker.Add(new Recorder(this, "early", 100), start + At(10));
        worker.Add(new Recorder(this, "never", 100), start + At(90));
        _time.Advance(TimeSpan.FromMilliseconds(30));

        long next = worker.RunDue(_time.GetTimestamp());

        Assert.Equal(["early", "late"], _runs);
        Assert.Equal(start + At(90), next);
    }

    [Fact]
    public void RunDue_PeriodicTask_RunsOncePerPeriod()
    {
        using var worker = new MediaWorker(_time, "test", startThread: false);
        worker.Add(new Recorder(this, "tick", 20), _time.GetTimestamp() + At(20));
        for (int ms = 0; ms < 100; ms += 10)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            worker.RunDue(_time.GetTimestamp());
        }

        Assert.Equal(5, _runs.Count);
    }

    [Fact]
    public void RunDue_TaskThrows_OthersGoOnAndItIsTold()
    {
        using var worker = new MediaWorker(_time, "test", startThread: false);
        var broken = new Recorder(this, "broken", 10) { Fails = true };
        worker.Add(broken, _time.GetTimestamp());
        worker.Add(new Recorder(this, "sound", 10), _time.GetTimestamp());
        _time.Advance(TimeSpan.FromMilliseconds(10));

        worker.RunDue(_time.GetTimestamp());

        Assert.Contains("sound", _runs);
        Assert.IsType<InvalidOperationException>(broken.Fault);
        Assert.Equal(1, worker.TaskCount);
    }

    [Fact]
    public async Task RemoveAsync_Completed_TaskNeverRunsAgain()
    {
        using var worker = new MediaWorker(_time, "test");
        var task = new Recorder(this, "tick", 0);
        worker.Add(task, _time.GetTimestamp());

        await worker.RemoveAsync(task);
        int runs = _runs.Count;
        await worker.RemoveAsync(task);

        Assert.Equal(0, worker.TaskCount);
        Assert.Equal(runs, _runs.Count);
    }

    [Fact]
    public void RunDue_FaultHandlerThrows_OthersGoOn()
    {
        using var worker = new MediaWorker(_time, "test", startThread: false);
        worker.Add(new Recorder(this, "broken", 10) { Fails = true, FailsToHear = true }, _time.GetTimestamp());
        worker.Add(new Recorder(this, "sound", 10), _time.GetTimestamp());

        worker.RunDue(_time.GetTimestamp());

        Assert.Equal(["sound"], _runs);
    }

    [Fact]
    public async Task RemoveAsync_WorkerStopped_CompletesAndAddIsHarmless()
    {
        var worker = new MediaWorker(_time, "test");
        var task = new Recorder(this, "tick", 1000);
        worker.Dispose();
        worker.Add(task, _time.GetTimestamp());

        await worker.RemoveAsync(task).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        worker.Dispose();
        Assert.Empty(_runs);
    }

    [Fact]
    public void RunDue_AfterWarmUp_AllocatesNothing()
    {
        using var worker = new MediaWorker(TimeProvider.System, "test", startThread: false);
        for (int i = 0; i < 50; i++)
            worker.Add(new Silent(), 0);
        long now = TimeProvider.System.GetTimestamp();
        worker.RunDue(now);

        Assert.Equal(0, AllocationMeter.LeastBytes(() =>
        {
            for (int i = 0; i < 1000; i++)
                worker.RunDue(now += 3_600_000_000_000);
        }));
    }

    [Fact]
    public void PickWorker_UnevenLoad_LeastLoaded()
    {
        using var clock = new MediaClock(_time, 3);
        for (int i = 0; i < 6; i++)
            clock.PickWorker().Add(new Silent { Next = At(1000 * 1000) }, At(1000 * 1000));

        Assert.Equal(6, clock.TaskCount);
        Assert.Equal(2, clock.PickWorker().TaskCount);
    }

    [Fact]
    public void PickWorker_BurstBeforeAnyTask_SpreadOverAll()
    {
        using var clock = new MediaClock(_time, 3);

        Assert.Equal(3, Enumerable.Range(0, 3).Select(_ => clock.PickWorker()).Distinct().Count());
    }

    private long At(int milliseconds) => milliseconds * _time.TimestampFrequency / 1000;

    private sealed class Recorder(MediaWorkerTests test, string name, int periodMs) : IMediaTask
    {
        public bool Fails { get; init; }

        public bool FailsToHear { get; init; }

        public Exception? Fault { get; private set; }

        public long Run(long now)
        {
            if (Fails)
                throw new InvalidOperationException("broken");
            lock (test._runs)
                test._runs.Add(name);
            return now + (periodMs * test._time.TimestampFrequency / 1000);
        }

        public void OnFault(Exception exception) =>
            Fault = FailsToHear ? throw new InvalidOperationException("deaf") : exception;
    }

    private sealed class Silent : IMediaTask
    {
        public long? Next { get; init; }

        public long Run(long now) => Next ?? now + 3_600_000_000_000;

        public void OnFault(Exception exception) => throw exception;
    }
}
