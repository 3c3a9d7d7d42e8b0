using System.Numerics;
using Avatar2D.AvatarEngine.Gallery;

namespace Avatar2D.AvatarEngine.Heads;

/// <summary>Light, camera and room of a picture, drawn by lot. Directions point from the head to the light, in the picture's axes (x right, y up, z to the viewer).</summary>
internal sealed record HeadScene
{
    private HeadScene(SeededRandom lot)
    {
        float side = lot.Next(-1.2f, 1.2f);
        float height = lot.Next(-0.1f, 1f);
        Key = Vector3.Normalize(new Vector3(MathF.Sin(side), height, MathF.Cos(side)));
        Rim = Vector3.Normalize(new Vector3(-MathF.Sign(side) * lot.Next(0.6f, 1.2f), lot.Next(-0.2f, 0.8f), lot.Next(-0.6f, 0.8f)));
        Vector3 warm = Tint(lot, 0.16f);
        float contrast = lot.Next(0.25f, 0.8f);
        KeyLight = warm * (1.15f * contrast);
        RimLight = Tint(lot, 0.25f) * (lot.Next(0, 0.5f) * contrast);
        Sky = Tint(lot, 0.12f) * (1.05f - (0.85f * contrast));
        Ground = Sky * lot.Next(0.35f, 0.8f);
        Exposure = lot.Next(0.85f, 1.25f);
        DistanceCm = lot.Next(42, 120);
        BackdropA = Tint(lot, 0.6f) * lot.Next(0.02f, 0.8f);
        BackdropB = Tint(lot, 0.6f) * lot.Next(0.02f, 0.8f);
        BackdropSeed = (uint)(lot.Next() * 100_000);
        BackdropGrain = lot.Next(0.5f, 5);
        Clothes = Tint(lot, 0.7f) * MathF.Pow(lot.Next(0.1f, 0.9f), 2);
    }

    /// <summary>Main light.</summary>
    public Vector3 Key { get; }

    /// <summary>Second light.</summary>
    public Vector3 Rim { get; }

    /// <summary>Linear colours of the lights.</summary>
    public Vector3 KeyLight { get; }

    /// <inheritdoc cref="KeyLight"/>
    public Vector3 RimLight { get; }

    /// <summary>Light from all above, and from all below.</summary>
    public Vector3 Sky { get; }

    /// <inheritdoc cref="Sky"/>
    public Vector3 Ground { get; }

    /// <summary>Factor on everything.</summary>
    public float Exposure { get; }

    /// <summary>Camera to head.</summary>
    public float DistanceCm { get; }

    /// <summary>The two colours of the room, how they mix, and the clothes.</summary>
    public Vector3 BackdropA { get; }

    /// <inheritdoc cref="BackdropA"/>
    public Vector3 BackdropB { get; }

    /// <inheritdoc cref="BackdropA"/>
    public uint BackdropSeed { get; }

    /// <inheritdoc cref="BackdropA"/>
    public float BackdropGrain { get; }

    /// <inheritdoc cref="BackdropA"/>
    public Vector3 Clothes { get; }

    /// <summary>Draws a scene; the same seed gives the same one.</summary>
    public static HeadScene Draw(int seed) => new(new SeededRandom(unchecked((seed * 31) + 77)));

    private static Vector3 Tint(SeededRandom lot, float spread) =>
        Vector3.Max(Vector3.Zero, Vector3.One + (spread * new Vector3(lot.Next(-1, 1), lot.Next(-1, 1), lot.Next(-1, 1))));
}
