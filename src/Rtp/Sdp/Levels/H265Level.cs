using System.Collections.Immutable;

namespace Avatar2D.Rtp.Sdp;

/// <summary>One row of H.265 tables A.8 and A.9.</summary>
/// <param name="Name">Such as 3.1.</param>
/// <param name="Idc">Thirty times the level, as level-id.</param>
/// <param name="MaxPictureLumaSamples">MaxLumaPs.</param>
/// <param name="MaxLumaSamplesPerSecond">MaxLumaSr.</param>
/// <param name="MainTierKbps">MaxBR of the main tier, 1000 bit/s.</param>
/// <param name="HighTierKbps">MaxBR of the high tier; as main where none is defined.</param>
public sealed record H265Level(string Name, int Idc, int MaxPictureLumaSamples, long MaxLumaSamplesPerSecond, int MainTierKbps, int HighTierKbps)
{
    /// <summary>All levels, lowest first.</summary>
    public static ImmutableArray<H265Level> All { get; } =
    [
        new("1", 30, 36_864, 552_960, 128, 128),
        new("2", 60, 122_880, 3_686_400, 1_500, 1_500),
        new("2.1", 63, 245_760, 7_372_800, 3_000, 3_000),
        new("3", 90, 552_960, 16_588_800, 6_000, 6_000),
        new("3.1", 93, 983_040, 33_177_600, 10_000, 10_000),
        new("4", 120, 2_228_224, 66_846_720, 12_000, 30_000),
        new("4.1", 123, 2_228_224, 133_693_440, 20_000, 50_000),
        new("5", 150, 8_912_896, 267_386_880, 25_000, 100_000),
        new("5.1", 153, 8_912_896, 534_773_760, 40_000, 160_000),
        new("5.2", 156, 8_912_896, 1_069_547_520, 60_000, 240_000),
        new("6", 180, 35_651_584, 1_069_547_520, 60_000, 240_000),
        new("6.1", 183, 35_651_584, 2_139_095_040, 120_000, 480_000),
        new("6.2", 186, 35_651_584, 4_278_190_080, 240_000, 800_000),
    ];

    /// <summary>The highest level not above the code; the lowest level for a code below all.</summary>
    public static H265Level FromIdc(int idc)
    {
        H265Level found = All[0];
        foreach (H265Level level in All)
        {
            found = level.Idc <= idc ? level : found;
        }

        return found;
    }
}
