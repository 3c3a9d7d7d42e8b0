namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>The people drawn by this program; every avatar is available without any file.</summary>
public static class Gallery
{
    /// <summary>A woman in an office.</summary>
    public static GalleryCharacter Maya { get; } = new()
    {
        Name = "maya",
        DisplayName = "Maya",
        Seed = 11,
        Age = 0.08f,
        Palette = new CharacterPalette
        {
            Skin = 0xE8B795, Lips = 0xC4605F, Hair = 0x4B2A1B, HairLight = 0x9A5E36, Brows = 0x452A1D, Iris = 0x6A5A34,
            Clothes = 0x3A5A78, ClothesAccent = 0xF1ECE4, BackdropDark = 0x4C5D6B, BackdropLight = 0xC8D6DC,
        },
        Proportions = new FaceProportions
        {
            JawWidth = 0.93f, ChinWidth = 0.92f, EyeSize = 1.22f, EyeOpening = 1.06f, EyeSpacing = 1.04f, EyeTilt = 2.6f, NoseWidth = 0.84f, NoseLength = 0.95f,
            NoseHeight = 0.85f, LipFullness = 1.1f, MouthCurve = 3.2f, BrowThickness = 0.92f, BrowArch = 1.15f, BrowLift = 0.3f, BrowRidge = 0.5f, Cheekbones = 1.1f,
            NeckWidth = 0.88f, ShoulderWidth = 0.94f,
        },
        Lighting = new CharacterLighting { Side = -0.5f, Height = 0.5f, Key = 0.98f, Fill = 0.44f, Warmth = 0.05f },
        MakeUp = new CharacterMakeUp { Blush = 0.45f, EyeShadow = 0.4f, Liner = 0.55f, Lashes = 0.6f, LipGloss = 0.55f },
        Hair = HairStyle.LongWavy,
        Clothes = ClothesStyle.Blazer,
        Backdrop = BackdropStyle.Office,
    };

    /// <summary>A man with a beard.</summary>
    public static GalleryCharacter Jonas { get; } = new()
    {
        Name = "jonas",
        DisplayName = "Jonas",
        Seed = 23,
        Age = 0.28f,
        Palette = new CharacterPalette
        {
            Skin = 0xDDA884, Lips = 0xB36C60, Hair = 0x3A2418, HairLight = 0x7C5130, Brows = 0x33211A, Iris = 0x4A6C86,
            Clothes = 0x8FA3B5, ClothesAccent = 0xE8EEF2, BackdropDark = 0x4A4038, BackdropLight = 0xBFAE98,
        },
        Proportions = new FaceProportions
        {
            JawWidth = 1.05f, ChinWidth = 1.12f, EyeSize = 1.1f, EyeOpening = 0.96f, EyeTilt = 0.6f, NoseWidth = 1.04f,
            NoseHeight = 1.1f, LipFullness = 0.86f, MouthCurve = 2.2f, BrowThickness = 1.25f, BrowArch = 0.62f, BrowLift = -0.5f, BrowRidge = 1.35f,
            NeckWidth = 1.12f, ShoulderWidth = 1.06f,
        },
        Lighting = new CharacterLighting { Side = 0.55f, Height = 0.48f, Key = 0.98f, Fill = 0.42f, Warmth = 0.06f },
        MakeUp = new CharacterMakeUp { LipGloss = 0.1f },
        Hair = HairStyle.ShortSwept,
        Beard = BeardStyle.Full,
        Clothes = ClothesStyle.Shirt,
        Backdrop = BackdropStyle.Home,
    };

    /// <summary>A cartoon person.</summary>
    public static GalleryCharacter Kiko { get; } = new()
    {
        Name = "kiko",
        DisplayName = "Kiko",
        Seed = 37,
        Age = 0,
        Stylisation = 1,
        Freckles = 0.25f,
        Palette = new CharacterPalette
        {
            Skin = 0xF0BE9C, Lips = 0xD2605F, Hair = 0x3B2A5C, HairLight = 0x8A63C0, Brows = 0x33244C, Iris = 0x2F8C8A,
            Clothes = 0xF2A33A, ClothesAccent = 0xFFF4DF, BackdropDark = 0x22616B, BackdropLight = 0x8FD3CB,
        },
        Proportions = new FaceProportions
        {
            FaceWidth = 1.06f, JawWidth = 1.0f, ChinWidth = 0.92f, FaceLength = 0.92f, EyeSize = 1.58f, EyeOpening = 1.22f,
            EyeSpacing = 1.02f, IrisSize = 1.12f, EyeTilt = 2, NoseWidth = 0.72f, NoseLength = 0.86f, NoseHeight = 0.7f, MouthWidth = 1, MouthCurve = 4,
            LipFullness = 0.86f, BrowThickness = 0.95f, BrowArch = 0.9f, BrowLift = -5, BrowRidge = 0.3f, Cheekbones = 0.7f, NeckWidth = 0.82f,
            ShoulderWidth = 0.84f,
        },
        Lighting = new CharacterLighting { Side = -0.45f, Height = 0.55f, Key = 0.9f, Fill = 0.5f, Warmth = 0.03f },
        MakeUp = new CharacterMakeUp { Blush = 0.5f, Liner = 0.4f, Lashes = 0.5f, LipGloss = 0.4f },
        Hair = HairStyle.BobFringe,
        Clothes = ClothesStyle.Hoodie,
        Backdrop = BackdropStyle.Studio,
    };

    /// <summary>Everybody, in the order to show them.</summary>
    public static IReadOnlyList<GalleryCharacter> All { get; } = [Maya, Jonas, Kiko];

    /// <summary>The person of that name, or null; case does not matter.</summary>
    public static GalleryCharacter? Find(string name) =>
        All.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));
}
