using System.Net;

namespace Avatar2D.Sip.Transports;

/// <summary>The transport that a <see cref="TcpSipConnection"/> belongs to.</summary>
internal interface ITcpConnectionOwner : ISipTransport
{
    /// <summary>Who takes the messages; set before the first connection.</summary>
    ISipTransportReceiver? Receiver { get; }

    /// <summary>A request came whose Via says that its sender is also reached at this address (as RFC 5923 has it).</summary>
    void OnAlias(TcpSipConnection connection, IPEndPoint alias);

    /// <summary>The connection is closed, for whatever reason. Called once per connection, from any thread.</summary>
    void OnClosed(TcpSipConnection connection);
}
