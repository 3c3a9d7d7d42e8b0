using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Guide lines of every cut: what hangs behind the neck and what lies on the head.</summary>
internal static class HairStyles
{
    /// <summary>Sheets behind neck and body.</summary>
    public static IReadOnlyList<HairGroup> Back(HairStyle style) => style switch
    {
        HairStyle.LongWavy => [BackMass(226, 112, 9)],
        HairStyle.LongStraight => [BackMass(236, 104, 0)],
        HairStyle.Bob or HairStyle.BobFringe => [BackMass(104, 98, 0)],
        _ => [],
    };

    /// <summary>Sheets in front of the head, painted in order.</summary>
    public static IReadOnlyList<HairGroup> Front(HairStyle style) => style switch
    {
        HairStyle.LongWavy => LongHair(18, 9, 228),
        HairStyle.LongStraight => LongHair(2, 1.2f, 236),
        HairStyle.Bob => Bob(16),
        HairStyle.BobFringe => [.. Bob(0), Fringe()],
        HairStyle.TiedBack => TiedBack(),
        HairStyle.ShortSwept => ShortSwept(),
        HairStyle.Quiff => Quiff(),
        HairStyle.Buzz => Buzz(),
        HairStyle.Curly => CurlyHair.Groups(),
        _ => [],
    };

    /// <summary>Whether the ears are out of sight.</summary>
    public static bool CoversEars(HairStyle style) =>
        style is HairStyle.LongWavy or HairStyle.LongStraight or HairStyle.Bob or HairStyle.BobFringe;

    private static SKPoint P(float x, float y) => new(x, y);

    private static HairGroup BackMass(float bottom, float width, float wave) => new(
        [P(-70, -110), P(-100, -60), P(-106, 10), P(-width, 90), P(-width - 4, bottom * 0.7f), P(-width + 12, bottom)],
        [P(-40, -120), P(-60, -60), P(-66, 10), P(-62, 90), P(-60, bottom * 0.7f), P(-56, bottom)],
        [P(0, -120), P(0, -60), P(0, 10), P(0, 90), P(0, bottom * 0.7f), P(0, bottom)],
        [P(40, -120), P(60, -60), P(66, 10), P(62, 90), P(60, bottom * 0.7f), P(56, bottom)],
        [P(70, -110), P(100, -60), P(106, 10), P(width, 90), P(width + 4, bottom * 0.7f), P(width - 12, bottom)])
    {
        Count = 900, Wave = wave, Tone = 0.42f, Width = 1.6f, Locks = 16,
    };

    /// <summary>A few thin strands that left the sheet.</summary>
    private static HairGroup Flyaway(HairGroup sheet) => sheet with
    {
        Count = 90, Width = 0.6f, Spread = 3.2f, Base = 0, Locks = 0, Wave = sheet.Wave * 1.5f, Loose = 0.1f,
    };

    /// <summary>Short fine hair along the last guide, so that the hairline is no cut edge.</summary>
    private static HairGroup Edge(HairGroup sheet)
    {
        SKPoint[] last = sheet.Guides[^1];
        SKPoint[] lower = [.. last.Select(p => new SKPoint(p.X, p.Y + 3.5f))];
        return sheet with { Guides = [last, lower], Count = 130, Width = 0.6f, Spread = 1.3f, Base = 0, Locks = 0, ShortEnds = 0.9f };
    }

    private static HairGroup[] LongHair(float part, float wave, float bottom)
    {
        HairGroup Side(float s, float root, float reach)
        {
            float w = wave;
            return new HairGroup(
                [P(root - 6, -146), P(s * 50, -138), P(s * 90, -104), P(s * 104, -44), P(s * 108, 20), P(s * (108 + w), 76), P(s * 112, 128), P(s * (116 + w), 180), P(s * 104, bottom)],
                [P(root - 4, -133), P(s * 48, -127), P(s * 86, -92), P(s * 98, -38), P(s * 101, 20), P(s * (98 + w), 76), P(s * 103, 128), P(s * (106 + w), 180), P(s * 94, bottom + 8)],
                [P(root - 2, -115), P(s * 46, -113), P(s * 81, -79), P(s * 91, -30), P(s * 92, 20), P(s * (86 + w), 74), P(s * 93, 126), P(s * (93 + w), 178), P(s * 82, bottom + 3)],
                [P(root, -104), P(s * (reach - 2), -101), P(s * 73, -66), P(s * 83, -22), P(s * 83, 20), P(s * (73 + (w * 0.7f)), 72), P(s * 80, 122), P(s * (79 + w), 172), P(s * 70, bottom - 12)],
                [P(root + s, -94), P(root + (s * 14), -95), P(s * (reach + 1), -79), P(s * 65, -52), P(s * 77, -18), P(s * 77, 20), P(s * (66 + (w * 0.7f)), 70), P(s * 72, 118), P(s * (70 + w), 166), P(s * 62, bottom - 26)])
            {
                Count = 1700, Wave = wave * 0.7f, Waves = 1.9f, Width = 1.2f, Locks = 17,
            };
        }

        HairGroup right = Side(1, part, 50);
        HairGroup left = Side(-1, part, 36);
        return [right, left, Flyaway(right), Flyaway(left)];
    }

    private static HairGroup[] Bob(float part)
    {
        HairGroup Side(float s) => new(
            [P(part - 6, -146), P(s * 52, -139), P(s * 94, -104), P(s * 110, -40), P(s * 109, 24), P(s * 101, 76), P(s * 84, 98)],
            [P(part - 4, -133), P(s * 50, -127), P(s * 89, -92), P(s * 103, -36), P(s * 102, 26), P(s * 94, 74), P(s * 77, 93)],
            [P(part - 2, -115), P(s * 48, -113), P(s * 83, -79), P(s * 94, -30), P(s * 93, 26), P(s * 86, 71), P(s * 71, 88)],
            [P(part, -102), P(s * 42, -98), P(s * 74, -66), P(s * 84, -22), P(s * 84, 24), P(s * 77, 66), P(s * 65, 82)],
            [P(part + (s * 2), -91), P(s * 38, -86), P(s * 64, -57), P(s * 78, -18), P(s * 78, 20), P(s * 71, 60), P(s * 61, 75)])
        {
            Count = 1400, Width = 1.3f, Locks = 13, Wave = 1.5f,
        };
        return [Side(1), Side(-1)];
    }

    private static HairGroup Fringe() => new(
        [P(-26, -138), P(-66, -104), P(-79, -68), P(-80, -30)],
        [P(-18, -140), P(-44, -102), P(-53, -70), P(-55, -38)],
        [P(-6, -142), P(-14, -102), P(-20, -70), P(-24, -43)],
        [P(8, -142), P(16, -102), P(18, -70), P(12, -44)],
        [P(20, -140), P(46, -102), P(54, -70), P(50, -39)],
        [P(30, -138), P(68, -104), P(80, -68), P(80, -30)])
    {
        Count = 1100, Locks = 15, Width = 1.3f, ShortEnds = 0.16f, Spread = 1.4f,
    };

    private static HairGroup[] TiedBack()
    {
        HairGroup Side(float s) => new(
            [P(s * 2, -141), P(s * 46, -131), P(s * 81, -100), P(s * 93, -52), P(s * 90, 4)],
            [P(s * 1, -124), P(s * 43, -120), P(s * 76, -91), P(s * 88, -46), P(s * 86, 2)],
            [P(0, -108), P(s * 37, -107), P(s * 69, -80), P(s * 83, -40), P(s * 84, 0)],
            [P(0, -91), P(s * 29, -93), P(s * 60, -72), P(s * 78, -34), P(s * 82, -4)])
        {
            Count = 1000, Locks = 18, Width = 1.1f, Spread = 0.9f,
        };
        return [Side(1), Side(-1)];
    }

    private static HairGroup Sides(float lowest) => new(
        [P(60, -112), P(72, -100), P(80, -82)],
        [P(77, -92), P(84, -76), P(87, -58)],
        [P(79, -68), P(85, -50), P(87, -30)],
        [P(75, -42), P(82, -26), P(84, lowest - 8)],
        [P(72, -30), P(77, -12), P(80, lowest)])
    {
        Count = 620, Width = 0.95f, Locks = 0, Spread = 1.2f, Tone = 0.72f, ShortEnds = 0.6f, Base = 0.85f,
    };

    private static HairGroup[] ShortSwept()
    {
        // Only below the swept sheet.
        var side = new HairGroup(
            [P(80, -84), P(85, -74), P(87, -62)],
            [P(78, -68), P(84, -54), P(87, -36)],
            [P(75, -48), P(82, -30), P(85, 0)],
            [P(72, -34), P(77, -14), P(80, 8)])
        {
            Count = 520, Width = 0.95f, Locks = 0, Spread = 1.5f, Loose = 0.9f, Tone = 0.8f, ShortEnds = 0.6f, Base = 0.7f,
        };
        var top = new HairGroup(
            [P(86, -66), P(78, -104), P(38, -143), P(-32, -147), P(-75, -115), P(-89, -72)],
            [P(84, -60), P(74, -97), P(35, -132), P(-30, -137), P(-71, -106), P(-86, -66)],
            [P(82, -56), P(70, -90), P(33, -121), P(-28, -126), P(-67, -97), P(-83, -60)],
            [P(79, -52), P(66, -83), P(33, -110), P(-24, -114), P(-62, -88), P(-81, -54)],
            [P(76, -48), P(62, -76), P(34, -99), P(-18, -102), P(-56, -78), P(-78, -48)],
            [P(74, -44), P(58, -69), P(34, -89), P(-10, -93), P(-48, -72), P(-73, -44)])
        {
            Count = 2100, Locks = 17, Width = 1.05f, Spread = 1.9f, Wave = 1.8f, Waves = 1.2f, ShortEnds = 0.35f, Loose = 0.7f,
        };
        return [side, side.Mirror(), top, Edge(top), Flyaway(top)];
    }

    private static HairGroup[] Quiff()
    {
        HairGroup side = Sides(8);
        return
        [
            side,
            side.Mirror(),
            new HairGroup(
                [P(-76, -58), P(-83, -82), P(-82, -104), P(-70, -121)],
                [P(-56, -80), P(-64, -108), P(-62, -128), P(-46, -141)],
                [P(-30, -92), P(-37, -122), P(-33, -140), P(-12, -149)],
                [P(0, -95), P(-5, -126), P(1, -144), P(20, -151)],
                [P(30, -92), P(29, -122), P(35, -138), P(48, -142)],
                [P(56, -80), P(61, -108), P(65, -124), P(74, -125)],
                [P(76, -58), P(84, -82), P(86, -100), P(87, -108)])
            {
                Count = 1900, Locks = 19, Width = 1.05f, Spread = 2.2f, Loose = 0.8f, ShortEnds = 0.4f, Wave = 2,
            },
        ];
    }

    private static HairGroup[] Buzz()
    {
        HairGroup side = Sides(4);
        return
        [
            side,
            side.Mirror(),
            new HairGroup(
                [P(-79, -56), P(-83, -70), P(-80, -84)],
                [P(-58, -78), P(-66, -98), P(-66, -113)],
                [P(-30, -90), P(-34, -114), P(-34, -130)],
                [P(0, -93), P(0, -118), P(0, -135)],
                [P(30, -90), P(34, -114), P(34, -130)],
                [P(58, -78), P(66, -98), P(66, -113)],
                [P(79, -56), P(83, -70), P(80, -84)])
            {
                Count = 2600, Locks = 0, Width = 0.85f, Spread = 2f, Loose = 1, Tone = 0.8f, ShortEnds = 0.9f, Base = 0.75f,
            },
        ];
    }
}
