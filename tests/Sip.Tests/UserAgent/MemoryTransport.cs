using System.Net;
using Avatar2D.Sip.Transports;

namespace Avatar2D.Sip.Tests.UserAgent;

/// <summary>One end of a <see cref="MemoryWire"/>.</summary>
internal sealed class MemoryTransport(MemoryWire wire, SipListeningPoint point) : ISipTransport
{
    public SipListeningPoint ListeningPoint => point;

    public IPEndPoint LocalEndPoint => point.Bind;

    public ISipTransportReceiver? Receiver { get; private set; }

    public ValueTask StartAsync(ISipTransportReceiver receiver, CancellationToken cancellation)
    {
        Receiver = receiver;
        wire.Bind(this);
        return ValueTask.CompletedTask;
    }

    public bool TrySend(SipDestination destination, ReadOnlyMemory<byte> message, Action? failed) =>
        wire.TrySend(this, destination.Remote, message);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
