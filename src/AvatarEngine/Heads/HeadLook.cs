using System.Globalization;
using System.Numerics;
using Avatar2D.AvatarEngine.Gallery;

namespace Avatar2D.AvatarEngine.Heads;

/// <summary>One person's looks, drawn by lot: bones, skin, hair, eyes, and the room and light in which she is filmed. Colours are linear, 0 ... 1.</summary>
internal sealed record HeadLook
{
    private static readonly Vector3[] SkinTones =
    [
        Srgb(0xF2, 0xD3, 0xC0), Srgb(0xE8, 0xBE, 0xA3), Srgb(0xDB, 0xA7, 0x86), Srgb(0xC6, 0x8F, 0x6A), Srgb(0xA9, 0x70, 0x4C), Srgb(0x86, 0x55, 0x38),
        Srgb(0x63, 0x3D, 0x29), Srgb(0x4A, 0x2D, 0x20),
    ];

    private static readonly Vector3[] HairTones =
    [
        Srgb(0x12, 0x0F, 0x0E), Srgb(0x2B, 0x1D, 0x16), Srgb(0x4A, 0x31, 0x22), Srgb(0x7A, 0x52, 0x33), Srgb(0xB8, 0x8B, 0x55), Srgb(0x8C, 0x3F, 0x22), Srgb(0x8F, 0x8C, 0x88),
        Srgb(0xD0, 0xCC, 0xC6),
    ];

    private static readonly Vector3[] EyeTones = [Srgb(0x3A, 0x22, 0x14), Srgb(0x5B, 0x3A, 0x1E), Srgb(0x6B, 0x74, 0x3A), Srgb(0x5F, 0x86, 0xA8), Srgb(0x74, 0x80, 0x86)];

    private HeadLook(int seed, SeededRandom lot, int identities)
    {
        Seed = seed;
        Weights = new float[identities];
        float spread = lot.Next(0.7f, 1.15f);
        for (int i = 0; i < identities; i++)
            Weights[i] = spread * lot.Normal();
        float tone = lot.Next(0, SkinTones.Length - 1.01f);
        Skin = Vector3.Lerp(SkinTones[(int)tone], SkinTones[(int)tone + 1], tone % 1) * (Vector3.One + (0.06f * Lot3(lot)));
        Male = lot.Chance(0.5f);
        float red = lot.Next(0.1f, Male ? 0.45f : 0.9f);
        Lips = Vector3.Lerp(Skin * new Vector3(0.86f, 0.58f, 0.58f), Srgb(0xB0, 0x38, 0x44) * MathF.Sqrt(Skin.Y + 0.15f), 0.5f * red);
        Hair = tone > 4.5f && lot.Chance(0.8f) ? HairTones[lot.Index(2)] : HairTones[lot.Index(HairTones.Length)];
        Brow = Vector3.Lerp(Hair, HairTones[1], lot.Next(0.2f, 0.8f)) * 0.8f;
        BrowStrength = lot.Next(0.35f, 0.95f);
        BrowWidthCm = lot.Next(0.18f, Male ? 0.42f : 0.3f);
        Beard = Male && lot.Chance(0.55f) ? lot.Next(0.15f, 0.9f) : 0;
        Moustache = Beard > 0 && lot.Chance(0.75f) ? Beard : 0;
        HairlineCm = lot.Next(8.8f, 11.2f);
        Bald = Male && lot.Chance(0.15f);
        HairVolumeCm = Bald ? 0 : (MathF.Pow(lot.Next(), 1.5f) * (Male ? 1.6f : 2.6f)) + 0.15f;
        HairLengthCm = Male ? lot.Next(-2, 3) : lot.Next(-12, 2);
        Fringe = lot.Chance(0.25f) ? lot.Next(0.5f, 2.2f) : 0;
        Parting = lot.Next(-3f, 3f);
        Iris = EyeTones[tone > 3.5f ? lot.Index(2) : lot.Index(EyeTones.Length)] * lot.Next(0.8f, 1.3f);
        Pupil = lot.Next(0.13f, 0.22f);
        Teeth = Srgb(0xEC, 0xE4, 0xD2) * lot.Next(0.75f, 1.05f) * new Vector3(1, lot.Next(0.93f, 1f), lot.Next(0.8f, 1f));
        Lashes = lot.Chance(Male ? 0.5f : 0.9f) ? lot.Next(0.05f, 0.2f) : 0.02f;
        Freckles = lot.Chance(0.3f) ? lot.Next(0.1f, 0.4f) : 0;
        Mottle = lot.Next(0.03f, 0.12f);
        Shine = lot.Next(0.02f, 0.14f);
    }

    /// <summary>What was drawn from.</summary>
    public int Seed { get; }

    /// <summary>Names the person.</summary>
    public string Name => Seed.ToString(CultureInfo.InvariantCulture);

    /// <summary>Weights of the head's identity shapes.</summary>
    public float[] Weights { get; }

    /// <summary>Whether the lot drew a man.</summary>
    public bool Male { get; }

    /// <summary>Colours.</summary>
    public Vector3 Skin { get; }

    /// <inheritdoc cref="Skin"/>
    public Vector3 Lips { get; }

    /// <inheritdoc cref="Skin"/>
    public Vector3 Hair { get; }

    /// <inheritdoc cref="Skin"/>
    public Vector3 Brow { get; }

    /// <inheritdoc cref="Skin"/>
    public Vector3 Iris { get; }

    /// <inheritdoc cref="Skin"/>
    public Vector3 Teeth { get; }

    /// <summary>How dense the brows are, 0 ... 1.</summary>
    public float BrowStrength { get; }

    /// <summary>Half height of a brow, centimetres.</summary>
    public float BrowWidthCm { get; }

    /// <summary>Density of the beard, 0 ... 1.</summary>
    public float Beard { get; }

    /// <summary>Density over the upper lip, 0 ... 1.</summary>
    public float Moustache { get; }

    /// <summary>Whether the scalp is bare.</summary>
    public bool Bald { get; }

    /// <summary>Height of the hairline over the middle of the forehead, centimetres in the head's axes.</summary>
    public float HairlineCm { get; }

    /// <summary>How far the hair stands off.</summary>
    public float HairVolumeCm { get; }

    /// <summary>Down to where the hair falls at the sides and behind.</summary>
    public float HairLengthCm { get; }

    /// <summary>How far the hair hangs into the forehead.</summary>
    public float Fringe { get; }

    /// <summary>Side of the parting.</summary>
    public float Parting { get; }

    /// <summary>Radius of the pupil, radians of the eyeball.</summary>
    public float Pupil { get; }

    /// <summary>Density of the eyelashes, 0 ... 1.</summary>
    public float Lashes { get; }

    /// <summary>Strength of freckles, of uneven skin and of gloss.</summary>
    public float Freckles { get; }

    /// <inheritdoc cref="Freckles"/>
    public float Mottle { get; }

    /// <inheritdoc cref="Freckles"/>
    public float Shine { get; }

    /// <summary>Draws a person.</summary>
    /// <param name="seed">The same seed gives the same person.</param>
    /// <param name="identities">Identity shapes of the head.</param>
    public static HeadLook Draw(int seed, int identities) => new(seed, new SeededRandom(seed), identities);

    /// <summary>A colour of the screen in linear light.</summary>
    internal static Vector3 Srgb(int red, int green, int blue) =>
        new(MathF.Pow(red / 255f, 2.2f), MathF.Pow(green / 255f, 2.2f), MathF.Pow(blue / 255f, 2.2f));

    private static Vector3 Lot3(SeededRandom lot) => new(lot.Normal(), lot.Normal(), lot.Normal());
}
