using System.Diagnostics.Metrics;
using Avatar2D.Rtp.Diagnostics;

namespace Avatar2D.Rtp.Tests.Sessions;

public sealed class RtpMetricsTests
{
    [Fact]
    public void OnClosed_Totals_ReachTheInstruments()
    {
        using OneMeterFactory factory = new();
        RtpMetrics metrics = new(factory);
        Dictionary<string, double> seen = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter, factory.Meter))
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        metrics.OnOpened(RtpStreamKind.Video);
        metrics.OnOpened(RtpStreamKind.Audio);
        metrics.OnClosed(new RtpStreamTotals(10, 20, -1, 2, 3, TimeSpan.FromMilliseconds(5), null), RtpStreamKind.Video);
        Assert.Equal(0, seen["avatar2d.rtp.streams video"]);
        Assert.Equal(1, seen["avatar2d.rtp.streams audio"]);
        Assert.Equal(10, seen["avatar2d.rtp.packets.sent video"]);
        Assert.Equal(20, seen["avatar2d.rtp.packets.received video"]);
        Assert.Equal(0, seen["avatar2d.rtp.packets.lost video"]);
        Assert.Equal(2, seen["avatar2d.rtp.packets.send_drops video"]);
        Assert.Equal(3, seen["avatar2d.rtp.packets.ignored video"]);
        Assert.Equal(0.005, seen["avatar2d.rtp.jitter video"]);
        Assert.DoesNotContain("avatar2d.rtp.round_trip video", seen.Keys);

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            string key = $"{instrument.Name} {tags[0].Value}";
            seen[key] = seen.GetValueOrDefault(key) + value;
        }
    }

    private sealed class OneMeterFactory : IMeterFactory
    {
        public Meter? Meter { get; private set; }

        public Meter Create(MeterOptions options) => Meter = new Meter(options);

        public void Dispose() => Meter?.Dispose();
    }
}
