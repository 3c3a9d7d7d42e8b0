namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Draws people by lot: skin, hair and brows fit together, ages bring grey and folds, beards grow on men.</summary>
internal static class CharacterGenerator
{
    private static readonly (uint Skin, uint Lips)[] Skins =
    [
        (0xF3D0B8, 0xC97A74), (0xEDC1A2, 0xC06A64), (0xE3B18E, 0xB9665C), (0xD9A27C, 0xAE5F54), (0xC68C64, 0x9F564A),
        (0xAD7650, 0x8E4B42), (0x8F5D3F, 0x7A3F3A), (0x70462F, 0x653430), (0x573524, 0x532A28),
    ];

    private static readonly (uint Hair, uint Light)[] Hairs =
    [
        (0x14100F, 0x3B3230), (0x241812, 0x4F382A), (0x3A2417, 0x75492C), (0x54351F, 0x96653B), (0x7C5430, 0xC08C54),
        (0xA57E4A, 0xDDB878), (0x7A3318, 0xC2622E), (0x5B2320, 0x94443A),
    ];

    private static readonly (uint Hair, uint Light) Grey = (0x6E6B68, 0xB4B0AB);
    private static readonly (uint Hair, uint Light) White = (0xA9A6A0, 0xE2DFD8);
    private static readonly uint[] Irises = [0x5A3A22, 0x3E2817, 0x6E4A2A, 0x5E6B3A, 0x4A7089, 0x6B8796, 0x70785A];
    private static readonly uint[] Garments =
        [0x27384F, 0x39434C, 0x6B2F35, 0x2E5247, 0x8FA3B5, 0xB8A488, 0x7A5C74, 0xC4573F, 0x1E1F24, 0xD8D2C6, 0x46618C, 0x9C7B3F];

    private static readonly (uint Dark, uint Light)[] Backdrops =
    [
        (0x4C5D6B, 0xC8D6DC), (0x4A4038, 0xBFAE98), (0x22616B, 0x8FD3CB), (0x2B2F3A, 0x7C879B), (0x5A4A5E, 0xC7B2C4),
        (0x35503F, 0xA8C2A4), (0x70706E, 0xD9D7D2), (0x3B2F28, 0x9E8A74),
    ];

    public static GalleryCharacter Create(int seed)
    {
        var r = new SeededRandom(seed);
        bool woman = r.Chance(0.5f);
        float age = MathF.Pow(r.Next(), 1.5f);
        float cartoon = r.Chance(0.15f) ? r.Next(0.6f, 1) : 0;
        int tone = r.Index(Skins.Length);
        (uint Hair, uint Light) hair = Hair(r, tone, age);
        bool madeUp = woman && r.Chance(0.6f);
        return new GalleryCharacter
        {
            Name = "random-" + seed,
            DisplayName = "Random " + seed,
            Seed = seed,
            Age = age,
            Stylisation = cartoon,
            Freckles = tone < 3 && r.Chance(0.25f) ? r.Next(0.2f, 0.9f) : 0,
            Palette = Colours(r, tone, hair, age, madeUp),
            Proportions = Shape(r, woman, cartoon),
            Lighting = new CharacterLighting
            {
                Side = (r.Chance(0.5f) ? -1 : 1) * r.Next(0.1f, 0.75f), Height = r.Next(0.3f, 0.65f), Key = r.Next(0.82f, 0.98f),
                Fill = r.Next(0.3f, 0.5f), Warmth = r.Next(-0.03f, 0.1f),
            },
            MakeUp = MakeUp(r, woman, madeUp),
            Hair = Cut(r, woman, tone, age),
            Beard = woman ? BeardStyle.None : Beard(r),
            Glasses = r.Chance(0.16f + (0.2f * age)) ? (GlassesStyle)(1 + r.Index(2)) : GlassesStyle.None,
            Clothes = (ClothesStyle)r.Index(5),
            Backdrop = (BackdropStyle)r.Index(4),
        };
    }

    private static (uint Hair, uint Light) Hair(SeededRandom r, int tone, float age)
    {
        if (r.Next(0.45f, 1.1f) < age)
        {
            return r.Chance(0.4f) ? White : Grey;
        }

        // Dark skins have dark hair; light skins any.
        return Hairs[r.Index(tone > 4 ? 2 : tone > 2 ? 4 : Hairs.Length)];
    }

    private static CharacterPalette Colours(SeededRandom r, int tone, (uint Hair, uint Light) hair, float age, bool madeUp)
    {
        (uint skin, uint lips) = Skins[tone];
        (uint dark, uint light) = Backdrops[r.Index(Backdrops.Length)];
        uint lipstick = r.Chance(0.5f) ? 0xB8434Cu : 0xA8485Au;
        return new CharacterPalette
        {
            Skin = Blend(skin, Skins[Math.Min(Skins.Length - 1, tone + 1)].Skin, r.Next(0, 0.8f)),
            Lips = madeUp ? Blend(lips, lipstick, r.Next(0.1f, 0.6f)) : lips,
            Hair = hair.Hair,
            HairLight = hair.Light,
            Brows = Blend(hair.Hair, 0x1C1412, age > 0.7f ? 0.2f : 0.45f),
            Iris = Irises[r.Index(tone > 3 ? 3 : Irises.Length)],
            Clothes = Garments[r.Index(Garments.Length)],
            ClothesAccent = r.Chance(0.7f) ? 0xEDE7DFu : 0x2A2C31u,
            BackdropDark = dark,
            BackdropLight = light,
        };
    }

    private static FaceProportions Shape(SeededRandom r, bool woman, float cartoon)
    {
        float Around(float centre, float spread) => centre + (spread * r.Next(-1, 1));
        return new FaceProportions
        {
            FaceWidth = Around(1 + (0.03f * cartoon), 0.045f),
            JawWidth = Around(woman ? 0.93f : 1.03f, 0.06f),
            ChinWidth = Around(woman ? 0.90f : 1.10f, 0.1f),
            FaceLength = Around(1 - (0.04f * cartoon), 0.035f),
            EyeSize = Around((woman ? 1.12f : 1.03f) + (0.36f * cartoon), 0.06f),
            EyeOpening = Around((woman ? 1.04f : 0.96f) + (0.14f * cartoon), 0.1f),
            EyeSpacing = Around(1, 0.035f),
            EyeTilt = Around(woman ? 1.4f : 0.7f, 1.2f),
            IrisSize = Around(1 + (0.1f * cartoon), 0.04f),
            LidCrease = Around(0.95f, 0.35f),
            NoseWidth = Around((woman ? 0.9f : 1.04f) - (0.2f * cartoon), 0.13f),
            NoseLength = Around(0.99f - (0.06f * cartoon), 0.05f),
            NoseHeight = Around(woman ? 0.88f : 1.05f, 0.18f),
            MouthWidth = Around(woman ? 0.98f : 1.03f, 0.07f),
            LipFullness = Around(woman ? 1.1f : 0.92f, 0.2f),
            MouthCurve = Around(woman ? 2.6f : 2f, 1.1f),
            BrowThickness = Around(woman ? 0.82f : 1.18f, 0.2f),
            BrowArch = Around(woman ? 1.05f : 0.7f, 0.3f),
            BrowLift = Around(woman ? 1 : -1, 1.8f),
            BrowRidge = Around(woman ? 0.55f : 1.15f, 0.3f),
            Cheekbones = Around(1, 0.25f),
            NeckWidth = Around((woman ? 0.89f : 1.1f) - (0.1f * cartoon), 0.05f),
            ShoulderWidth = Around(woman ? 0.94f : 1.05f, 0.05f),
        };
    }

    private static CharacterMakeUp MakeUp(SeededRandom r, bool woman, bool madeUp) => new()
    {
        Blush = madeUp ? r.Next(0.2f, 0.7f) : 0,
        EyeShadow = madeUp ? r.Next(0.1f, 0.7f) : 0,
        Liner = madeUp ? r.Next(0.2f, 0.8f) : 0,
        Lashes = madeUp ? r.Next(0.4f, 0.8f) : woman ? r.Next(0.2f, 0.4f) : r.Next(0, 0.15f),
        LipGloss = madeUp ? r.Next(0.3f, 0.8f) : r.Next(0.05f, 0.3f),
        ShadowColour = r.Chance(0.7f) ? 0x7A4A40u : 0x5A5468u,
    };

    private static HairStyle Cut(SeededRandom r, bool woman, int tone, float age)
    {
        if (tone > 5 && r.Chance(0.5f))
        {
            return woman ? HairStyle.Curly : r.Chance(0.6f) ? HairStyle.Buzz : HairStyle.Curly;
        }

        if (woman)
        {
            HairStyle[] cuts = [HairStyle.LongWavy, HairStyle.LongStraight, HairStyle.Bob, HairStyle.BobFringe, HairStyle.TiedBack, HairStyle.Curly];
            return cuts[r.Index(cuts.Length)];
        }

        if (r.Chance(0.08f + (0.3f * age)))
        {
            return HairStyle.Bald;
        }

        HairStyle[] short_ = [HairStyle.ShortSwept, HairStyle.ShortSwept, HairStyle.Quiff, HairStyle.Buzz, HairStyle.TiedBack];
        return short_[r.Index(short_.Length)];
    }

    private static BeardStyle Beard(SeededRandom r)
    {
        float p = r.Next();
        return p < 0.42f ? BeardStyle.None : p < 0.64f ? BeardStyle.Stubble : p < 0.86f ? BeardStyle.Full : p < 0.95f ? BeardStyle.Goatee : BeardStyle.Moustache;
    }

    private static uint Blend(uint a, uint b, float t)
    {
        uint Channel(int shift) => (uint)MathF.Round(Curve.Mix((a >> shift) & 255, (b >> shift) & 255, t)) << shift;
        return Channel(16) | Channel(8) | Channel(0);
    }
}
