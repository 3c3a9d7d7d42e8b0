namespace Avatar2D.Interop.Tests.Network;

/// <summary>Does things a little later, in the order of their times.</summary>
internal sealed class DelayLine : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(4);

    private readonly Lock _lock = new();
    private readonly PriorityQueue<Action, TimeSpan> _waiting = new();
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private readonly PeriodicTimer _timer = new(Step, TimeProvider.System);
    private readonly Task _loop;

    public DelayLine() => _loop = Task.Run(RunAsync);

    /// <summary>Since the line was made.</summary>
    public TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Does something after a while.</summary>
    public void Add(TimeSpan delay, Action action)
    {
        lock (_lock)
            _waiting.Enqueue(action, Now + delay);
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _loop;
    }

    private async Task RunAsync()
    {
        while (await _timer.WaitForNextTickAsync())
        {
            while (TryTake(out Action? action))
                action();
        }
    }

    private bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Action? action)
    {
        lock (_lock)
        {
            action = null;
            return _waiting.TryPeek(out _, out TimeSpan due) && due <= Now && _waiting.TryDequeue(out action, out _);
        }
    }
}
