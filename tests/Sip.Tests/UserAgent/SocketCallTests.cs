using System.Net;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.Transports;
using Avatar2D.Sip.UserAgent;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Sip.Tests.UserAgent;

/// <summary>Whole calls over real sockets on loopback.</summary>
public sealed class SocketCallTests
{
    [Theory]
    [InlineData(SipTransportProtocol.Udp, "127.0.0.1:0")]
    [InlineData(SipTransportProtocol.Tcp, "127.0.0.1:0")]
    [InlineData(SipTransportProtocol.Udp, "[::1]:0")]
    [InlineData(SipTransportProtocol.Tcp, "[::1]:0")]
    [InlineData(SipTransportProtocol.Udp, "0.0.0.0:0")]
    public async Task Call_WithReinvite_GoesThrough(SipTransportProtocol protocol, string bind)
    {
        var bob = new Answerer();
        var point = new SipListeningPoint { Protocol = protocol, Bind = IPEndPoint.Parse(bind) };
        await using var callee = new SipUserAgent(new() { ListeningPoints = [point] }, bob, TimeProvider.System, NullLoggerFactory.Instance);
        await using var caller = new SipUserAgent(new() { ListeningPoints = [point] }, new Answerer(), TimeProvider.System, NullLoggerFactory.Instance);
        await callee.StartAsync(TestContext.Current.CancellationToken);
        await caller.StartAsync(TestContext.Current.CancellationToken);

        var host = bind.StartsWith('[') ? "[::1]" : "127.0.0.1";
        var target = new SipUri("bob", host, callee.LocalEndPoints[0].Port);
        target = protocol == SipTransportProtocol.Tcp ? target.WithParameter("transport", "tcp") : target;
        var mailbox = new Mailbox();
        var call = caller.PlaceCall(target, SipUri.Parse("sip:alice@example.com"), Stage.Offer, mailbox);
        await mailbox.Until<SipSessionEvent.Answered>();
        Assert.Equal(SipOrder.Done, call.SendReinvite(Stage.Offer));
        await mailbox.Until<SipSessionEvent.ReinviteAnswered>();
        Assert.Equal(SipOrder.Done, call.Hangup());
        await mailbox.Until<SipSessionEvent.Terminated>();
        await bob.Mail.Until<SipSessionEvent.Terminated>();
    }

    [Fact]
    public async Task PlaceCall_ToALocalName_IsResolved()
    {
        var point = new SipListeningPoint { Bind = IPEndPoint.Parse("127.0.0.1:0") };
        await using var callee = new SipUserAgent(new() { ListeningPoints = [point] }, new Answerer(), TimeProvider.System, NullLoggerFactory.Instance);
        await using var caller = new SipUserAgent(new() { ListeningPoints = [point] }, new Answerer(), TimeProvider.System, NullLoggerFactory.Instance);
        await callee.StartAsync(TestContext.Current.CancellationToken);
        await caller.StartAsync(TestContext.Current.CancellationToken);
        var mailbox = new Mailbox();
        var call = caller.PlaceCall(new("bob", "localhost", callee.LocalEndPoints[0].Port), SipUri.Parse("sip:alice@example.com"), Stage.Offer, mailbox);
        await mailbox.Until<SipSessionEvent.Answered>();
        call.Hangup();
        await mailbox.Until<SipSessionEvent.Terminated>();
    }

    [Fact]
    public async Task PlaceCall_TcpAndNobodyListens_Is503()
    {
        var point = new SipListeningPoint { Protocol = SipTransportProtocol.Tcp, Bind = IPEndPoint.Parse("127.0.0.1:0") };
        await using var caller = new SipUserAgent(new() { ListeningPoints = [point] }, new Answerer(), TimeProvider.System, NullLoggerFactory.Instance);
        await caller.StartAsync(TestContext.Current.CancellationToken);
        using var closed = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        var mailbox = new Mailbox();
        caller.PlaceCall(new SipUri("bob", "127.0.0.1", port), SipUri.Parse("sip:a@b"), Stage.Offer, mailbox);
        var refused = await mailbox.Until<SipSessionEvent.Refused>();
        Assert.Equal(503, refused.Status);
        await mailbox.Until<SipSessionEvent.Terminated>();
        Assert.Equal(0, caller.ActiveSessions);
    }

    [Fact]
    public async Task Calls_ManyAtOnceHungUpByBothSides_AllEndOnce()
    {
        var point = new SipListeningPoint { Bind = IPEndPoint.Parse("127.0.0.1:0") };
        var bob = new Crowd();
        await using var callee = new SipUserAgent(new() { ListeningPoints = [point] }, bob, TimeProvider.System, NullLoggerFactory.Instance);
        await using var caller = new SipUserAgent(new() { ListeningPoints = [point] }, new Answerer(), TimeProvider.System, NullLoggerFactory.Instance);
        await callee.StartAsync(TestContext.Current.CancellationToken);
        await caller.StartAsync(TestContext.Current.CancellationToken);
        var target = new SipUri("bob", "127.0.0.1", callee.LocalEndPoints[0].Port);
        await Parallel.ForAsync(0, 200, TestContext.Current.CancellationToken, async (i, _) =>
        {
            var mailbox = new Mailbox();
            var call = caller.PlaceCall(target, SipUri.Parse("sip:alice@example.com"), Stage.Offer, mailbox);
            if (i % 5 == 0)
            {
                call.Hangup();
            }
            else
            {
                await mailbox.Until<SipSessionEvent.Answered>();
                call.SendReinvite(Stage.Offer);
                await Task.WhenAll(Task.Run(() => call.Hangup()), Task.Run(() => call.Cancel()));
            }

            await mailbox.Until<SipSessionEvent.Terminated>();
        });
        foreach (var (_, mailbox) in bob.Calls)
        {
            await mailbox.Until<SipSessionEvent.Terminated>();
        }

        Assert.InRange(bob.Calls.Count, 160, 200);
    }

    /// <summary>Accepts every call, and hangs up at the first re-INVITE.</summary>
    private sealed class Crowd : ISipUserAgentHandler
    {
        public System.Collections.Concurrent.ConcurrentQueue<(SipSession Call, Mailbox Mailbox)> Calls { get; } = new();

        public ISipSessionSink? OnIncomingCall(SipSession call)
        {
            var mailbox = new Mailbox
            {
                Also = e => _ = e switch
                {
                    SipSessionEvent.IncomingInvite => call.Accept(Stage.Answer),
                    SipSessionEvent.ReinviteReceived => call.Hangup(),
                    _ => SipOrder.Done,
                },
            };
            Calls.Enqueue((call, mailbox));
            return mailbox;
        }

        public Avatar2D.Sip.Dialogs.SipBody? DescribeMedia() => null;
    }
}
