using System.Globalization;

namespace Avatar2D.Codecs.Video;

/// <summary>A level of H.264 (Annex A) or H.265 (Annex A).</summary>
/// <param name="Tenths">31 is level 3.1; 9 is H.264's level 1b.</param>
public readonly record struct VideoLevel(int Tenths)
{
    /// <summary>H.264 level 1b.</summary>
    public static VideoLevel OneB => new(9);

    /// <summary>From the level_idc of SDP's profile-level-id and its constraint byte: 11 with constraint_set3 is level 1b.</summary>
    public static VideoLevel FromH264(byte constraints, byte levelIdc) =>
        levelIdc == 9 || (levelIdc == 11 && (constraints & 0x10) != 0) ? OneB : new VideoLevel(levelIdc);

    /// <summary>From SDP's level-id of H.265, 30 times the level.</summary>
    public static VideoLevel FromH265(int levelId) => new(levelId / 3);

    /// <summary>"3.1", or "1b".</summary>
    public override string ToString() =>
        Tenths == 9 ? "1b" : string.Create(CultureInfo.InvariantCulture, $"{Tenths / 10}.{Tenths % 10}");
}
