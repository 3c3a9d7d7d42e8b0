namespace Avatar2D.Rtp.Receiving;

/// <summary>One piece of the playout line. The payload is valid until the next call of <see cref="JitterBuffer.Pop"/>.</summary>
public readonly ref struct JitterFrame
{
    /// <summary>What this piece is.</summary>
    public JitterFrameKind Kind { get; init; }

    /// <summary>Of the packet (<see cref="JitterFrameKind.Packet"/>), of the next one (<see cref="JitterFrameKind.LostFecInNext"/>), else empty.</summary>
    public ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>Payload type that goes with <see cref="Payload"/>.</summary>
    public byte PayloadType { get; init; }

    /// <summary>Sequence number that goes with <see cref="Payload"/>.</summary>
    public ushort SequenceNumber { get; init; }

    /// <summary>RTP timestamp at which this piece begins.</summary>
    public uint Timestamp { get; init; }

    /// <summary>Length of this piece on the playout line, rtpTicks: decode, conceal or be silent for as long.</summary>
    public int DurationTicks { get; init; }
}
