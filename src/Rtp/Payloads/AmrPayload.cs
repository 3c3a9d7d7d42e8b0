namespace Avatar2D.Rtp.Payloads;

/// <summary>
/// The payload of AMR and AMR-WB (RFC 4867 §4.3 bandwidth-efficient, §4.4 octet-aligned): a mode request, a table of contents,
/// the frames. One channel; no interleaving, sorting or CRC. Frames outside of RTP are in storage format: a byte of type and
/// quality, then the speech bits in whole bytes.
/// </summary>
/// <param name="Wide">AMR-WB.</param>
/// <param name="OctetAligned">a=fmtp octet-align=1.</param>
public readonly record struct AmrPayload(bool Wide, bool OctetAligned)
{
    /// <summary>Frames in a payload that we take and send: 240 ms.</summary>
    public const int MaxFrames = 12;

    /// <summary>A mode request that asks for nothing.</summary>
    public const int NoRequest = 15;

    /// <summary>Longest frame in storage format.</summary>
    public const int MaxFrameBytes = 61;

    private static ReadOnlySpan<short> NarrowBits => [95, 103, 118, 134, 148, 159, 204, 244, 39];

    private static ReadOnlySpan<short> WideBits => [132, 177, 253, 285, 317, 365, 397, 461, 477, 40];

    /// <summary>rtpTicks of a frame.</summary>
    public int FrameTicks => Wide ? 320 : 160;

    /// <summary>Speech bits of a frame type; -1 for types that do not exist.</summary>
    public int BitsOf(int type)
    {
        ReadOnlySpan<short> bits = Wide ? WideBits : NarrowBits;
        return type < bits.Length ? bits[type] : type == 15 || (Wide && type == 14) ? 0 : -1;
    }

    /// <summary>Checks a payload; false when no decoder should see it.</summary>
    /// <param name="payload">RTP payload.</param>
    /// <param name="frames">Frames in it.</param>
    /// <param name="modeRequest">What rate the peer wants to hear, 15 for any.</param>
    public bool TryParse(ReadOnlySpan<byte> payload, out int frames, out int modeRequest)
    {
        frames = 0;
        modeRequest = NoRequest;
        var reader = new BitReader(payload);
        if (!reader.TryRead(OctetAligned ? 8 : 4, out int request))
            return false;
        int bits = 0;
        int more = 1;
        while (more == 1)
        {
            if (frames == MaxFrames || !TryReadEntry(ref reader, out more, out int type, out _) || BitsOf(type) < 0)
                return false;
            bits += OctetAligned ? (BitsOf(type) + 7) / 8 * 8 : BitsOf(type);
            frames++;
        }

        modeRequest = OctetAligned ? request >> 4 : request;
        return reader.Left >= bits;
    }

    /// <summary>Takes one frame out of a payload that <see cref="TryParse"/> took; its length in storage format, 0 when there is none.</summary>
    /// <param name="payload">RTP payload.</param>
    /// <param name="index">Which, from 0.</param>
    /// <param name="frame">At least <see cref="MaxFrameBytes"/>.</param>
    public int ReadFrame(ReadOnlySpan<byte> payload, int index, Span<byte> frame)
    {
        var reader = new BitReader(payload);
        reader.TryRead(OctetAligned ? 8 : 4, out _);
        int before = 0;
        int wanted = -1;
        int quality = 0;
        int more = 1;
        for (int i = 0; more == 1; i++)
        {
            if (i == MaxFrames || !TryReadEntry(ref reader, out more, out int type, out int good) || BitsOf(type) < 0)
                return 0;
            if (i < index)
                before += OctetAligned ? (BitsOf(type) + 7) / 8 * 8 : BitsOf(type);
            else if (i == index)
                (wanted, quality) = (type, good);
        }

        if (wanted < 0 || !reader.TrySkip(before) || reader.Left < BitsOf(wanted))
            return 0;
        frame[0] = (byte)((wanted << 3) | (quality << 2));
        int length = 1;
        for (int bits = BitsOf(wanted); bits > 0; bits -= 8)
        {
            int piece = Math.Min(8, bits);
            reader.TryRead(piece, out int value);
            frame[length++] = (byte)(value << (8 - piece));
        }

        return length;
    }

    /// <summary>Writes a payload; its length, 0 when there is no room or a frame is none.</summary>
    /// <param name="frames">Frames in storage format, one after the other.</param>
    /// <param name="modeRequest">0 to 8, or <see cref="NoRequest"/>.</param>
    /// <param name="payload">Room.</param>
    public int Write(ReadOnlySpan<byte> frames, int modeRequest, Span<byte> payload)
    {
        payload.Clear();
        var writer = new BitWriter(payload);
        writer.Write(OctetAligned ? modeRequest << 4 : modeRequest, OctetAligned ? 8 : 4);
        ReadOnlySpan<byte> rest = frames;
        while (!rest.IsEmpty)
        {
            int type = (rest[0] >> 3) & 15;
            int bytes = 1 + ((BitsOf(type) + 7) / 8);
            if (BitsOf(type) < 0 || bytes > rest.Length)
                return 0;
            int more = bytes < rest.Length ? 1 : 0;
            writer.Write((((more << 4) | type) << 1) | ((rest[0] >> 2) & 1), 6);
            if (OctetAligned)
                writer.Write(0, 2);
            rest = rest[bytes..];
        }

        rest = frames;
        while (!rest.IsEmpty)
        {
            int bits = BitsOf((rest[0] >> 3) & 15);
            rest = rest[1..];
            for (; bits > 0; bits -= 8, rest = rest[1..])
            {
                int piece = OctetAligned ? 8 : Math.Min(8, bits);
                writer.Write(rest[0] >> (8 - piece), piece);
            }
        }

        return writer.Length;
    }

    private bool TryReadEntry(ref BitReader reader, out int more, out int type, out int quality)
    {
        bool whole = reader.TryRead(6, out int entry) && (!OctetAligned || reader.TrySkip(2));
        more = entry >> 5;
        type = (entry >> 1) & 15;
        quality = entry & 1;
        return whole;
    }
}
