using Avatar2D.Rtp.Packets;

namespace Avatar2D.Rtp.Tests.Packets;

/// <summary>Makes RTP packets for tests.</summary>
internal static class RtpBytes
{
    public static byte[] Make(
        ushort sequence, uint timestamp, ReadOnlySpan<byte> payload, uint ssrc = 0x11223344, byte payloadType = 0, bool marker = false)
    {
        byte[] bytes = new byte[RtpHeader.SizeBytes + payload.Length];
        new RtpHeader(payloadType, marker, sequence, timestamp, ssrc).TryWrite(bytes);
        payload.CopyTo(bytes.AsSpan(RtpHeader.SizeBytes));
        return bytes;
    }

    public static RtpPacketView View(byte[] bytes)
    {
        Assert.True(RtpPacketView.TryParse(bytes, out RtpPacketView view, out RtpParseError error), error.ToString());
        return view;
    }
}
