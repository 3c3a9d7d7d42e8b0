using System.Numerics;

namespace Avatar2D.AvatarEngine.Heads;

/// <summary>Smooth random numbers over space (value noise on a unit grid).</summary>
internal static class Grain
{
    /// <summary>0 ... 1, smooth over about one unit.</summary>
    public static float At(Vector3 p, uint seed)
    {
        int x = (int)MathF.Floor(p.X);
        int y = (int)MathF.Floor(p.Y);
        int z = (int)MathF.Floor(p.Z);
        float fx = Ease(p.X - x);
        float fy = Ease(p.Y - y);
        float fz = Ease(p.Z - z);
        float near = Mix(Mix(Hash(x, y, z, seed), Hash(x + 1, y, z, seed), fx), Mix(Hash(x, y + 1, z, seed), Hash(x + 1, y + 1, z, seed), fx), fy);
        float far = Mix(Mix(Hash(x, y, z + 1, seed), Hash(x + 1, y, z + 1, seed), fx), Mix(Hash(x, y + 1, z + 1, seed), Hash(x + 1, y + 1, z + 1, seed), fx), fy);
        return Mix(near, far, fz);
    }

    /// <summary>0 ... 1, another number for each place.</summary>
    public static float Hash(int x, int y, int z, uint seed)
    {
        uint h = unchecked(((uint)x * 0x8DA6B343u) ^ ((uint)y * 0xD8163841u) ^ ((uint)z * 0xCB1AB31Fu) ^ (seed * 0x9E3779B9u));
        h = unchecked((h ^ (h >> 15)) * 0x2C1B3C6Du);
        h = unchecked((h ^ (h >> 12)) * 0x297A2D39u);
        return ((h ^ (h >> 15)) >> 8) * (1f / (1 << 24));
    }

    private static float Ease(float t) => t * t * (3 - (2 * t));

    private static float Mix(float a, float b, float t) => a + (t * (b - a));
}
