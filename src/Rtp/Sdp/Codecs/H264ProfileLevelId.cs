using System.Globalization;

namespace Avatar2D.Rtp.Sdp;

/// <summary>profile-level-id (RFC 6184 §8.1): the three bytes after the NAL header of a sequence parameter set.</summary>
/// <param name="ProfileIdc">66 baseline, 77 main, 88 extended, 100 high.</param>
/// <param name="ConstraintFlags">constraint_set0 in the highest bit.</param>
/// <param name="LevelIdc">Ten times the level; 11 with constraint_set3 (or 9) is 1b.</param>
public readonly record struct H264ProfileLevelId(byte ProfileIdc, byte ConstraintFlags, byte LevelIdc)
{
    private const byte ConstraintSet3 = 0x10;

    /// <summary>42e01f: constrained baseline at level 3.1, what browsers offer and what we offer.</summary>
    public static H264ProfileLevelId Default { get; } = new(0x42, 0xE0, 0x1F);

    /// <summary>The profile; 42c0, 42e0 and 4de0 are all constrained baseline, 4200 and 4280 plain baseline.</summary>
    public H264Profile Profile => ProfileIdc switch
    {
        0x42 => (ConstraintFlags & 0x40) != 0 ? H264Profile.ConstrainedBaseline : H264Profile.Baseline,
        0x4D => (ConstraintFlags & 0x80) != 0 ? H264Profile.ConstrainedBaseline : H264Profile.Main,
        0x58 => (ConstraintFlags & 0xC0) switch
        {
            0xC0 => H264Profile.ConstrainedBaseline,
            0x80 => H264Profile.Baseline,
            _ => H264Profile.Extended,
        },
        0x64 => (ConstraintFlags & 0x0C) == 0x0C ? H264Profile.ConstrainedHigh : H264Profile.High,
        _ => H264Profile.Unknown,
    };

    /// <summary>The level, null when the code is none of table A-1.</summary>
    public H264Level? Level => H264Level.FromIdc(LevelIdc, IsLevel1b);

    /// <summary>True for level 1b, which baseline, main and extended write as level 1.1 with constraint_set3.</summary>
    public bool IsLevel1b => LevelIdc == 9 || (LevelIdc == 11 && ProfileIdc is 0x42 or 0x4D or 0x58 && (ConstraintFlags & ConstraintSet3) != 0);

    /// <summary>Reads six hex digits in any case.</summary>
    public static bool TryParse(string? text, out H264ProfileLevelId id)
    {
        id = default;
        if (text is not { Length: 6 } || !int.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value))
        {
            return false;
        }

        id = new((byte)(value >> 16), (byte)(value >> 8), (byte)value);
        return true;
    }

    /// <summary>The same profile at another level.</summary>
    public H264ProfileLevelId WithLevel(H264Level level)
    {
        ArgumentNullException.ThrowIfNull(level);
        bool hasFlag = ProfileIdc is 0x42 or 0x4D or 0x58;
        int flags = hasFlag ? ConstraintFlags & ~ConstraintSet3 : ConstraintFlags;
        return !level.Is1b ? this with { LevelIdc = level.Idc, ConstraintFlags = (byte)flags }
            : hasFlag ? this with { LevelIdc = 11, ConstraintFlags = (byte)(flags | ConstraintSet3) }
            : this with { LevelIdc = 9 };
    }

    /// <summary>
    /// True when a decoder of this profile plays a stream of another. A stream of constrained baseline plays on all that
    /// we know, whatever the constraint bits say: peers write 42001f and 42801f and mean constrained baseline.
    /// </summary>
    public bool Decodes(H264Profile stream) => Profile != H264Profile.Unknown && stream switch
    {
        H264Profile.ConstrainedBaseline => true,
        H264Profile.Baseline => Profile is H264Profile.Baseline or H264Profile.Extended,
        H264Profile.Main => Profile is H264Profile.Main or H264Profile.High,
        H264Profile.Extended => Profile == H264Profile.Extended,
        H264Profile.ConstrainedHigh => Profile is H264Profile.ConstrainedHigh or H264Profile.High,
        H264Profile.High => Profile == H264Profile.High,
        _ => false,
    };

    /// <summary>Six hex digits, lower case.</summary>
    public override string ToString() =>
        ((ProfileIdc << 16) | (ConstraintFlags << 8) | LevelIdc).ToString("x6", CultureInfo.InvariantCulture);
}
