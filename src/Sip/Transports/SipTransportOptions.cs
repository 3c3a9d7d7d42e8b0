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

    /// <summary>How long opening a connection may take. Default 10 s, well below timer B.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Socket buffers for datagrams, in bytes. Default 1 MiB: a burst of some hundred messages.</summary>
    public int UdpBufferBytes { get; init; } = 1 << 20;
}
