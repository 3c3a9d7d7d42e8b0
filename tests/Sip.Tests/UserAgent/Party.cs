using System.Net;
using Avatar2D.Sip.Dialogs;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.Transactions;
using Avatar2D.Sip.UserAgent;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Sip.Tests.UserAgent;

/// <summary>A user agent on the wire with its application: keeps incoming calls and their events.</summary>
internal sealed class Party : ISipUserAgentHandler
{
    public Party(MemoryWire wire, TimeProvider time, string address, int seed, Func<SipUserAgentOptions, SipUserAgentOptions>? change = null)
    {
        EndPoint = IPEndPoint.Parse(address);
        var options = new SipUserAgentOptions
        {
            ListeningPoints = [new() { Bind = EndPoint }],
            Timers = SipTimers.Default,
        };
        Agent = new(change?.Invoke(options) ?? options, this, time, NullLoggerFactory.Instance, new Random(seed), transports: wire);
    }

    public IPEndPoint EndPoint { get; }

    public SipUserAgent Agent { get; }

    public SipUri Uri => new("user", EndPoint.Address.ToString(), EndPoint.Port);

    /// <summary>Incoming calls with their mailboxes.</summary>
    public List<(SipSession Call, RecordingSink Sink)> Calls { get; } = [];

    /// <summary>What the application does with a call at once; false refuses it.</summary>
    public Func<SipSession, bool> OnCall { get; set; } = _ => true;

    /// <summary>Made for each call.</summary>
    public Func<RecordingSink> NewSink { get; set; } = () => new();

    public SipBody? Media { get; set; } = SipBody.Sdp("v=0\r\n");

    public ISipSessionSink? OnIncomingCall(SipSession call)
    {
        if (!OnCall(call))
        {
            return null;
        }

        var sink = NewSink();
        Calls.Add((call, sink));
        return sink;
    }

    public SipBody? DescribeMedia() => Media;
}
