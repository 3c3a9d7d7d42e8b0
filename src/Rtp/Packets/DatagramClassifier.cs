namespace Avatar2D.Rtp.Packets;

/// <summary>Tells the protocols on one port apart (RFC 7983 §7, RFC 5761 §4).</summary>
public static class DatagramClassifier
{
    /// <summary>Looks at the first two bytes only; the parsers check the rest.</summary>
    public static DatagramKind Classify(ReadOnlySpan<byte> datagram)
    {
        if (datagram.IsEmpty)
        {
            return DatagramKind.Unknown;
        }

        return datagram[0] switch
        {
            <= 3 => DatagramKind.Stun,
            >= 20 and <= 63 => DatagramKind.Dtls,
            >= 64 and <= 79 => DatagramKind.TurnChannel,
            >= 128 and <= 191 => datagram.Length > 1 && datagram[1] is >= 192 and <= 223 ? DatagramKind.Rtcp : DatagramKind.Rtp,
            _ => DatagramKind.Unknown,
        };
    }
}
