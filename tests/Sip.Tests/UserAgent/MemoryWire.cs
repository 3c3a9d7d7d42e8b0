using System.Net;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Parsing;
using Avatar2D.Sip.Transports;

namespace Avatar2D.Sip.Tests.UserAgent;

/// <summary>
/// A network in memory: what is sent waits in one queue until the test delivers it, so that every run is the same.
/// </summary>
internal sealed class MemoryWire : ISipTransportFactory
{
    private readonly Dictionary<(SipTransportProtocol Protocol, IPEndPoint Address), MemoryTransport> _bound = [];
    private readonly Queue<(MemoryTransport From, IPEndPoint To, byte[] Bytes)> _queue = new();

    /// <summary>True for a message that gets lost.</summary>
    public Func<SipMessage, bool> Lose { get; set; } = _ => false;

    /// <summary>Addresses that cannot be sent to.</summary>
    public HashSet<IPEndPoint> Dead { get; } = [];

    /// <summary>Everything that was sent, lost messages included.</summary>
    public List<SipMessage> Log { get; } = [];

    public ISipTransport Create(SipListeningPoint point) => new MemoryTransport(this, point);

    /// <summary>A transport for a scripted peer.</summary>
    public MemoryTransport Bind(MemoryTransport transport) => _bound[(transport.ListeningPoint.Protocol, transport.LocalEndPoint)] = transport;

    public bool TrySend(MemoryTransport from, IPEndPoint to, ReadOnlyMemory<byte> bytes)
    {
        var protocol = from.ListeningPoint.Protocol;
        if (Dead.Contains(to) || (protocol != SipTransportProtocol.Udp && !_bound.ContainsKey((protocol, to))))
        {
            return false;
        }

        _queue.Enqueue((from, to, bytes.ToArray()));
        return true;
    }

    /// <summary>Delivers until nothing is on the way.</summary>
    public void Pump()
    {
        while (_queue.TryDequeue(out var item))
        {
            var parsed = SipParser.TryParse(item.Bytes, SipLimits.Default, out var message, out var error);
            if (parsed)
            {
                Log.Add(message!); // parsed
            }

            if ((parsed && Lose(message!)) || !_bound.TryGetValue((item.From.ListeningPoint.Protocol, item.To), out var target))
            {
                continue;
            }

            if (parsed)
            {
                target.Receiver?.OnMessage(target, new(item.From.LocalEndPoint), message!);
            }
            else
            {
                target.Receiver?.OnRejected(target, new(item.From.LocalEndPoint), error!);
            }
        }
    }
}
