namespace Avatar2D.Rtp.Tests.Payloads;

/// <summary>One table for packetizers and depacketizers: NAL unit types and sizes of a picture, and what must go on the wire.</summary>
internal static class VideoCases
{
    public const int MaxPayloadBytes = 100;

    /// <summary>Name, units as (type, bytes), aggregate, packets expected with a limit of 100 bytes.</summary>
    public static IEnumerable<(string Name, (int Type, int Bytes)[] Units, bool Aggregate, int[] PacketBytes)> H264 =>
    [
        ("one small slice", [(1, 20)], false, [20]),
        ("slice exactly at the limit", [(1, 100)], false, [100]),
        ("slice one byte above", [(1, 101)], false, [100, 4]), // FU-A: 98 + 98 ... of 100 bytes without header
        ("key frame", [(7, 12), (8, 5), (5, 250)], false, [12, 5, 100, 100, 55]),
        ("key frame, aggregated", [(7, 12), (8, 5), (5, 250)], true, [22, 100, 100, 55]),
        ("three slices", [(1, 60), (1, 60), (1, 60)], false, [60, 60, 60]),
        ("aggregate stops at the limit", [(1, 40), (1, 40), (1, 40)], true, [85, 40]),
        ("one byte units", [(9, 1), (1, 2)], true, [8]),
    ];

    /// <summary>As <see cref="H264"/>, for H.265.</summary>
    public static IEnumerable<(string Name, (int Type, int Bytes)[] Units, bool Aggregate, int[] PacketBytes)> H265 =>
    [
        ("one small slice", [(1, 20)], false, [20]),
        ("slice exactly at the limit", [(1, 100)], false, [100]),
        ("slice one byte above", [(1, 101)], false, [100, 5]),
        ("key frame", [(32, 12), (33, 30), (34, 5), (19, 250)], false, [12, 30, 5, 100, 100, 57]),
        ("key frame, aggregated", [(32, 12), (33, 30), (34, 5), (19, 250)], true, [55, 100, 100, 57]),
        ("aggregate stops at the limit", [(1, 40), (1, 40), (1, 40)], true, [86, 40]),
    ];

    /// <summary>An H.264 access unit with start codes of 3 and 4 bytes in turn. Slices are first slices.</summary>
    public static byte[] MakeH264(params (int Type, int Bytes)[] units) => Make(units, type => [(byte)(0x60 | type)]);

    /// <summary>An H.265 access unit.</summary>
    public static byte[] MakeH265(params (int Type, int Bytes)[] units) => Make(units, type => [(byte)(type << 1), 1]);

    /// <summary>The access unit as a depacketizer writes it: start codes of 4 bytes.</summary>
    public static byte[] WithLongStartCodes(byte[] accessUnit)
    {
        List<byte> bytes = [];
        Rtp.Payloads.AnnexBReader reader = new(accessUnit);
        while (reader.TryReadNext(out ReadOnlySpan<byte> nal))
        {
            bytes.AddRange([0, 0, 0, 1]);
            bytes.AddRange(nal.ToArray());
        }

        return [.. bytes];
    }

    private static byte[] Make((int Type, int Bytes)[] units, Func<int, byte[]> header)
    {
        List<byte> bytes = [];
        for (int i = 0; i < units.Length; i++)
        {
            bytes.AddRange(i % 2 == 0 ? [0, 0, 0, 1] : [0, 0, 1]);
            byte[] head = header(units[i].Type);
            bytes.AddRange(head);
            for (int n = head.Length; n < units[i].Bytes; n++)
                bytes.Add((byte)(0x80 | (n + i)));
        }

        return [.. bytes];
    }
}
