namespace Avatar2D.Rtp.Packets;

/// <summary>How a picture is to be turned to stand upright: the byte of the CVO header extension, 0000 C F R1 R0 (3GPP TS 26.114 §7.4.5).</summary>
/// <param name="RotationDegrees">The receiver turns the picture clockwise by this: 0, 90, 180 or 270.</param>
/// <param name="IsFlipped">The picture is mirrored, left to right.</param>
/// <param name="IsBackCamera">The camera looks away from its user.</param>
public readonly record struct VideoOrientation(int RotationDegrees, bool IsFlipped, bool IsBackCamera)
{
    /// <summary>As it is to be seen, from a camera that looks at its user: what an avatar always is.</summary>
    public static VideoOrientation Upright => default;

    /// <summary>The byte.</summary>
    public byte ToByte() => (byte)((IsBackCamera ? 8 : 0) | (IsFlipped ? 4 : 0) | (RotationDegrees / 90 & 3));

    /// <summary>Reads the byte; of six bits of rotation (urn:3gpp:video-orientation:6) only these two count.</summary>
    public static VideoOrientation FromByte(byte value) => new((value & 3) * 90, (value & 4) != 0, (value & 8) != 0);

    /// <summary>Reads it off a packet; false without the extension.</summary>
    /// <param name="packet">Usually the last of a key frame.</param>
    /// <param name="id">Identifier that was negotiated.</param>
    /// <param name="orientation">Of its picture and those that follow.</param>
    public static bool TryRead(in RtpPacketView packet, int id, out VideoOrientation orientation)
    {
        bool found = HeaderExtensions.TryFind(packet, id, out ReadOnlySpan<byte> element) && element.Length == 1;
        orientation = found ? FromByte(element[0]) : default;
        return found;
    }
}
