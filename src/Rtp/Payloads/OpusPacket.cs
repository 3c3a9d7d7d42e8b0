namespace Avatar2D.Rtp.Payloads;

/// <summary>
/// The outer form of an Opus packet (RFC 6716 §3): a byte of configuration (5 bits), stereo (1), frame count code (2),
/// then lengths and frames. The RTP clock is 48 kHz whatever is coded (RFC 7587 §4.1).
/// </summary>
public static class OpusPacket
{
    /// <summary>Longest frame: 1,275 bytes (RFC 6716 §3.2.1).</summary>
    public const int MaxFrameBytes = 1275;

    /// <summary>Longest packet: 120 ms = 5,760 ticks (RFC 6716 §3.2.5, R5).</summary>
    public const int MaxDurationTicks = 5760;

    /// <summary>Checks the rules R1 to R7 of RFC 6716 §3.4 and tells the packet's duration.</summary>
    /// <param name="packet">Opus packet = RTP payload.</param>
    /// <param name="frames">Frames in it, 1 to 48.</param>
    /// <param name="durationTicks">Duration at 48 kHz.</param>
    public static bool TryParse(ReadOnlySpan<byte> packet, out int frames, out int durationTicks)
    {
        frames = 0;
        durationTicks = 0;
        if (packet.IsEmpty)
            return false;
        ReadOnlySpan<byte> rest = packet[1..];
        bool valid;
        switch (packet[0] & 3)
        {
            case 0:
                frames = 1;
                valid = rest.Length <= MaxFrameBytes;
                break;
            case 1:
                frames = 2;
                valid = (rest.Length & 1) == 0 && rest.Length / 2 <= MaxFrameBytes;
                break;
            case 2:
                frames = 2;
                valid = TryTakeLength(ref rest, out int first) && first <= rest.Length && rest.Length - first <= MaxFrameBytes;
                break;
            default:
                valid = CheckManyFrames(rest, out frames);
                break;
        }

        durationTicks = frames * FrameTicks(packet[0] >> 3);
        return valid && durationTicks <= MaxDurationTicks;
    }

    /// <summary>True for a packet that only says that nothing is said (DTX): no frame has more than one byte of code.</summary>
    public static bool IsDtx(ReadOnlySpan<byte> packet) => packet.Length is 1 or 2 && (packet[0] & 3) == 0;

    // Configurations 0-11 SILK 10, 20, 40, 60 ms; 12-15 hybrid 10, 20 ms; 16-31 CELT 2.5, 5, 10, 20 ms (RFC 6716 table 2).
    private static int FrameTicks(int configuration) => configuration switch
    {
        < 12 => (configuration & 3) switch { 0 => 480, 1 => 960, 2 => 1920, _ => 2880 },
        < 16 => (configuration & 1) == 0 ? 480 : 960,
        _ => 120 << (configuration & 3),
    };

    private static bool CheckManyFrames(ReadOnlySpan<byte> rest, out int frames)
    {
        frames = 0;
        if (rest.IsEmpty)
            return false;
        byte head = rest[0];
        rest = rest[1..];
        frames = head & 0x3F;
        if (frames is 0 or > 48)
            return false;
        if ((head & 0x40) != 0 && !TryTakePadding(ref rest))
            return false;
        if ((head & 0x80) == 0)
            return rest.Length % frames == 0 && rest.Length / frames <= MaxFrameBytes;
        int total = 0;
        for (int i = 0; i < frames - 1; i++)
        {
            if (!TryTakeLength(ref rest, out int length))
                return false;
            total += length;
        }

        return total <= rest.Length && rest.Length - total <= MaxFrameBytes;
    }

    private static bool TryTakePadding(ref ReadOnlySpan<byte> rest)
    {
        int padding = 0;
        byte value;
        do
        {
            if (rest.IsEmpty)
                return false;
            value = rest[0];
            rest = rest[1..];
            padding += value == 255 ? 254 : value;
        }
        while (value == 255);
        if (padding > rest.Length)
            return false;
        rest = rest[..^padding];
        return true;
    }

    // One byte up to 251, else first + 4 x second (RFC 6716 §3.2.1).
    private static bool TryTakeLength(ref ReadOnlySpan<byte> rest, out int length)
    {
        length = 0;
        if (rest.IsEmpty || (rest[0] >= 252 && rest.Length < 2))
            return false;
        length = rest[0] < 252 ? rest[0] : rest[0] + (4 * rest[1]);
        rest = rest[(rest[0] < 252 ? 1 : 2)..];
        return true;
    }
}
