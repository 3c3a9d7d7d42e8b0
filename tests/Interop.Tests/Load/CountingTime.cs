namespace Avatar2D.Interop.Tests.Load;

/// <summary>
/// The system's time with a count of the timers that live. Timers of 20 s and more fire ten times as early: the 32 s that SIP
/// keeps ended transactions (RFC 3261 §17, 64*T1) pass in 3.2 s.
/// </summary>
internal sealed class CountingTime : TimeProvider
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);
    private int _timers;

    /// <summary>Timers made and not yet disposed.</summary>
    public int LiveTimers => Volatile.Read(ref _timers);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _timers);
        return new Counted(this, System.CreateTimer(callback, state, Shorter(dueTime), period));
    }

    private static TimeSpan Shorter(TimeSpan due) => due >= Long ? due / 10 : due;

    private sealed class Counted(CountingTime owner, ITimer timer) : ITimer
    {
        private int _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Shorter(dueTime), period);

        public void Dispose()
        {
            Count();
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Count();
            return timer.DisposeAsync();
        }

        private void Count()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
                Interlocked.Decrement(ref owner._timers);
        }
    }
}
