using Avatar2D.Codecs.Audio;
using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Payloads;
using Avatar2D.Rtp.Rtcp;
using Avatar2D.Rtp.Stun;

namespace Avatar2D.Gateway.Fuzzing;

/// <summary>Good packets and payloads, made by our own senders.</summary>
internal static class BinaryCorpus
{
    private const int MaxPayloadBytes = 200;

    /// <summary>RTP: plain, with padding, extension and contributing sources.</summary>
    public static IReadOnlyList<byte[]> Rtp { get; } =
    [
        Packet(0, new byte[160]), Packet(101, [1, 10, 0, 160]), Packet(96, [0x65, 1, 2, 3]),
        Convert.FromHexString("B1000001" + "000000A0" + "00000007" + "00000009" + "BEDE0001" + "10010000" + "0102030402" + "0002"),
        Convert.FromHexString("90E00001" + "000000A0" + "00000007" + "10000002" + "0702010F" + "00310000" + "6501"),
    ];

    /// <summary>Compounds of reports, SDES, BYE, PLI, FIR, NACK.</summary>
    public static IReadOnlyList<byte[]> Rtcp { get; } = [Compound(isSender: true), Compound(isSender: false), Convert.FromHexString("81CE0002CAFEBABE00000000")];

    /// <summary>Credentials of the checks in <see cref="Stun"/>.</summary>
    public static IceCredentials Ice { get; } = new("evtj", "VOkJxbRl1RmTxUk/WvJxBt");

    /// <summary>RFC 5769 §2.1 and §2.2, a nominating check, and an indication without attributes.</summary>
    public static IReadOnlyList<byte[]> Stun { get; } =
    [
        Convert.FromHexString(
            "000100582112A442B7E7A701BC34D686FA87DFAE" + "802200105354554E207465737420636C69656E74" + "002400046E0001FF80290008932FF9B151263B36"
            + "000600096576746A3A68367659202020" + "000800149AEAA70CBFD8CB56781EF2B5B2D3F249C1B571A2" + "80280004E57A3BCF"),
        Convert.FromHexString(
            "0101003C2112A442B7E7A701BC34D686FA87DFAE" + "8022000B7465737420766563746F7220" + "002000080001A147E112A643"
            + "000800142B91F599FD9E90C38C7489F92AF9BA53F06BE7D7" + "80280004C07D4C96"),
        StunCheck(),
        Convert.FromHexString("001100002112A442000102030405060708090A0B"),
    ];

    /// <summary>Pictures as rows of payloads.</summary>
    public static IReadOnlyList<byte[]> H264 { get; } =
    [
        Row(new H264Packetizer(1, MaxPayloadBytes), AccessUnit(([0x67], 12), ([0x68], 6), ([0x65, 0x88], 700))),
        Row(new H264Packetizer(1, MaxPayloadBytes), AccessUnit(([0x41, 0x9A], 300))),
        [0, 13, 3, 24, 0, 4, 0x67, 1, 2, 3, 0, 4, 0x65, 0x88, 2, 3],
    ];

    /// <summary>As <see cref="H264"/>, for H.265.</summary>
    public static IReadOnlyList<byte[]> H265 { get; } =
    [
        Row(new H265Packetizer(MaxPayloadBytes), AccessUnit(([0x40, 1], 20), ([0x42, 1], 30), ([0x44, 1], 8), ([0x26, 1, 0x80], 700))),
        Row(new H265Packetizer(MaxPayloadBytes), AccessUnit(([0x02, 1, 0x80], 300))),
        [0, 14, 3, 0x60, 1, 0, 4, 0x42, 1, 2, 3, 0, 4, 0x26, 1, 0x80, 3],
    ];

    /// <summary>A tone in frames of 10, 20, 40 and 60 ms.</summary>
    public static IReadOnlyList<byte[]> Opus { get; } = [.. new[] { 10, 20, 40, 60 }.Select(OpusFrame)];

    /// <summary>Frames of 20 ms.</summary>
    public static IReadOnlyList<byte[]> G711 { get; } = [new byte[160], [.. Enumerable.Range(0, 160).Select(i => (byte)i)]];

    /// <summary>AMR and AMR-WB in both packings: speech of several rates, silence, several frames.</summary>
    public static IReadOnlyList<byte[]> Amr { get; } =
    [
        .. new[] { false, true }.SelectMany(wide => new[] { false, true }.SelectMany(aligned => new[]
        {
            AmrFrames(new AmrPayload(wide, aligned), 7), AmrFrames(new AmrPayload(wide, aligned), 0, 2, 15),
            AmrFrames(new AmrPayload(wide, aligned), wide ? 9 : 8), AmrFrames(new AmrPayload(wide, aligned), 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4),
        })),
    ];

    /// <summary>Start and end of a key.</summary>
    public static IReadOnlyList<byte[]> TelephoneEvent { get; } = [[1, 10, 0, 160], [11, 0x8A, 3, 0x20], [255, 0x3F, 0xFF, 0xFF]];

    /// <summary>A level, with and without coefficients.</summary>
    public static IReadOnlyList<byte[]> ComfortNoise { get; } = [[60], [60, 127, 10, 200], [127, 0]];

    /// <summary>Payloads behind two bytes of length and one of flags: 1 marker, 2 new timestamp.</summary>
    public static byte[] Row(IVideoPacketizer packetizer, byte[] accessUnit)
    {
        if (packetizer.Begin(accessUnit) != PacketizeError.None)
            throw new InvalidOperationException("The corpus has a picture that cannot be packetized.");
        var row = new List<byte>();
        byte[] payload = new byte[MaxPayloadBytes];
        byte first = 2;
        while (packetizer.TryGetNext(accessUnit, payload, out int length, out bool last))
        {
            row.AddRange([(byte)(length >> 8), (byte)length, (byte)(first | (last ? 1 : 0))]);
            row.AddRange(payload.AsSpan(0, length));
            first = 0;
        }

        return [.. row];
    }

    private static byte[] Packet(byte payloadType, byte[] payload)
    {
        byte[] bytes = new byte[RtpHeader.SizeBytes + payload.Length];
        new RtpHeader(payloadType, true, 1, 160, 7).TryWrite(bytes);
        payload.CopyTo(bytes, RtpHeader.SizeBytes);
        return bytes;
    }

    private static byte[] Compound(bool isSender)
    {
        byte[] bytes = new byte[512];
        var writer = new RtcpWriter(bytes);
        var block = new ReportBlock(1, 2, 3, 4, 5, 6, 7);
        if (isSender)
            writer.TryWriteSenderReport(7, new SenderInfo(default, 160, 1, 160), [block]);
        else
            writer.TryWriteReceiverReport(7, [block, block]);
        writer.TryWriteCname(7, "a@b"u8);
        writer.TryWritePli(7, 1);
        writer.TryWriteFir(7, 1, 3);
        writer.TryWriteNack(7, 1, 100, 0xFFFF);
        writer.TryWriteBye(7);
        return bytes[..writer.Length];
    }

    private static byte[] AccessUnit(params (byte[] Head, int Bytes)[] units)
    {
        var bytes = new List<byte>();
        foreach ((byte[] head, int count) in units)
        {
            bytes.AddRange([0, 0, 0, 1, .. head]);
            bytes.AddRange(Enumerable.Range(0, count - head.Length).Select(n => (byte)(0x80 | n)));
        }

        return [.. bytes];
    }

    private static byte[] AmrFrames(AmrPayload format, params int[] types)
    {
        byte[] payload = new byte[1000];
        IEnumerable<byte> frames = types.SelectMany(type =>
            new[] { (byte)((type << 3) | 4) }.Concat(Enumerable.Range(0, (format.BitsOf(type) + 7) / 8).Select(n => (byte)(37 * n))));
        return payload[..format.Write([.. frames], AmrPayload.NoRequest, payload)];
    }

    private static byte[] OpusFrame(int ms)
    {
        using var encoder = new OpusEncoder(new OpusEncoderSettings { SampleRateHz = 16_000, ForwardErrorCorrection = true });
        short[] tone = [.. Enumerable.Range(0, 16 * ms).Select(i => (short)(8000 * Math.Sin(i * 0.2)))];
        byte[] payload = new byte[encoder.MaxPayloadBytes];
        encoder.Encode(tone, payload);
        return payload[..encoder.Encode(tone, payload)];
    }

    private static byte[] StunCheck()
    {
        byte[] bytes = new byte[StunWriter.MaxBytes];
        var writer = new StunWriter(bytes, StunClass.Request, "abcdefghijkl"u8);
        writer.Add(0x0006, "evtj:far"u8); // USERNAME
        writer.Add(0x0024, [0x6E, 0, 1, 0xFF]); // PRIORITY
        writer.Add(0x802A, new byte[8]); // ICE-CONTROLLING
        writer.Add(0x0025, []); // USE-CANDIDATE
        writer.AddIntegrity(System.Text.Encoding.UTF8.GetBytes(Ice.Password));
        return bytes[..writer.End()];
    }
}
