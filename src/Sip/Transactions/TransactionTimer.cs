namespace Avatar2D.Sip.Transactions;

/// <summary>
/// One timer of a transaction, made when first armed. The owner calls every member under the lock of <paramref name="serial"/>.
/// </summary>
internal sealed class TransactionTimer(TimeProvider time, SerialQueue serial, Action fired)
{
    private ITimer? _timer;
    private bool _disposed;

    /// <summary>Fires once after <paramref name="due"/>; an earlier due time is forgotten.</summary>
    public void ArmNeedsLock(TimeSpan due)
    {
        if (_disposed)
        {
            return;
        }

        if (due <= TimeSpan.Zero)
        {
            serial.AddNeedsLock(fired); // timers D, I, J, K of reliable transports: after what is queued, without a timer
        }
        else if (_timer is null)
        {
            _timer = time.CreateTimer(static state => ((Action)state!)(), fired, due, Timeout.InfiniteTimeSpan); // state: given here
        }
        else
        {
            _timer.Change(due, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Does not fire any more until armed again; a firing under way still comes, and the machine ignores it.</summary>
    public void StopNeedsLock() => _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Lets go of the timer for ever.</summary>
    public void DisposeNeedsLock()
    {
        _disposed = true;
        _timer?.Dispose();
        _timer = null;
    }
}
