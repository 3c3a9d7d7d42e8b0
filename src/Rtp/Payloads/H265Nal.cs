namespace Avatar2D.Rtp.Payloads;

/// <summary>NAL units of H.265 (RFC 7798 §1.1.4): two header bytes F(1) Type(6) LayerId(6) TID(3).</summary>
public static class H265Nal
{
    /// <summary>Header of a unit: 2 bytes.</summary>
    public const int HeaderBytes = 2;

    /// <summary>Video parameter set.</summary>
    public const int Vps = 32;

    /// <summary>Sequence parameter set.</summary>
    public const int Sps = 33;

    /// <summary>Picture parameter set.</summary>
    public const int Pps = 34;

    internal const int Aggregation = 48;
    internal const int Fragmentation = 49;

    /// <summary>Type, 0 to 63, of a unit's first byte.</summary>
    public static int TypeOf(byte header) => (header >> 1) & 0x3F;

    /// <summary>True for units that carry picture data: types 0 to 31.</summary>
    public static bool IsSlice(int type) => type is >= 0 and <= 31;

    /// <summary>True for pictures that decoding can start with (IRAP): types 16 to 23.</summary>
    public static bool IsIrap(int type) => type is >= 16 and <= 23;

    /// <summary>True when an Annex B access unit holds an IRAP slice.</summary>
    public static bool IsKeyFrame(ReadOnlySpan<byte> accessUnit)
    {
        AnnexBReader reader = new(accessUnit);
        while (reader.TryReadNext(out ReadOnlySpan<byte> nal))
        {
            if (IsIrap(TypeOf(nal[0])))
                return true;
        }

        return false;
    }
}
