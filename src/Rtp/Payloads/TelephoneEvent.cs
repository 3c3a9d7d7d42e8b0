using System.Buffers.Binary;

namespace Avatar2D.Rtp.Payloads;

/// <summary>Payload of a telephone event (RFC 4733 §2.3): event 8 bits, E 1, R 1, volume 6, duration 16.</summary>
/// <param name="Code">Event: 0 to 9 digits, 10 star, 11 hash, 12 to 15 A to D, 16 flash.</param>
/// <param name="End">True in the packets that end the event.</param>
/// <param name="Volume">Power below 0 dBm0, 0 to 63 dB.</param>
/// <param name="DurationTicks">Length so far, rtpTicks; 65,535 is the most a segment can have.</param>
public readonly record struct TelephoneEvent(byte Code, bool End, byte Volume, ushort DurationTicks)
{
    /// <summary>Payload length: 4 bytes.</summary>
    public const int SizeBytes = 4;

    private const string Digits = "0123456789*#ABCD";

    /// <summary>The key of the event: 0-9, *, #, A-D; null for events that are no keys.</summary>
    public char? Digit => Code < Digits.Length ? Digits[Code] : null;

    /// <summary>The event of a key; false for characters that are no keys.</summary>
    public static bool TryGetCode(char digit, out byte code)
    {
        int index = Digits.IndexOf(char.ToUpperInvariant(digit), StringComparison.Ordinal);
        code = (byte)Math.Max(0, index);
        return index >= 0;
    }

    /// <summary>Reads the first event of a payload; false when it is too short.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out TelephoneEvent value)
    {
        value = default;
        if (payload.Length < SizeBytes)
            return false;
        value = new TelephoneEvent(
            payload[0], (payload[1] & 0x80) != 0, (byte)(payload[1] & 0x3F), BinaryPrimitives.ReadUInt16BigEndian(payload[2..]));
        return true;
    }

    /// <summary>Writes 4 bytes; false when there is no room.</summary>
    public bool TryWrite(Span<byte> destination)
    {
        if (destination.Length < SizeBytes)
            return false;
        destination[0] = Code;
        destination[1] = (byte)((End ? 0x80 : 0) | (Volume & 0x3F));
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], DurationTicks);
        return true;
    }
}
