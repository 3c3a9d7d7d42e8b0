using Avatar2D.Gateway.Measuring;
using Avatar2D.Gateway.Phone;

namespace Avatar2D.Gateway.Commands;

/// <summary>Counts calls as they come and go. Any thread.</summary>
internal sealed class LoadTally
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, int> _endings = new(StringComparer.Ordinal);
    private readonly List<double> _losses = [];
    private int _begun;
    private int _peak;
    private long _packets;
    private long _pictures;
    private double _seconds;

    /// <summary>Calls at this moment.</summary>
    public int Now { get; private set; }

    /// <summary>Calls that are over.</summary>
    public int Ended { get; private set; }

    /// <summary>Calls that failed.</summary>
    public int Failed { get; private set; }

    /// <summary>A call is placed.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            _begun++;
            _peak = Math.Max(_peak, ++Now);
        }
    }

    /// <summary>A call is over.</summary>
    public void End(FarmOutcome outcome)
    {
        lock (_lock)
        {
            Now--;
            Ended++;
            Failed += outcome.IsFailed ? 1 : 0;
            _packets += outcome.AudioPackets;
            _pictures += outcome.Report.FramesReceived;
            _seconds += outcome.Length.TotalSeconds;
            if (outcome.Report.AudioLossPercent is { } loss)
                _losses.Add(loss);
            CountNeedsLock(outcome.IsFailed ? $"failed_{outcome.Report.SipStatus}_{outcome.Report.EndReason}" : outcome.Report.EndReason);
        }
    }

    /// <summary>A call could not even begin, or the gateway has gone.</summary>
    public void Fail(string ending)
    {
        lock (_lock)
        {
            Now = Math.Max(0, Now - 1);
            Ended++;
            Failed++;
            CountNeedsLock(ending);
        }
    }

    /// <summary>All of it.</summary>
    /// <param name="samples">Of the watched process; empty without one.</param>
    public LoadReport Report(IReadOnlyList<ProcessSample> samples)
    {
        lock (_lock)
        {
            return new LoadReport
            {
                Calls = _begun,
                Failed = Failed,
                Peak = _peak,
                CallSeconds = _seconds,
                AudioPackets = _packets,
                Pictures = _pictures,
                AudioLossPercentP50 = _losses.Count == 0 ? null : Percentiles.Of(_losses, 0.5),
                Endings = _endings,
                CoreMsPerCallSecond = samples.Count < 2 || _seconds == 0 ? null : 1000 * (samples[^1].CpuSeconds - samples[0].CpuSeconds) / _seconds,
                Process = samples,
            };
        }
    }

    private void CountNeedsLock(string ending) => _endings[ending] = _endings.GetValueOrDefault(ending) + 1;
}
