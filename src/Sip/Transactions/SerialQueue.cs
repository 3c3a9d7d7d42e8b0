namespace Avatar2D.Sip.Transactions;

/// <summary>
/// Runs work in the order in which it was queued, one piece at a time, on whichever thread finds the queue idle. Its lock also
/// guards the state of the owner, so that the order of transitions is the order of their effects; no work runs under the lock.
/// </summary>
internal sealed class SerialQueue
{
    private readonly Queue<Action> _work = new();
    private bool _running;

    /// <summary>Guards the owner's state and <see cref="AddNeedsLock"/>.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Queues work; call <see cref="Run"/> after leaving the lock.</summary>
    public void AddNeedsLock(Action work) => _work.Enqueue(work);

    /// <summary>
    /// Runs what is queued, unless another thread (or a caller further up this one) is doing so: then that one will.
    /// </summary>
    public void Run()
    {
        lock (Gate)
        {
            if (_running)
            {
                return;
            }

            _running = true;
        }

        while (true)
        {
            Action? work;
            lock (Gate)
            {
                if (!_work.TryDequeue(out work))
                {
                    _running = false;
                    return;
                }
            }

            try
            {
                work();
            }
            catch
            {
                // A bug further up must not leave the queue marked as running for ever.
                lock (Gate)
                {
                    _running = false;
                }

                throw;
            }
        }
    }
}
