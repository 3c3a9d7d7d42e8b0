using Avatar2D.Gateway.Options;

namespace Avatar2D.Gateway.Subscribers.Jobs;

/// <summary>Keeps a worker's lease alive while it works, carries its progress, and stops it when the job is cancelled or lost.</summary>
internal sealed class JobHold(JobQueue queue, Job job, JobOptions options, TimeProvider time, CancellationTokenSource stop) : IProgress<JobProgress>
{
    private readonly TimeSpan _pace = TimeSpan.FromMilliseconds(Math.Min(1000, options.Lease.TotalMilliseconds / 5));
    private volatile JobProgress _progress = new(0, "begins");
    private volatile int _state = (int)LeaseState.Held;

    /// <summary>What the last renewal said.</summary>
    public LeaseState State => (LeaseState)_state;

    /// <inheritdoc/>
    public void Report(JobProgress value) => _progress = value;

    /// <summary>Renews until the work is stopped; never throws.</summary>
    public async Task RunAsync()
    {
        long last = time.GetTimestamp();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(_pace, time, stop.Token);
                LeaseState state = await queue.RenewAsync(job, _progress, stop.Token);
                last = time.GetTimestamp();
                if (state == LeaseState.Held)
                    continue;
                _state = (int)state;
                await stop.CancelAsync();
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return; // The work is over.
            }
            catch (Exception) when (time.GetElapsedTime(last) < options.Lease)
            {
                // The store is away for a moment; the lease still holds.
            }
            catch (Exception)
            {
                _state = (int)LeaseState.Lost;
                await stop.CancelAsync();
            }
        }
    }
}
