using System.Net;
using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Rtcp;
using Avatar2D.Rtp.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace Avatar2D.Rtp.Tests.Sessions;

/// <summary>Two sessions on loopback that know each other, on one fake clock.</summary>
internal sealed class SessionPair : IAsyncDisposable
{
    public SessionPair(IPAddress address, bool mux, int firstPort, int keptPackets = 0)
    {
        RtpPortPool pool = new(new RtpPortPoolOptions { BindAddress = address, FirstPort = firstPort, LastPort = firstPort + 99 }, Time);
        Clock = new RtcpClock(Time);
        Left = Make(pool, LeftSink, 1, keptPackets);
        Right = Make(pool, RightSink, 2, 0);
        Left.Configure(Parameters(Right.LocalRtp, mux));
        Right.Configure(Parameters(Left.LocalRtp, mux));
    }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UnixEpoch);

    public RtcpClock Clock { get; }

    public RecordingSink LeftSink { get; } = new();

    public RecordingSink RightSink { get; } = new();

    public RtpSession Left { get; }

    public RtpSession Right { get; }

    public static RtpSessionParameters Parameters(IPEndPoint remote, bool mux = false) => new()
    {
        RemoteRtp = remote,
        RtcpMux = mux,
        ReceivePayloadTypes = PayloadTypeSet.Of(0, 101),
        UntimedPayloadTypes = PayloadTypeSet.Of(101),
    };

    /// <summary>Advances the clock by 20 ms steps and ticks one session until it sends a report.</summary>
    public void TickUntilReport(RtpSession session)
    {
        for (int i = 0; i < 1000; i++)
        {
            Time.Advance(TimeSpan.FromMilliseconds(20));
            if (session.OnTick(Clock.Now))
                return;
        }

        Assert.Fail("No report in 20 s.");
    }

    public async ValueTask DisposeAsync()
    {
        await Left.DisposeAsync();
        await Right.DisposeAsync();
    }

    private RtpSession Make(RtpPortPool pool, RecordingSink sink, int seed, int keptPackets)
    {
        Assert.True(pool.TryRent(out RtpPortLease? lease));
        RtpSession session = new(new RtpSessionOptions { Cname = "call@test", KeptPackets = keptPackets }, lease, sink, Clock, new Random(seed));
        session.Start();
        return session;
    }
}
