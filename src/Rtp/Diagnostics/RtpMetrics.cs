using System.Diagnostics.Metrics;

namespace Avatar2D.Rtp.Diagnostics;

/// <summary>Metrics of media streams. Sessions add their totals when they close: nothing is counted here per packet. Any thread.</summary>
public sealed class RtpMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Avatar2D.Rtp";

    private static readonly KeyValuePair<string, object?> AudioTag = new("kind", "audio");
    private static readonly KeyValuePair<string, object?> VideoTag = new("kind", "video");

    private readonly Meter _meter;
    private readonly UpDownCounter<long> _open;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _received;
    private readonly Counter<long> _lost;
    private readonly Counter<long> _drops;
    private readonly Counter<long> _ignored;
    private readonly Histogram<double> _jitter;
    private readonly Histogram<double> _roundTrip;

    /// <summary>Makes the instruments.</summary>
    public RtpMetrics(IMeterFactory factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        _meter = factory.Create(MeterName);
        _open = _meter.CreateUpDownCounter<long>("avatar2d.rtp.streams", "{stream}", "Streams that are open");
        _sent = _meter.CreateCounter<long>("avatar2d.rtp.packets.sent", "{packet}", "RTP packets sent by closed streams");
        _received = _meter.CreateCounter<long>("avatar2d.rtp.packets.received", "{packet}", "RTP packets received by closed streams");
        _lost = _meter.CreateCounter<long>("avatar2d.rtp.packets.lost", "{packet}", "RTP packets lost on the way to closed streams");
        _drops = _meter.CreateCounter<long>("avatar2d.rtp.packets.send_drops", "{packet}", "Packets that the kernel did not take");
        _ignored = _meter.CreateCounter<long>("avatar2d.rtp.packets.ignored", "{packet}", "Malformed, foreign, unknown, STUN and DTLS datagrams");
        _jitter = _meter.CreateHistogram<double>("avatar2d.rtp.jitter", "s", "Interarrival jitter at the end of a stream");
        _roundTrip = _meter.CreateHistogram<double>("avatar2d.rtp.round_trip", "s", "Last round trip of a stream");
    }

    /// <summary>Lets the ports in use be read.</summary>
    /// <param name="portsInUse">Pairs lent at the moment of reading.</param>
    /// <param name="exhaustions">Times that no pair was left.</param>
    public void ObservePorts(Func<int> portsInUse, Func<long> exhaustions)
    {
        _meter.CreateObservableUpDownCounter("avatar2d.rtp.ports.used", portsInUse, "{pair}", "Pairs of media ports in use");
        _meter.CreateObservableCounter("avatar2d.rtp.ports.exhausted", exhaustions, "{request}", "Requests that found no pair of ports");
    }

    /// <summary>A stream opens.</summary>
    public void OnOpened(RtpStreamKind kind) => _open.Add(1, Tag(kind));

    /// <summary>A stream closes.</summary>
    public void OnClosed(in RtpStreamTotals totals, RtpStreamKind kind)
    {
        KeyValuePair<string, object?> tag = Tag(kind);
        _open.Add(-1, tag);
        _sent.Add(totals.Sent, tag);
        _received.Add(totals.Received, tag);
        _lost.Add(Math.Max(0, totals.Lost), tag);
        _drops.Add(totals.SendDrops, tag);
        _ignored.Add(totals.Ignored, tag);
        if (totals.Received > 0)
            _jitter.Record(totals.Jitter.TotalSeconds, tag);
        if (totals.RoundTrip is TimeSpan roundTrip)
            _roundTrip.Record(roundTrip.TotalSeconds, tag);
    }

    private static KeyValuePair<string, object?> Tag(RtpStreamKind kind) => kind == RtpStreamKind.Video ? VideoTag : AudioTag;
}
