using System.Buffers.Binary;
using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Payloads;

namespace Avatar2D.Gateway.Fuzzing;

/// <summary>
/// Depacketizers: an input is a row of payloads, each behind two bytes of length and one that says how it follows the one before
/// (<see cref="BinaryCorpus.Row"/>). State lives on from input to input, as in a call.
/// </summary>
internal static class VideoFuzz
{
    public static FuzzCheck OpenH264() => Open(new H264Depacketizer());

    public static FuzzCheck OpenH265() => Open(new H265Depacketizer());

    private static FuzzCheck Open(VideoDepacketizer depacketizer)
    {
        ushort sequence = 0;
        uint timestamp = 0;
        byte[] packet = new byte[4096];
        return input =>
        {
            bool taken = false;
            ReadOnlySpan<byte> rest = input;
            while (rest.Length >= 3)
            {
                int length = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(rest) % 2048, rest.Length - 3);
                byte how = rest[2];
                sequence += (ushort)((how & 0x0C) == 0x0C ? 2 : 1); // Now and then one is lost.
                timestamp += (how & 2) != 0 ? 3600u : 0;
                new RtpHeader(96, (how & 1) != 0, sequence, timestamp, 1).TryWrite(packet);
                rest.Slice(3, length).CopyTo(packet.AsSpan(RtpHeader.SizeBytes));
                if (RtpPacketView.TryParse(packet.AsSpan(0, RtpHeader.SizeBytes + length), out RtpPacketView view, out _))
                    taken |= depacketizer.Push(view) == DepacketizeResult.Accepted;
                while (depacketizer.TryTake(out VideoFrameView frame))
                    Walk(frame.Data);
                rest = rest[(3 + length)..];
            }

            return taken;
        };
    }

    private static void Walk(ReadOnlySpan<byte> accessUnit)
    {
        var reader = new AnnexBReader(accessUnit);
        int bytes = 0;
        while (reader.TryReadNext(out ReadOnlySpan<byte> nal))
            bytes += nal.Length;
        if (bytes > accessUnit.Length)
            throw new InvalidDataException("Units are longer than their picture.");
    }
}
