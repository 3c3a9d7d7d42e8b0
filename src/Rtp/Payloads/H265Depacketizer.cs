using System.Buffers.Binary;

namespace Avatar2D.Rtp.Payloads;

/// <summary>RTP into H.265 access units (RFC 7798) without decoding order numbers: single units, aggregation packets, fragments.</summary>
public sealed class H265Depacketizer : VideoDepacketizer
{
    /// <summary>Makes a depacketizer.</summary>
    /// <param name="maxFrameBytes">Longest picture. Default 1 MiB.</param>
    public H265Depacketizer(int maxFrameBytes = 1 << 20)
        : base(maxFrameBytes)
    {
    }

    private protected override DepacketizeResult Append(ReadOnlySpan<byte> payload)
    {
        if (payload.Length <= H265Nal.HeaderBytes)
            return DepacketizeResult.Malformed;
        switch (H265Nal.TypeOf(payload[0]))
        {
            case < H265Nal.Aggregation:
                AppendNal(payload, H265Nal.HeaderBytes);
                return DepacketizeResult.Accepted;
            case H265Nal.Aggregation:
                return AppendAggregation(payload[H265Nal.HeaderBytes..]);
            case H265Nal.Fragmentation:
                return AppendFragment(payload);
            default:
                return DepacketizeResult.Unsupported; // PACI and the unspecified ones
        }
    }

    private protected override void Classify(byte header, byte firstBodyByte, out bool isKey, out bool isSlice, out bool beginsPicture)
    {
        int type = H265Nal.TypeOf(header);
        isKey = H265Nal.IsIrap(type);
        isSlice = H265Nal.IsSlice(type);
        beginsPicture = isSlice && (firstBodyByte & 0x80) != 0; // first_slice_segment_in_pic_flag
    }

    private DepacketizeResult AppendAggregation(ReadOnlySpan<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            if (rest.Length < 2)
                return DepacketizeResult.Malformed;
            int size = BinaryPrimitives.ReadUInt16BigEndian(rest);
            if (size <= H265Nal.HeaderBytes || size > rest.Length - 2 || H265Nal.TypeOf(rest[2]) >= H265Nal.Aggregation)
                return DepacketizeResult.Malformed;
            AppendNal(rest.Slice(2, size), H265Nal.HeaderBytes);
            rest = rest[(2 + size)..];
        }

        return DepacketizeResult.Accepted;
    }

    private DepacketizeResult AppendFragment(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 4)
            return DepacketizeResult.Malformed;
        bool start = (payload[2] & 0x80) != 0;
        bool end = (payload[2] & 0x40) != 0;
        int type = payload[2] & 0x3F;
        if (type >= H265Nal.Aggregation)
            return DepacketizeResult.Malformed;
        if (start)
            BeginFragment([(byte)((payload[0] & 0x81) | (type << 1)), payload[1]], payload[3..]);
        bool taken = start ? !end || ContinueFragment(default, last: true) : ContinueFragment(payload[3..], end);
        if (!taken)
            Damage();
        return DepacketizeResult.Accepted;
    }
}
