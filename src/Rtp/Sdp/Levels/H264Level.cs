using System.Collections.Immutable;

namespace Avatar2D.Rtp.Sdp;

/// <summary>One row of H.264 table A-1.</summary>
/// <param name="Name">Such as 1b or 3.1.</param>
/// <param name="Idc">level_idc; 11 for 1b, see <see cref="Is1b"/>.</param>
/// <param name="MaxMacroblocksPerSecond">MaxMBPS.</param>
/// <param name="MaxFrameMacroblocks">MaxFS.</param>
/// <param name="MaxBitrateKbps">MaxBR, in 1000 bit/s of the VCL for baseline, main and extended.</param>
public sealed record H264Level(string Name, byte Idc, int MaxMacroblocksPerSecond, int MaxFrameMacroblocks, int MaxBitrateKbps)
{
    /// <summary>All levels, lowest first.</summary>
    public static ImmutableArray<H264Level> All { get; } =
    [
        new("1", 10, 1_485, 99, 64),
        new("1b", 11, 1_485, 99, 128),
        new("1.1", 11, 3_000, 396, 192),
        new("1.2", 12, 6_000, 396, 384),
        new("1.3", 13, 11_880, 396, 768),
        new("2", 20, 11_880, 396, 2_000),
        new("2.1", 21, 19_800, 792, 4_000),
        new("2.2", 22, 20_250, 1_620, 4_000),
        new("3", 30, 40_500, 1_620, 10_000),
        new("3.1", 31, 108_000, 3_600, 14_000),
        new("3.2", 32, 216_000, 5_120, 20_000),
        new("4", 40, 245_760, 8_192, 20_000),
        new("4.1", 41, 245_760, 8_192, 50_000),
        new("4.2", 42, 522_240, 8_704, 50_000),
        new("5", 50, 589_824, 22_080, 135_000),
        new("5.1", 51, 983_040, 36_864, 240_000),
        new("5.2", 52, 2_073_600, 36_864, 240_000),
    ];

    /// <summary>True for level 1b, which shares its code with 1.1.</summary>
    public bool Is1b => Name == "1b";

    /// <summary>Place in the order of levels.</summary>
    public int Rank => All.IndexOf(this);

    /// <summary>The level of a code; null when unknown. A code above 5.2 counts as 5.2.</summary>
    public static H264Level? FromIdc(byte idc, bool is1b)
    {
        if (idc > All[^1].Idc)
        {
            return All[^1];
        }

        foreach (H264Level level in All)
        {
            if (is1b ? level.Is1b : level.Idc == idc && !level.Is1b)
            {
                return level;
            }
        }

        return null;
    }

    /// <summary>The level of a name such as "3.1", "3" or "3.0"; null when unknown.</summary>
    public static H264Level? FromName(string name) => All.FirstOrDefault(level => level.Name == name || level.Name + ".0" == name);

    /// <summary>The lower of two.</summary>
    public static H264Level Lower(H264Level a, H264Level b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return a.Rank <= b.Rank ? a : b;
    }
}
