using System.Collections.Concurrent;
using System.Net;

namespace Avatar2D.Sip.UserAgent;

/// <summary>
/// A token bucket for each address that requests come from: the one who floods is refused, the others are not. Any thread.
/// </summary>
/// <param name="perSecond">Tokens that come back in a second.</param>
/// <param name="burst">Tokens of a full bucket.</param>
/// <param name="time">Clock.</param>
internal sealed class SourceLimiter(int perSecond, int burst, TimeProvider time)
{
    // Bounded, as addresses of datagrams can be forged; cleared whole when full, which gives each a full bucket once.
    private const int MaxSources = 16_384;
    private readonly ConcurrentDictionary<IPAddress, Bucket> _buckets = new();

    /// <summary>One request from an address; false when it has had its share.</summary>
    public bool TryTake(IPAddress source)
    {
        if (_buckets.Count >= MaxSources)
        {
            _buckets.Clear();
        }

        var bucket = _buckets.GetOrAdd(source, static (_, limiter) => limiter.FullBucket(), this);
        lock (bucket)
        {
            var now = time.GetTimestamp();
            bucket.Tokens = Math.Min(burst, bucket.Tokens + (time.GetElapsedTime(bucket.At, now).TotalSeconds * perSecond));
            bucket.At = now;
            if (bucket.Tokens < 1)
            {
                return false;
            }

            bucket.Tokens--;
            return true;
        }
    }

    private Bucket FullBucket() => new() { Tokens = burst, At = time.GetTimestamp() };

    private sealed class Bucket
    {
        public double Tokens { get; set; }

        public long At { get; set; }
    }
}
