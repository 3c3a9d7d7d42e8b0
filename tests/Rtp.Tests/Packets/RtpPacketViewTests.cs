using Avatar2D.Rtp.Packets;

namespace Avatar2D.Rtp.Tests.Packets;

public sealed class RtpPacketViewTests
{
    public static TheoryData<string, RtpParseError> Broken => new()
    {
        { "", RtpParseError.TooShort },
        { "80000001000000020000", RtpParseError.TooShort },
        { "40000001000000020000000A", RtpParseError.BadVersion },
        { "82000001000000020000000A00000001", RtpParseError.CsrcOverrun },
        { "90000001000000020000000ABEDE", RtpParseError.ExtensionOverrun },
        { "90000001000000020000000ABEDE000201020304", RtpParseError.ExtensionOverrun },
        { "A0000001000000020000000AFF00", RtpParseError.BadPadding },
        { "A0000001000000020000000AFF03", RtpParseError.BadPadding },
    };

    [Fact]
    public void TryParse_EveryFieldPresent_ReadsAll()
    {
        byte[] bytes = Convert.FromHexString("B2E0FFFE0102030405060708AAAAAAAABBBBBBBBBEDE0001DEADBEEF6869000003");
        Assert.True(RtpPacketView.TryParse(bytes, out RtpPacketView packet, out RtpParseError error));
        Assert.Equal(RtpParseError.None, error);
        Assert.True(packet.Marker);
        Assert.Equal(96, packet.PayloadType);
        Assert.Equal(0xFFFE, packet.SequenceNumber);
        Assert.Equal(0x01020304u, packet.Timestamp);
        Assert.Equal(0x05060708u, packet.Ssrc);
        Assert.Equal(2, packet.CsrcCount);
        Assert.Equal(0xAAAAAAAAu, packet.GetCsrc(0));
        Assert.Equal(0xBBBBBBBBu, packet.GetCsrc(1));
        Assert.True(packet.HasExtension);
        Assert.Equal(0xBEDE, packet.ExtensionProfile);
        Assert.Equal(Convert.FromHexString("DEADBEEF"), packet.Extension.ToArray());
        Assert.Equal("hi"u8.ToArray(), packet.Payload.ToArray());
        Assert.Equal(bytes, packet.Bytes.ToArray());
    }

    [Fact]
    public void TryParse_HeaderOnly_HasEmptyPayload()
    {
        RtpPacketView packet = RtpBytes.View(RtpBytes.Make(1, 2, default));
        Assert.True(packet.Payload.IsEmpty);
        Assert.True(packet.Extension.IsEmpty);
        Assert.Equal(0, packet.ExtensionProfile);
    }

    [Fact]
    public void TryParse_OnlyPadding_HasEmptyPayload()
    {
        Assert.True(RtpPacketView.TryParse(Convert.FromHexString("A0000001000000020000000A0002"), out RtpPacketView packet, out _));
        Assert.True(packet.Payload.IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void TryParse_Broken_GivesReason(string hex, RtpParseError expected)
    {
        Assert.False(RtpPacketView.TryParse(Convert.FromHexString(hex), out _, out RtpParseError error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void TryWrite_EveryField_ReadsBack()
    {
        Span<byte> bytes = stackalloc byte[RtpHeader.SizeBytes];
        Assert.True(new RtpHeader(127, true, 65535, uint.MaxValue, 1).TryWrite(bytes));
        Assert.Equal("80FFFFFFFFFFFFFF00000001", Convert.ToHexString(bytes));
        Assert.False(new RtpHeader(0, false, 0, 0, 0).TryWrite(bytes[..11]));
    }

    [Fact]
    public void TryParse_RandomBytes_NeverThrows()
    {
        Random random = new(7);
        byte[] bytes = new byte[96];
        int parsed = 0;
        for (int i = 0; i < 50_000; i++)
        {
            Span<byte> datagram = bytes.AsSpan(0, random.Next(bytes.Length));
            random.NextBytes(datagram);
            if (datagram.Length > 0)
                datagram[0] = (byte)(0x80 | (datagram[0] & 0x3F));
            if (!RtpPacketView.TryParse(datagram, out RtpPacketView packet, out _))
                continue;
            parsed++;
            int total = packet.Payload.Length + packet.Extension.Length + packet.ExtensionProfile;
            for (int csrc = 0; csrc < packet.CsrcCount; csrc++)
                total += (int)packet.GetCsrc(csrc);
            _ = total;
        }

        Assert.True(parsed > 1000);
    }

    [Fact]
    public void TryParse_Warm_AllocatesNothing()
    {
        byte[] bytes = RtpBytes.Make(1, 2, new byte[160]);
        Assert.Equal(0, AllocationMeter.LeastBytes(() =>
        {
            for (int i = 0; i < 1000; i++)
                _ = RtpPacketView.TryParse(bytes, out _, out _);
        }));
    }
}
