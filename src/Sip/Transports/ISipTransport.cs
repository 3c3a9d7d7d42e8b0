using System.Net;

namespace Avatar2D.Sip.Transports;

/// <summary>Sends and receives whole SIP messages at one listening point. Every member from any thread.</summary>
public interface ISipTransport : IAsyncDisposable
{
    /// <summary>How it was configured.</summary>
    SipListeningPoint ListeningPoint { get; }

    /// <summary>Where it is bound; the port is known after <see cref="StartAsync"/>.</summary>
    IPEndPoint LocalEndPoint { get; }

    /// <summary>
    /// Binds and begins to hand messages to <paramref name="receiver"/>. Throws
    /// <see cref="System.Net.Sockets.SocketException"/> when the address is taken.
    /// </summary>
    ValueTask StartAsync(ISipTransportReceiver receiver, CancellationToken cancellation);

    /// <summary>
    /// Queues one message without waiting. False when that is impossible at once; when it fails later,
    /// <paramref name="failed"/> is called once, from any thread.
    /// </summary>
    bool TrySend(SipDestination destination, ReadOnlyMemory<byte> message, Action? failed);
}
