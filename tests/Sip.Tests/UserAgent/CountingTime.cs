using Microsoft.Extensions.Time.Testing;

namespace Avatar2D.Sip.Tests.UserAgent;

/// <summary>Fake time that knows how many timers were made and not disposed.</summary>
internal sealed class CountingTime : TimeProvider
{
    private readonly FakeTimeProvider _fake = new();

    public int LiveTimers { get; private set; }

    public override long TimestampFrequency => _fake.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _fake.GetUtcNow();

    public override long GetTimestamp() => _fake.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        LiveTimers++;
        return new Counted(this, _fake.CreateTimer(callback, state, dueTime, period));
    }

    public void Advance(TimeSpan by) => _fake.Advance(by);

    private sealed class Counted(CountingTime owner, ITimer timer) : ITimer
    {
        private bool _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            if (!_disposed)
            {
                _disposed = true;
                owner.LiveTimers--;
            }

            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
