using Avatar2D.Rtp.Packets;

namespace Avatar2D.Rtp.Tests.Packets;

public sealed class HeaderExtensionsTests
{
    [Theory]
    [InlineData("BEDE 0001 1003 0000", 1, "03")]
    [InlineData("BEDE 0002 20AA 3111 2200 0000", 3, "1122")] // Behind another element, RFC 8285 §4.2.
    [InlineData("BEDE 0002 0000 1007 0000 0000", 1, "07")] // Padding in front.
    [InlineData("1000 0001 0101 0500", 1, "05")] // Two-byte header, §4.3.
    [InlineData("100F 0002 1000 0201 0900 0000", 2, "09")] // An empty element, and application bits.
    public void TryFind_Elements_FoundById(string extension, int id, string expected)
    {
        Assert.True(HeaderExtensions.TryFind(With(extension), id, out ReadOnlySpan<byte> element));
        Assert.Equal(expected, Convert.ToHexString(element));
    }

    [Theory]
    [InlineData("BEDE 0001 1003 0000", 2)]
    [InlineData("BEDE 0001 F010 0300", 1)] // 15 ends the reading, §4.2.
    [InlineData("BEDE 0001 1F03 0000", 1)] // Longer than the extension.
    [InlineData("1000 0001 0109 0500", 1)]
    [InlineData("1000 0001 0000 0001", 1)] // No room for a length.
    [InlineData("ABCD 0001 1003 0000", 1)] // Some other profile.
    public void TryFind_NothingUsable_False(string extension, int id) =>
        Assert.False(HeaderExtensions.TryFind(With(extension), id, out _));

    [Fact]
    public void WriteOne_ThenTryFind_GivesTheValueBack()
    {
        var extension = new byte[HeaderExtensions.OneElementBytes];
        HeaderExtensions.WriteOne(extension, 14, 0x0D);
        RtpPacketView packet = With(Convert.ToHexString(extension));
        Assert.True(VideoOrientation.TryRead(packet, 14, out VideoOrientation orientation));
        Assert.Equal(new VideoOrientation(90, IsFlipped: true, IsBackCamera: true), orientation);
        Assert.False(VideoOrientation.TryRead(packet, 13, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => HeaderExtensions.WriteOne(new byte[8], 15, 0));
    }

    [Theory]
    [InlineData(0, 0, false, false)]
    [InlineData(1, 90, false, false)]
    [InlineData(2, 180, false, false)]
    [InlineData(7, 270, true, false)]
    [InlineData(8, 0, false, true)]
    public void VideoOrientation_EveryField_ReadAndWritten(byte value, int degrees, bool flipped, bool back)
    {
        var orientation = new VideoOrientation(degrees, flipped, back);
        Assert.Equal(orientation, VideoOrientation.FromByte(value));
        Assert.Equal(value, orientation.ToByte());
    }

    private static RtpPacketView With(string extension)
    {
        byte[] header = [0x90, 96, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3];
        byte[] bytes = [.. header, .. Convert.FromHexString(extension.Replace(" ", "", StringComparison.Ordinal)), 9];
        return RtpBytes.View(bytes);
    }
}
