namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>SplitMix64: the same seed gives the same drawing on every runtime.</summary>
internal sealed class SeededRandom(int seed)
{
    // The seed is mixed first: neighbouring seeds must not give the same numbers one step apart.
    private ulong _state = Mix(unchecked((ulong)seed + 0x632BE59BD9B4E019UL));

    /// <summary>Uniform in [0, 1).</summary>
    public float Next()
    {
        _state = unchecked(_state + 0x9E3779B97F4A7C15UL);
        return (Mix(_state) >> 40) * (1f / (1 << 24));
    }

    /// <summary>Uniform in [low, high).</summary>
    public float Next(float low, float high) => low + ((high - low) * Next());

    /// <summary>Roughly normal around 0 with deviation 1, within -3 to 3.</summary>
    public float Normal() => (Next() + Next() + Next() + Next() - 2) * 1.7320508f;

    /// <summary>Integer in [0, count).</summary>
    public int Index(int count) => Math.Min(count - 1, (int)(Next() * count));

    /// <summary>True with the given chance.</summary>
    public bool Chance(float probability) => Next() < probability;

    private static ulong Mix(ulong z)
    {
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        return z ^ (z >> 31);
    }
}
