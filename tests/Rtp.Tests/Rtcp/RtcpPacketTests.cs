using Avatar2D.Rtp.Rtcp;

namespace Avatar2D.Rtp.Tests.Rtcp;

public sealed class RtcpPacketTests
{
    private static readonly ReportBlock Block = new(0x0A0B0C0D, 64, -2, 0x0001FFFF, 33, 0x11112222, 0x00010000);

    private static readonly SenderInfo Info = new(new NtpTimestamp(0x83AA7E80_40000000), 0x01020304, 50, 8000);

    // Sizes by hand from RFC 3550 §6.4-6.6, RFC 4585 §6.2-6.3, RFC 5104 §4.3.1.
    private const string SenderReport =
        "81C8000C" + "CAFEBABE" + "83AA7E8040000000" + "01020304" + "00000032" + "00001F40" +
        "0A0B0C0D" + "40FFFFFE" + "0001FFFF" + "00000021" + "11112222" + "00010000";

    private const string EmptyReceiverReport = "80C90001" + "CAFEBABE";
    private const string CnameOfThree = "81CA0003" + "CAFEBABE" + "0103612E62" + "000000";
    private const string CnameOfTwo = "81CA0003" + "CAFEBABE" + "01026162" + "00000000";
    private const string Bye = "81CB0001" + "CAFEBABE";
    private const string Pli = "81CE0002" + "CAFEBABE" + "0A0B0C0D";
    private const string Fir = "84CE0004" + "CAFEBABE" + "00000000" + "0A0B0C0D" + "07000000";
    private const string Nack = "81CD0003" + "CAFEBABE" + "0A0B0C0D" + "00050003";

    public static TheoryData<string, RtcpParseError> Broken => new()
    {
        { "", RtcpParseError.Truncated },
        { "80C900", RtcpParseError.Truncated },
        { "80C90002CAFEBABE", RtcpParseError.Truncated },
        { "40C90001CAFEBABE", RtcpParseError.BadVersion },
        { EmptyReceiverReport + "00C90001CAFEBABE", RtcpParseError.BadVersion },
        { EmptyReceiverReport + "80C9", RtcpParseError.Truncated },
        { "A0C90001CAFEBABE", RtcpParseError.BadPadding },
        { "A0C90002CAFEBABE00000000", RtcpParseError.BadPadding },
        { "A0C90002CAFEBABE00000004" + EmptyReceiverReport, RtcpParseError.BadPadding },
        { "81C90001CAFEBABE", RtcpParseError.BadCount },
        { "80C80001CAFEBABE", RtcpParseError.BadCount },
        { "82CB0001CAFEBABE", RtcpParseError.BadCount },
        { "81CE0001CAFEBABE", RtcpParseError.BadCount },
    };

    [Fact]
    public void Write_EveryPacket_MatchesGoldenBytes()
    {
        Assert.Equal(SenderReport, Written((ref RtcpWriter writer) => writer.TryWriteSenderReport(0xCAFEBABE, Info, [Block])));
        Assert.Equal(EmptyReceiverReport, Written((ref RtcpWriter writer) => writer.TryWriteReceiverReport(0xCAFEBABE, [])));
        Assert.Equal(CnameOfThree, Written((ref RtcpWriter writer) => writer.TryWriteCname(0xCAFEBABE, "a.b"u8)));
        Assert.Equal(CnameOfTwo, Written((ref RtcpWriter writer) => writer.TryWriteCname(0xCAFEBABE, "ab"u8)));
        Assert.Equal(Bye, Written((ref RtcpWriter writer) => writer.TryWriteBye(0xCAFEBABE)));
        Assert.Equal(Pli, Written((ref RtcpWriter writer) => writer.TryWritePli(0xCAFEBABE, 0x0A0B0C0D)));
        Assert.Equal(Fir, Written((ref RtcpWriter writer) => writer.TryWriteFir(0xCAFEBABE, 0x0A0B0C0D, 7)));
        Assert.Equal(Nack, Written((ref RtcpWriter writer) => writer.TryWriteNack(0xCAFEBABE, 0x0A0B0C0D, 5, 3)));
    }

    [Fact]
    public void Read_CompoundOfAll_GivesBackEveryField()
    {
        string unknown = "83D10001CAFEBABE";
        RtcpReader reader = Reader(SenderReport + CnameOfThree + unknown + Pli + Fir + Nack + Bye);
        Assert.True(reader.TryReadNext(out RtcpPacketView packet));
        Assert.Equal(RtcpPacketType.SenderReport, packet.Type);
        Assert.Equal(0xCAFEBABE, packet.SenderSsrc);
        Assert.True(packet.TryGetSenderInfo(out SenderInfo info));
        Assert.Equal(Info, info);
        Assert.True(packet.TryGetReportBlock(0, out ReportBlock block));
        Assert.Equal(Block, block);
        Assert.False(packet.TryGetReportBlock(1, out _));
        Assert.False(packet.TryGetByeSource(0, out _));

        Assert.True(reader.TryReadNext(out packet));
        Assert.True(packet.TryGetCname(out uint ssrc, out ReadOnlySpan<byte> cname));
        Assert.Equal(0xCAFEBABE, ssrc);
        Assert.Equal("a.b"u8.ToArray(), cname.ToArray());

        Assert.True(reader.TryReadNext(out packet));
        Assert.Equal(209, (int)packet.Type);
        Assert.False(packet.TryGetFeedback(0, out _));

        Assert.Equal(new FeedbackMessage(FeedbackKind.PictureLoss, 0xCAFEBABE, 0x0A0B0C0D), NextFeedback(ref reader));
        Assert.Equal(new FeedbackMessage(FeedbackKind.FullIntraRequest, 0xCAFEBABE, 0x0A0B0C0D, FirSequence: 7), NextFeedback(ref reader));
        Assert.Equal(
            new FeedbackMessage(FeedbackKind.Nack, 0xCAFEBABE, 0x0A0B0C0D, NackPacketId: 5, NackBitmap: 3), NextFeedback(ref reader));

        Assert.True(reader.TryReadNext(out packet));
        Assert.True(packet.TryGetByeSource(0, out ssrc));
        Assert.Equal(0xCAFEBABE, ssrc);
        Assert.False(reader.TryReadNext(out _));
    }

    [Fact]
    public void Read_LonePli_IsTaken()
    {
        RtcpReader reader = Reader(Pli);
        Assert.True(NextFeedback(ref reader).AsksForKeyFrame);
    }

    [Fact]
    public void Read_PaddedLastPacket_LeavesPaddingOut()
    {
        RtcpReader reader = Reader(EmptyReceiverReport + "A1CB0003CAFEBABE" + "0000000000000008");
        Assert.True(reader.TryReadNext(out _));
        Assert.True(reader.TryReadNext(out RtcpPacketView packet));
        Assert.Equal(4, packet.Body.Length);
    }

    [Fact]
    public void Read_UnknownFeedbackFormat_IsSkipped()
    {
        RtcpReader reader = Reader("8FCE0003CAFEBABE0A0B0C0D52454D42");
        Assert.True(reader.TryReadNext(out RtcpPacketView packet));
        Assert.False(packet.TryGetFeedback(0, out _));
    }

    [Fact]
    public void TryGetCname_SecondItem_IsFound()
    {
        // NAME "x", then CNAME "y".
        RtcpReader reader = Reader("81CA0003CAFEBABE" + "020178" + "010179" + "0000");
        Assert.True(reader.TryReadNext(out RtcpPacketView packet));
        Assert.True(packet.TryGetCname(out _, out ReadOnlySpan<byte> cname));
        Assert.Equal("y"u8.ToArray(), cname.ToArray());
    }

    [Fact]
    public void TryGetCname_LengthPastEnd_IsRefused()
    {
        RtcpReader reader = Reader("81CA0002CAFEBABE" + "01FF6162");
        Assert.True(reader.TryReadNext(out RtcpPacketView packet));
        Assert.False(packet.TryGetCname(out _, out _));
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void TryCreate_Broken_GivesReason(string hex, RtcpParseError expected)
    {
        Assert.False(RtcpReader.TryCreate(Convert.FromHexString(hex), out _, out RtcpParseError error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void Write_NoRoom_WritesNothing()
    {
        byte[] room = new byte[27];
        RtcpWriter writer = new(room);
        Assert.False(writer.TryWriteSenderReport(1, Info, []));
        Assert.False(writer.TryWriteCname(1, new byte[256]));
        Assert.False(writer.TryWriteCname(1, default));
        Assert.Equal(0, writer.Length);
        Assert.All(room, value => Assert.Equal(0, value));
        Assert.True(writer.TryWriteReceiverReport(1, []));
        Assert.Equal(8, writer.Length);
    }

    [Fact]
    public void Write_LossBeyond24Bits_IsClamped()
    {
        byte[] room = new byte[64];
        RtcpWriter writer = new(room);
        writer.TryWriteReceiverReport(1, [Block with { CumulativeLost = int.MaxValue }]);
        Assert.True(RtcpReader.TryCreate(room.AsSpan(0, writer.Length), out RtcpReader reader, out _));
        reader.TryReadNext(out RtcpPacketView packet);
        Assert.True(packet.TryGetReportBlock(0, out ReportBlock block));
        Assert.Equal(0x7FFFFF, block.CumulativeLost);
    }

    [Fact]
    public void Read_MutatedCompounds_NeverThrows()
    {
        byte[] seed = Convert.FromHexString(SenderReport + CnameOfThree + Pli + Fir + Nack + Bye);
        byte[] bytes = new byte[seed.Length];
        Random random = new(11);
        int parsed = 0;
        for (int i = 0; i < 20_000; i++)
        {
            seed.CopyTo(bytes, 0);
            for (int flips = random.Next(6); flips > 0; flips--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            int length = random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length;
            if (!RtcpReader.TryCreate(bytes.AsSpan(0, length), out RtcpReader reader, out _))
                continue;
            parsed++;
            while (reader.TryReadNext(out RtcpPacketView packet))
            {
                packet.TryGetSenderInfo(out _);
                packet.TryGetCname(out _, out _);
                for (int n = 0; n < 4; n++)
                {
                    packet.TryGetReportBlock(n, out _);
                    packet.TryGetFeedback(n, out _);
                    packet.TryGetByeSource(n, out _);
                }
            }
        }

        Assert.True(parsed > 1000);
    }

    [Fact]
    public void WriteAndRead_Warm_AllocateNothing()
    {
        byte[] room = new byte[256];
        Assert.Equal(0, AllocationMeter.LeastBytes(() =>
        {
            RtcpWriter writer = new(room);
            writer.TryWriteSenderReport(1, Info, [Block]);
            writer.TryWriteCname(1, "a.b"u8);
            writer.TryWritePli(1, 2);
            RtcpReader.TryCreate(room.AsSpan(0, writer.Length), out RtcpReader reader, out _);
            while (reader.TryReadNext(out RtcpPacketView packet))
                packet.TryGetFeedback(0, out _);
        }));
    }

    private delegate bool Write(ref RtcpWriter writer);

    private static string Written(Write write)
    {
        byte[] room = new byte[128];
        RtcpWriter writer = new(room);
        Assert.True(write(ref writer));
        return Convert.ToHexString(room.AsSpan(0, writer.Length));
    }

    private static RtcpReader Reader(string hex)
    {
        Assert.True(RtcpReader.TryCreate(Convert.FromHexString(hex), out RtcpReader reader, out RtcpParseError error), error.ToString());
        return reader;
    }

    private static FeedbackMessage NextFeedback(ref RtcpReader reader)
    {
        Assert.True(reader.TryReadNext(out RtcpPacketView packet));
        Assert.True(packet.TryGetFeedback(0, out FeedbackMessage feedback));
        Assert.False(packet.TryGetFeedback(1, out _));
        return feedback;
    }

    [Theory]
    [InlineData("83CD0004CAFEBABE000000000A0B0C0D0803F200", FeedbackKind.TemporaryMaximumBitRate, 0x1F9 << 2)] // exponent 2, mantissa 505, overhead 0
    [InlineData("8FCE0005CAFEBABE0000000052454D42010BA4900A0B0C0D", FeedbackKind.ReceiverEstimatedBitRate, 0x3A490 << 2)]
    [InlineData("8FCE0005CAFEBABE0000000052454D4201FFFFFF0A0B0C0D", FeedbackKind.ReceiverEstimatedBitRate, int.MaxValue)]
    public void TryGetFeedback_BitRateLimits_AreRead(string hex, FeedbackKind kind, int bitRate)
    {
        Assert.True(RtcpReader.TryCreate(Convert.FromHexString(hex), out RtcpReader reader, out RtcpParseError error), error.ToString());
        Assert.True(reader.TryReadNext(out RtcpPacketView packet));
        Assert.True(packet.TryGetFeedback(0, out FeedbackMessage feedback));
        Assert.Equal((kind, bitRate, 0xCAFEBABEu), (feedback.Kind, feedback.BitRateBps, feedback.SenderSsrc));
        Assert.True(feedback.LimitsBitRate);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(131_071)]
    [InlineData(600_000)]
    public void TryWriteTmmbn_BitRate_SaysWhatTmmbrAsked(int bitRate)
    {
        byte[] bytes = new byte[64];
        RtcpWriter writer = new(bytes);
        Assert.True(writer.TryWriteTmmbn(7, 9, bitRate));
        Assert.Equal("84CD0004", Convert.ToHexString(bytes.AsSpan(0, 4)));
        bytes[0] = 0x83; // The entry has the form of TMMBR's.
        Assert.True(RtcpReader.TryCreate(bytes.AsSpan(0, writer.Length), out RtcpReader reader, out _));
        Assert.True(reader.TryReadNext(out RtcpPacketView packet));
        Assert.True(packet.TryGetFeedback(0, out FeedbackMessage feedback));
        Assert.Equal(9u, feedback.MediaSsrc);
        Assert.InRange(bitRate - feedback.BitRateBps, 0, 31);
    }
}
