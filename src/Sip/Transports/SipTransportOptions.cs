namespace Avatar2D.Sip.Transports;

/// <summary>Limits of the transports. Immutable.</summary>
public sealed record SipTransportOptions
{
    /// <summary>Longest message on a stream, in bytes. Default 65,535, as on UDP.</summary>
    public int MaxMessageBytes { get; init; } = 65_535;

    /// <summary>Connections of one listening point. Default 4,096.</summary>
    public int MaxConnections { get; init; } = 4_096;

    /// <summary>Connections that one address may open. Default 256: a proxy needs few, a flood many.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 256;

    /// <summary>Messages that wait to be written to one connection; one more closes it. Default 512.</summary>
    public int SendQueueLength { get; init; } = 512;

    /// <summary>
    /// A connection without traffic for so long is closed. Default 1 h: a phone behind NAT is reached only over the connection that
    /// it opened, and a call may be silent on the signalling side from its answer to its end.
    /// </summary>
    public TimeSpan ConnectionIdleTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long opening a connection may take, the TLS handshake included. Default 4 s: two lost SYNs are made up for, and there
    /// is time left to go another way.
    /// </summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// A connection that we opened and that is silent for so long gets a ping (RFC 5626 §3.5.1), which keeps NATs and firewalls
    /// open; a peer that answered pings before and leaves one without answer for <see cref="PongTimeout"/> is gone. Zero: never.
    /// Default 30 s.
    /// </summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the answer to a ping may take. Default 10 s (RFC 5626 §4.4.1).</summary>
    public TimeSpan PongTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Longest request over UDP, in bytes; a longer one goes over TCP (RFC 3261 §18.1.1), and over UDP after all where the peer
    /// takes no TCP. Zero: all go over UDP. Default 1,300.
    /// </summary>
    public int MaxUdpRequestBytes { get; init; } = 1_300;

    /// <summary>Socket buffers for datagrams, in bytes. Default 1 MiB: a burst of some hundred messages.</summary>
    public int UdpBufferBytes { get; init; } = 1 << 20;
}
