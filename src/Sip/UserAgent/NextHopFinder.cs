using System.Collections.Concurrent;
using System.Net;
using Avatar2D.Sip.Diagnostics;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Resolving;
using Avatar2D.Sip.Transports;
using Microsoft.Extensions.Logging;

namespace Avatar2D.Sip.UserAgent;

/// <summary>
/// Finds the way to a URI: addresses at once, names by DNS (RFC 3263 §4). A place that failed is passed over for a minute while
/// there is another one (§4.3). Any thread.
/// </summary>
internal sealed class NextHopFinder(SipTransportLayer transport, TargetFinder targets, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    // Bounded, as names come from outside; cleared whole when full: the worst is one more try of a dead place.
    private const int MaxFailed = 4_096;

    private static readonly TimeSpan FailedFor = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookUpTime = TimeSpan.FromSeconds(8);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, byte> _lookups = new();
    private readonly ConcurrentDictionary<SipTarget, long> _failed = new();

    /// <summary>Calls <paramref name="found"/> once: now, or from another thread later; with null when there is no way.</summary>
    public void Find(SipUri uri, Action<SipFlow?> found) => Find(uri, flows => found(flows.FirstOrDefault(flow => !HasFailed(flow)) is { Transport: not null } fresh
        ? fresh : flows.Count > 0 ? flows[0] : null));

    /// <summary>As <see cref="Find(SipUri, Action{SipFlow?})"/>, but null too when all places have failed a moment ago.</summary>
    public void FindAnother(SipUri uri, Action<SipFlow?> found) => Find(uri, flows =>
        found(flows.FirstOrDefault(flow => !HasFailed(flow)) is { Transport: not null } fresh ? fresh : null));

    /// <summary>The place did not answer, or has no capacity.</summary>
    public void MarkFailed(SipFlow flow)
    {
        if (_failed.Count >= MaxFailed)
        {
            _failed.Clear();
        }

        _failed[TargetOf(flow)] = time.GetTimestamp();
        SipLog.PlaceFailed(logger, flow.Protocol.ViaName(), flow.Destination.Remote);
    }

    /// <summary>The place failed less than a minute ago.</summary>
    public bool HasFailed(SipFlow flow) =>
        !_failed.IsEmpty && _failed.TryGetValue(TargetOf(flow), out var since) && time.GetElapsedTime(since) < FailedFor;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_lookups.Keys);
        _stop.Dispose();
    }

    private static SipTarget TargetOf(SipFlow flow) => new(flow.Protocol, flow.Destination.Remote);

    private void Find(SipUri uri, Action<IReadOnlyList<SipFlow>> found)
    {
        if (!uri.IsSip)
        {
            SipLog.NotResolved(logger, uri.Scheme, "only sip and sips URIs can be reached without a proxy");
            found([]);
            return;
        }

        var lookup = LookUpAsync(uri, found);
        if (!lookup.IsCompleted)
        {
            _lookups[lookup] = 0;
            if (lookup.IsCompleted)
            {
                _lookups.TryRemove(lookup, out _);
            }
        }
    }

    // Ends before it returns when the URI names an address: nothing is waited for then.
    private async Task LookUpAsync(SipUri uri, Action<IReadOnlyList<SipFlow>> found)
    {
        IReadOnlyList<SipFlow> flows = [];
        try
        {
            var host = (uri.Parameters["maddr"] ?? uri.Host).Trim('[', ']');
            var name = IPAddress.TryParse(host, out _) ? null : host;
            using var bound = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            using var timer = name is null ? null
                : time.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), bound, LookUpTime, Timeout.InfiniteTimeSpan);
            flows =
            [
                .. (await targets.FindAsync(uri, bound.Token))
                    .Select(target => transport.FlowTo(target.Protocol, target.Remote, name))
                    .OfType<SipFlow>(),
            ];
            if (flows.Count == 0)
            {
                SipLog.NotResolved(logger, host, "no address that our transports reach");
            }
        }
        catch (OperationCanceledException)
        {
            SipLog.NotResolved(logger, uri.Host, "the name servers took too long, or we end");
        }

        foreach (var done in _lookups.Keys)
        {
            if (done.IsCompleted)
            {
                _lookups.TryRemove(done, out _);
            }
        }

        found(flows);
    }
}
