namespace Avatar2D.Codecs.Audio;

/// <summary>What can be read from an Opus packet without decoding it (RFC 6716 §3.1).</summary>
public static class OpusPacket
{
    /// <summary>
    /// True when the packet's first frame carries a copy of the frame before it: a SILK or hybrid frame whose LBRR flag is set.
    /// The flag follows one voice-activity bit per SILK frame of 20 ms in the first byte after the header (RFC 6716 §4.2.3).
    /// </summary>
    public static bool HasCopy(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < 2)
            return false;
        int configuration = packet[0] >> 3;
        if (configuration > 15)
            return false; // CELT only: no copies
        // Frames of 10 and 20 ms hold one SILK frame, 40 ms two, 60 ms three; hybrid frames are 10 or 20 ms.
        int silkFrames = configuration < 12 ? Math.Max(1, configuration & 3) : 1;
        int at = (packet[0] & 3) switch
        {
            0 or 1 => 1,
            2 => packet[1] < 252 ? 2 : 3,
            _ => StartOfFirstFrame(packet),
        };
        return at > 0 && at < packet.Length && (packet[at] & (0x80 >> silkFrames)) != 0;
    }

    /// <summary>Code 3 packets (RFC 6716 §3.2.5): a count byte, then padding and length bytes before the first frame; -1 if cut short.</summary>
    private static int StartOfFirstFrame(ReadOnlySpan<byte> packet)
    {
        int count = packet[1] & 0x3F;
        int at = 2;
        if ((packet[1] & 0x40) != 0)
        {
            while (at < packet.Length && packet[at] == 255)
                at++;
            at++;
        }

        if ((packet[1] & 0x80) == 0)
            return at;
        for (int i = 0; i < count - 1; i++)
        {
            if (at >= packet.Length)
                return -1;
            at += packet[at] < 252 ? 1 : 2;
        }

        return at;
    }
}
