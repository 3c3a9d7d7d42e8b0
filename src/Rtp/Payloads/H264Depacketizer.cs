using System.Buffers.Binary;

namespace Avatar2D.Rtp.Payloads;

/// <summary>RTP into H.264 access units (RFC 6184): single NAL units, STAP-A and FU-A, whatever mode was negotiated.</summary>
public sealed class H264Depacketizer : VideoDepacketizer
{
    /// <summary>Makes a depacketizer.</summary>
    /// <param name="maxFrameBytes">Longest picture. Default 1 MiB.</param>
    public H264Depacketizer(int maxFrameBytes = 1 << 20)
        : base(maxFrameBytes)
    {
    }

    private protected override DepacketizeResult Append(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
            return DepacketizeResult.Malformed;
        switch (H264Nal.TypeOf(payload[0]))
        {
            case >= 1 and < H264Nal.StapA:
                AppendNal(payload, headerBytes: 1);
                return DepacketizeResult.Accepted;
            case H264Nal.StapA:
                return AppendStapA(payload[1..]);
            case H264Nal.FuA:
                return AppendFuA(payload);
            case 0:
                return DepacketizeResult.Malformed;
            default:
                return DepacketizeResult.Unsupported; // STAP-B, MTAP, FU-B belong to mode 2
        }
    }

    private protected override void Classify(byte header, byte firstBodyByte, out bool isKey, out bool isSlice, out bool beginsPicture)
    {
        int type = H264Nal.TypeOf(header);
        isKey = type == H264Nal.Idr;
        isSlice = H264Nal.IsSlice(type);
        beginsPicture = isSlice && (firstBodyByte & 0x80) != 0; // first_mb_in_slice ue(v) = 0 is a single 1 bit
    }

    private DepacketizeResult AppendStapA(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty)
            return DepacketizeResult.Malformed;
        while (!rest.IsEmpty)
        {
            if (rest.Length < 2)
                return DepacketizeResult.Malformed;
            int size = BinaryPrimitives.ReadUInt16BigEndian(rest);
            if (size == 0 || size > rest.Length - 2 || H264Nal.TypeOf(rest[2]) is 0 or >= H264Nal.StapA)
                return DepacketizeResult.Malformed;
            AppendNal(rest.Slice(2, size), headerBytes: 1);
            rest = rest[(2 + size)..];
        }

        return DepacketizeResult.Accepted;
    }

    // A packet with start and end bit at once is forbidden, but some cameras send it: taken as a whole unit.
    private DepacketizeResult AppendFuA(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 3)
            return DepacketizeResult.Malformed;
        bool start = (payload[1] & 0x80) != 0;
        bool end = (payload[1] & 0x40) != 0;
        int type = H264Nal.TypeOf(payload[1]);
        if (type is 0 or >= H264Nal.StapA)
            return DepacketizeResult.Malformed;
        if (start)
            BeginFragment([(byte)((payload[0] & 0xE0) | type)], payload[2..]);
        bool taken = start ? !end || ContinueFragment(default, last: true) : ContinueFragment(payload[2..], end);
        if (!taken)
            Damage();
        return DepacketizeResult.Accepted;
    }
}
