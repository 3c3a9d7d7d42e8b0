using System.Collections.Concurrent;
using System.Net;
using Avatar2D.Sip.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Avatar2D.Sip.Transports;

/// <summary>Counts what is no SIP and logs each source once, then at most once a minute. Any thread.</summary>
internal sealed class GarbageLog(TimeProvider time, ILogger logger)
{
    private const int MaxSources = 1_024;
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<IPAddress, Source> _sources = new();
    private long _total;

    /// <summary>Messages dropped since the start.</summary>
    public long Total => Interlocked.Read(ref _total);

    /// <summary>One more from <paramref name="address"/>.</summary>
    public void Add(IPAddress address, string reason)
    {
        Interlocked.Increment(ref _total);
        if (_sources.Count >= MaxSources)
        {
            _sources.Clear(); // forged sources must not fill the memory
        }

        var source = _sources.GetOrAdd(address, static _ => new());
        long count;
        lock (source)
        {
            source.Count++;
            var now = time.GetTimestamp();
            if (source.Count > 1 && time.GetElapsedTime(source.LoggedAt, now) < Quiet)
            {
                return;
            }

            count = source.Count - source.Logged;
            source.Logged = source.Count;
            source.LoggedAt = now;
        }

        SipLog.GarbageDropped(logger, count, address, reason);
    }

    private sealed class Source
    {
        public long Count { get; set; }

        public long Logged { get; set; }

        public long LoggedAt { get; set; }
    }
}
