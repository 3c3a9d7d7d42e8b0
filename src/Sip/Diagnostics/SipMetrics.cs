using System.Diagnostics.Metrics;

namespace Avatar2D.Sip.Diagnostics;

/// <summary>Meters of the SIP stack (<c>avatar2d.sip.*</c>); counts nothing when no factory is given. Any thread.</summary>
internal sealed class SipMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Avatar2D.Sip";

    private readonly Counter<long>? _received;
    private readonly Counter<long>? _sent;
    private readonly Counter<long>? _retransmitted;
    private readonly Counter<long>? _dropped;
    private readonly UpDownCounter<long>? _sessions;
    private readonly Counter<long>? _ended;

    /// <summary>Makes the instruments.</summary>
    public SipMetrics(IMeterFactory? factory)
    {
        if (factory is null)
        {
            return;
        }

        var meter = factory.Create(MeterName);
        _received = meter.CreateCounter<long>("avatar2d.sip.messages.received", "{message}", "SIP messages received");
        _sent = meter.CreateCounter<long>("avatar2d.sip.messages.sent", "{message}", "SIP messages sent");
        _retransmitted = meter.CreateCounter<long>("avatar2d.sip.retransmissions", "{message}", "Messages sent again by a timer");
        _dropped = meter.CreateCounter<long>("avatar2d.sip.messages.dropped", "{message}", "Received bytes that are no SIP");
        _sessions = meter.CreateUpDownCounter<long>("avatar2d.sip.sessions", "{session}", "Sessions, from first INVITE to release");
        _ended = meter.CreateCounter<long>("avatar2d.sip.sessions.ended", "{session}", "Sessions ended, by cause");
    }

    /// <summary>A message came in.</summary>
    public void Received(bool isRequest) => _received?.Add(1, new KeyValuePair<string, object?>("kind", isRequest ? "request" : "response"));

    /// <summary>A message went out.</summary>
    public void Sent(bool isRequest) => _sent?.Add(1, new KeyValuePair<string, object?>("kind", isRequest ? "request" : "response"));

    /// <summary>A message went out again.</summary>
    public void Retransmitted() => _retransmitted?.Add(1);

    /// <summary>Bytes were no SIP.</summary>
    public void Dropped() => _dropped?.Add(1);

    /// <summary>A session began.</summary>
    public void SessionStarted() => _sessions?.Add(1);

    /// <summary>A session was released.</summary>
    public void SessionReleased() => _sessions?.Add(-1);

    /// <summary>The owner was told the end.</summary>
    public void SessionEnded(string cause) => _ended?.Add(1, new KeyValuePair<string, object?>("cause", cause));
}
