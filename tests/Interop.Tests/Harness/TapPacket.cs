namespace Avatar2D.Interop.Tests.Harness;

/// <summary>A datagram of a media stream as it passed the tap.</summary>
/// <param name="FromGateway">The gateway sent it.</param>
/// <param name="Data">The whole datagram.</param>
/// <param name="Ticks">When it came, <see cref="TimeProvider.GetTimestamp"/> of the system's time.</param>
internal sealed record TapPacket(bool FromGateway, byte[] Data, long Ticks)
{
    private const int RtpHeaderBytes = 12;

    /// <summary>RTCP by RFC 5761 §4: packet types 192 to 223.</summary>
    public bool IsRtcp => Data.Length >= 8 && Data[1] is >= 192 and <= 223;

    public bool IsRtp => !IsRtcp && Data.Length > RtpHeaderBytes && Data[0] >> 6 == 2;

    /// <summary>Last packet of a picture (RFC 6184 §5.1).</summary>
    public bool IsMarked => Data[1] >> 7 == 1;

    public ushort Sequence => (ushort)((Data[2] << 8) | Data[3]);

    /// <summary>90 kHz; the same for all packets of a picture.</summary>
    public uint MediaTime => ((uint)Data[4] << 24) | ((uint)Data[5] << 16) | ((uint)Data[6] << 8) | Data[7];

    /// <summary>Begins or holds an IDR slice of H.264: alone, in a STAP-A, or in the first fragment of an FU-A.</summary>
    public bool HasIdr => NalTypes().Contains(5);

    /// <summary>Holds a sequence parameter set of H.264.</summary>
    public bool HasParameterSets => NalTypes().Contains(7);

    /// <summary>PLI (RFC 4585 §6.3.1) or FIR (RFC 5104 §4.3.1) somewhere in a compound RTCP packet.</summary>
    public bool AsksForKeyFrame
    {
        get
        {
            for (int at = 0; IsRtcp && at + 4 <= Data.Length; at += 4 * (((Data[at + 2] << 8) | Data[at + 3]) + 1))
            {
                if (Data[at + 1] == 206 && (Data[at] & 31) is 1 or 4)
                    return true;
            }

            return false;
        }
    }

    /// <summary>Types of the H.264 NAL units that begin here, RFC 6184 §5.2.</summary>
    private List<int> NalTypes()
    {
        var types = new List<int>();
        if (!IsRtp)
            return types;
        ReadOnlySpan<byte> payload = Data.AsSpan(RtpHeaderBytes + (4 * (Data[0] & 15)));
        int type = payload[0] & 31;
        if (type == 24)
        {
            for (int at = 1; at + 2 < payload.Length; at += 2 + ((payload[at] << 8) | payload[at + 1]))
                types.Add(payload[at + 2] & 31);
        }
        else if (type != 28)
        {
            types.Add(type);
        }
        else if (payload[1] >> 7 == 1)
        {
            types.Add(payload[1] & 31);
        }

        return types;
    }
}
