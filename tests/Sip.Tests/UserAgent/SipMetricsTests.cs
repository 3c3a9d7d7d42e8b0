using System.Diagnostics.Metrics;
using Avatar2D.Sip.Diagnostics;
using Avatar2D.Sip.Sessions;

namespace Avatar2D.Sip.Tests.UserAgent;

public sealed class SipMetricsTests
{
    [Fact]
    public void SessionCounters_StartedEndedReleased_AreReportedWithTheirUnits()
    {
        using var factory = new Factory();
        var sums = new Dictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter == factory.Meter)
                {
                    Assert.False(string.IsNullOrEmpty(instrument.Unit));
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var key = instrument.Name + (tags.Length > 0 ? ":" + tags[0].Value : "");
            sums[key] = sums.GetValueOrDefault(key) + value;
        });
        listener.Start();
        var metrics = new SipMetrics(factory);
        metrics.SessionStarted();
        metrics.SessionStarted();
        metrics.SessionReleased();
        metrics.SessionEnded(SipEndCause.RemoteBye.ToString());
        metrics.Received(isRequest: true);
        metrics.Sent(isRequest: false);
        metrics.Retransmitted();
        metrics.Dropped();
        Assert.Equal(1, sums["avatar2d.sip.sessions"]);
        Assert.Equal(1, sums["avatar2d.sip.sessions.ended:RemoteBye"]);
        Assert.Equal(1, sums["avatar2d.sip.messages.received:request"]);
        Assert.Equal(1, sums["avatar2d.sip.messages.sent:response"]);
        Assert.Equal(1, sums["avatar2d.sip.retransmissions"]);
        Assert.Equal(1, sums["avatar2d.sip.messages.dropped"]);
    }

    private sealed class Factory : IMeterFactory
    {
        public Meter? Meter { get; private set; }

        public Meter Create(MeterOptions options) => Meter = new(options);

        public void Dispose() => Meter?.Dispose();
    }
}
