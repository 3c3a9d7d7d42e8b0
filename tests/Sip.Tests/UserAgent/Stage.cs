using Avatar2D.Sip.Dialogs;
using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.UserAgent;

namespace Avatar2D.Sip.Tests.UserAgent;

/// <summary>Two user agents and one scripted peer on one wire in one fake time.</summary>
internal sealed class Stage
{
    public static readonly SipBody Offer = SipBody.Sdp("v=0\r\ns=offer\r\n");
    public static readonly SipBody Answer = SipBody.Sdp("v=0\r\ns=answer\r\n");

    public Stage(Func<SipUserAgentOptions, SipUserAgentOptions>? change = null, int seed = 1)
    {
        Alice = new(Wire, Time, "10.0.0.1:5060", seed, change);
        Bob = new(Wire, Time, "10.0.0.2:5060", seed + 1, change);
        Peer = new(Wire, "10.0.0.9:5070");
        Alice.Agent.StartAsync().AsTask().GetAwaiter().GetResult();
        Bob.Agent.StartAsync().AsTask().GetAwaiter().GetResult();
    }

    public MemoryWire Wire { get; } = new();

    public CountingTime Time { get; } = new();

    public Party Alice { get; }

    public Party Bob { get; }

    public ScriptedPeer Peer { get; }

    /// <summary>Lets time pass in steps of 10 ms, delivering what is sent.</summary>
    public void Pass(double seconds, int stepMs = 10)
    {
        Wire.Pump();
        for (var left = (int)Math.Round(seconds * 1000 / stepMs); left > 0; left--)
        {
            Time.Advance(TimeSpan.FromMilliseconds(stepMs));
            Wire.Pump();
        }
    }

    /// <summary>Alice calls Bob; nothing is delivered yet.</summary>
    public (SipSession Call, RecordingSink Sink) Call(SipBody? offer, Avatar2D.Sip.Messages.SipUri? target = null)
    {
        var sink = new RecordingSink();
        return (Alice.Agent.PlaceCall(target ?? Bob.Uri, Alice.Uri, offer, sink), sink);
    }

    /// <summary>A call that is up between Alice and Bob.</summary>
    public (SipSession Caller, RecordingSink CallerSink, SipSession Callee, RecordingSink CalleeSink) Connected()
    {
        var (caller, callerSink) = Call(Offer);
        Wire.Pump();
        var (callee, calleeSink) = Bob.Calls[^1];
        Assert.Equal(SipOrder.Done, callee.Accept(Answer));
        Wire.Pump();
        Assert.Equal("Answered", callerSink.Story);
        Assert.Equal("IncomingInvite AckReceived", calleeSink.Story);
        return (caller, callerSink, callee, calleeSink);
    }

    /// <summary>Nothing may be left after the longest timers have run out.</summary>
    public void AssertNothingLeft()
    {
        Pass(250, stepMs: 500);
        foreach (var party in new[] { Alice, Bob })
        {
            Assert.Equal((0, 0, 0), (party.Agent.ActiveSessions, party.Agent.ActiveDialogs, party.Agent.ActiveTransactions));
        }

        Assert.Equal(0, Time.LiveTimers);
    }
}
