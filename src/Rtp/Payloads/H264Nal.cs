namespace Avatar2D.Rtp.Payloads;

/// <summary>NAL units of H.264 (RFC 6184 §1.3, §5.2): one header byte F(1) NRI(2) Type(5).</summary>
public static class H264Nal
{
    /// <summary>Slice of an IDR picture.</summary>
    public const int Idr = 5;

    /// <summary>Sequence parameter set.</summary>
    public const int Sps = 7;

    /// <summary>Picture parameter set.</summary>
    public const int Pps = 8;

    internal const int StapA = 24;
    internal const int FuA = 28;

    /// <summary>Type, 0 to 31, of a unit's first byte.</summary>
    public static int TypeOf(byte header) => header & 0x1F;

    /// <summary>True for units that carry picture data: types 1 to 5.</summary>
    public static bool IsSlice(int type) => type is >= 1 and <= 5;

    /// <summary>True when an Annex B access unit holds an IDR slice.</summary>
    public static bool IsKeyFrame(ReadOnlySpan<byte> accessUnit)
    {
        AnnexBReader reader = new(accessUnit);
        while (reader.TryReadNext(out ReadOnlySpan<byte> nal))
        {
            if (TypeOf(nal[0]) == Idr)
                return true;
        }

        return false;
    }
}
