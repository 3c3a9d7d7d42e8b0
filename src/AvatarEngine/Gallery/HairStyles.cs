using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Guide lines of every cut: what hangs behind the neck and what lies on the head.</summary>
internal static class HairStyles
{
    /// <summary>Sheets behind neck and body.</summary>
    public static IReadOnlyList<HairGroup> Back(HairStyle style) => style switch
    {
        HairStyle.LongWavy => [BackMass(232, 122, 9)],
        HairStyle.LongStraight => [BackMass(236, 104, 0)],
        HairStyle.Bob or HairStyle.BobFringe => [BackMass(104, 98, 0)],
        HairStyle.TiedBack => [BackMass(62, 78, 0)],
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

    private static SKPoint P(float x, float y) => new(x, y);

    private static HairGroup BackMass(float bottom, float width, float wave) => new(
        [P(-70, -110), P(-108, -60), P(-112, 10), P(-width, 90), P(-width - 4, bottom * 0.7f), P(-width + 12, bottom)],
        [P(-40, -120), P(-60, -60), P(-66, 10), P(-62, 90), P(-60, bottom * 0.7f), P(-56, bottom)],
        [P(0, -120), P(0, -60), P(0, 10), P(0, 90), P(0, bottom * 0.7f), P(0, bottom)],
        [P(40, -120), P(60, -60), P(66, 10), P(62, 90), P(60, bottom * 0.7f), P(56, bottom)],
        [P(70, -110), P(108, -60), P(112, 10), P(width, 90), P(width + 4, bottom * 0.7f), P(width - 12, bottom)])
    {
        Count = 900, Wave = wave, Tone = 0.42f, Width = 1.6f, Locks = 16,
    };

    private static HairGroup[] LongHair(float part, float wave, float bottom)
    {
        HairGroup Side(float s, float root, float reach)
        {
            return new HairGroup(
                [P(root - 6, -144), P(s * 52, -152), P(s * 97, -112), P(s * 113, -40), P(s * 115, 40), P(s * (112 + wave), 110), P(s * (118 + wave), 170), P(s * 108, bottom)],
                [P(root - 2, -131), P(s * 50, -137), P(s * 92, -96), P(s * 104, -34), P(s * 105, 40), P(s * (101 + wave), 110), P(s * (110 + wave), 170), P(s * 99, bottom + 8)],
                [P(root, -117), P(s * 46, -119), P(s * 84, -82), P(s * 96, -28), P(s * 95, 40), P(s * (90 + wave), 108), P(s * (98 + wave), 168), P(s * 86, bottom + 3)],
                [P(root + (s * 2), -104), P(s * reach, -101), P(s * 74, -70), P(s * 87, -24), P(s * 85, 38), P(s * (78 + (wave * 0.5f)), 100), P(s * (84 + wave), 160), P(s * 74, bottom - 14)])
            {
                Count = 1500, Wave = wave, Waves = 1.7f, Width = 1.25f, Locks = 15,
            };
        }

        return [Side(1, part, 48), Side(-1, part, 34)];
    }

    private static HairGroup[] Bob(float part)
    {
        HairGroup Side(float s) => new(
            [P(part - 6, -145), P(s * 54, -152), P(s * 98, -110), P(s * 110, -40), P(s * 107, 30), P(s * 98, 84), P(s * 82, 104)],
            [P(part - 2, -131), P(s * 52, -137), P(s * 94, -95), P(s * 104, -34), P(s * 101, 32), P(s * 92, 80), P(s * 76, 98)],
            [P(part, -117), P(s * 48, -119), P(s * 86, -82), P(s * 96, -28), P(s * 92, 32), P(s * 84, 76), P(s * 70, 93)],
            [P(part + (s * 2), -104), P(s * 44, -100), P(s * 76, -70), P(s * 87, -22), P(s * 83, 30), P(s * 75, 70), P(s * 64, 86)])
        {
            Count = 1300, Width = 1.3f, Locks = 13, Wave = 1.5f,
        };
        return [Side(1), Side(-1)];
    }

    private static HairGroup Fringe() => new(
        [P(-40, -140), P(-72, -108), P(-82, -66), P(-80, -28)],
        [P(-24, -140), P(-44, -104), P(-50, -66), P(-50, -31)],
        [P(-4, -140), P(-10, -104), P(-14, -66), P(-16, -33)],
        [P(14, -140), P(22, -104), P(22, -66), P(18, -33)],
        [P(30, -140), P(50, -104), P(54, -66), P(52, -31)],
        [P(44, -140), P(74, -108), P(83, -66), P(81, -28)])
    {
        Count = 1100, Locks = 17, Width = 1.3f, ShortEnds = 0.14f, Spread = 1.2f,
    };

    private static HairGroup[] TiedBack()
    {
        HairGroup Side(float s) => new(
            [P(s * 2, -148), P(s * 46, -146), P(s * 84, -112), P(s * 97, -56), P(s * 92, 4)],
            [P(s * 1, -132), P(s * 44, -130), P(s * 79, -98), P(s * 92, -50), P(s * 88, 2)],
            [P(0, -116), P(s * 38, -116), P(s * 72, -86), P(s * 87, -44), P(s * 85, 0)],
            [P(0, -100), P(s * 30, -101), P(s * 63, -78), P(s * 81, -38), P(s * 83, -4)])
        {
            Count = 1000, Locks = 18, Width = 1.1f, Spread = 0.9f,
        };
        return [Side(1), Side(-1)];
    }

    private static HairGroup[] Sides(float lowest) =>
    [
        new HairGroup(
            [P(66, -116), P(76, -104), P(83, -86)],
            [P(82, -96), P(89, -78), P(91, -58)],
            [P(84, -70), P(90, -50), P(90, -28)],
            [P(79, -40), P(86, -22), P(86, lowest - 6)],
            [P(75, -26), P(80, -8), P(82, lowest)])
        {
            Count = 520, Width = 1.0f, Locks = 0, Spread = 1.3f, Tone = 0.74f, ShortEnds = 0.6f, Base = 0.9f,
        },
    ];

    private static HairGroup[] ShortSwept()
    {
        HairGroup side = Sides(14)[0];
        return
        [
            side,
            side.Mirror(),
            new HairGroup(
                [P(56, -120), P(20, -160), P(-40, -164), P(-84, -124), P(-94, -78)],
                [P(56, -116), P(18, -148), P(-38, -152), P(-78, -114), P(-91, -72)],
                [P(55, -112), P(16, -136), P(-34, -138), P(-72, -104), P(-87, -66)],
                [P(54, -107), P(16, -123), P(-30, -124), P(-66, -95), P(-83, -62)],
                [P(52, -101), P(16, -110), P(-26, -110), P(-60, -86), P(-79, -58)])
            {
                Count = 1500, Locks = 15, Width = 1.25f, Spread = 1.8f, Wave = 1.5f, ShortEnds = 0.3f,
            },
            new HairGroup(
                [P(52, -122), P(70, -128), P(86, -106), P(91, -72)],
                [P(52, -110), P(68, -112), P(80, -92), P(86, -64)])
            {
                Count = 380, Locks = 5, Width = 1.2f, Spread = 1.6f, ShortEnds = 0.3f,
            },
        ];
    }

    private static HairGroup[] Quiff()
    {
        HairGroup side = Sides(12)[0];
        return
        [
            side,
            side.Mirror(),
            new HairGroup(
                [P(-78, -66), P(-84, -92), P(-82, -118), P(-70, -138)],
                [P(-58, -90), P(-64, -120), P(-62, -146), P(-46, -160)],
                [P(-32, -103), P(-38, -134), P(-34, -160), P(-14, -170)],
                [P(0, -106), P(-6, -138), P(0, -164), P(20, -172)],
                [P(32, -103), P(30, -134), P(36, -158), P(52, -162)],
                [P(58, -90), P(62, -120), P(66, -142), P(76, -142)],
                [P(78, -66), P(86, -92), P(88, -112), P(88, -120)])
            {
                Count = 1700, Locks = 19, Width = 1.25f, Spread = 2.2f, ShortEnds = 0.35f, Wave = 2,
            },
        ];
    }

    private static HairGroup[] Buzz()
    {
        HairGroup side = Sides(8)[0];
        return
        [
            side,
            side.Mirror(),
            new HairGroup(
                [P(-83, -62), P(-84, -72), P(-82, -84)],
                [P(-62, -86), P(-68, -104), P(-68, -120)],
                [P(-32, -99), P(-34, -122), P(-34, -139)],
                [P(0, -102), P(0, -126), P(0, -143)],
                [P(32, -99), P(34, -122), P(34, -139)],
                [P(62, -86), P(68, -104), P(68, -120)],
                [P(83, -62), P(84, -72), P(82, -84)])
            {
                Count = 1500, Locks = 0, Width = 0.9f, Spread = 1.4f, Tone = 0.8f, ShortEnds = 0.8f, Base = 0.85f,
            },
        ];
    }
}
