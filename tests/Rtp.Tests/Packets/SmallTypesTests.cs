using Avatar2D.Rtp.Packets;

namespace Avatar2D.Rtp.Tests.Packets;

public sealed class SmallTypesTests
{
    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(65535, 0, 1)]
    [InlineData(0, 65535, -1)]
    [InlineData(10, 10, 0)]
    [InlineData(0, 32767, 32767)]
    [InlineData(0, 32768, -32768)]
    public void Distance_OfSequences_WrapsShortestWay(int earlier, int later, int expected)
    {
        Assert.Equal(expected, SerialNumber.Distance((ushort)earlier, (ushort)later));
        Assert.Equal(expected > 0, SerialNumber.IsNewer((ushort)later, (ushort)earlier));
    }

    [Fact]
    public void Extend_AcrossWraps_KeepsCounting()
    {
        long extended = 65_530;
        ushort sequence = 65_530;
        for (int i = 0; i < 200_000; i += 7)
        {
            sequence += 7;
            extended = SerialNumber.Extend(extended, sequence);
            Assert.Equal(65_530 + i + 7, extended);
        }

        Assert.Equal(0x1_0000_0005, SerialNumber.Extend(0xFFFF_FFF0L, 5u));
        Assert.Equal(0xFFFF_FFF0L, SerialNumber.Extend(0x1_0000_0005, 0xFFFF_FFF0u));
        Assert.True(SerialNumber.IsNewer(5u, 0xFFFF_FFF0u));
    }

    [Theory]
    [InlineData("", DatagramKind.Unknown)]
    [InlineData("000100002112A442", DatagramKind.Stun)]
    [InlineData("16FEFD00", DatagramKind.Dtls)]
    [InlineData("4000", DatagramKind.TurnChannel)]
    [InlineData("8000", DatagramKind.Rtp)]
    [InlineData("80E0", DatagramKind.Rtp)]
    [InlineData("80", DatagramKind.Rtp)]
    [InlineData("80C8", DatagramKind.Rtcp)]
    [InlineData("81CE", DatagramKind.Rtcp)]
    [InlineData("0A0A", DatagramKind.Unknown)]
    [InlineData("FFFF", DatagramKind.Unknown)]
    public void Classify_ByFirstBytes_TellsKind(string hex, DatagramKind expected) =>
        Assert.Equal(expected, DatagramClassifier.Classify(Convert.FromHexString(hex)));

    [Fact]
    public void PayloadTypeSet_Members_AreFound()
    {
        PayloadTypeSet set = PayloadTypeSet.Of(0, 63, 64, 127, 200);
        for (int type = 0; type < 256; type++)
            Assert.Equal(type is 0 or 63 or 64 or 127, set.Contains((byte)type));
        Assert.False(PayloadTypeSet.None.Contains(0));
        Assert.Equal(set, PayloadTypeSet.Of(127, 64, 63, 0));
    }
}
