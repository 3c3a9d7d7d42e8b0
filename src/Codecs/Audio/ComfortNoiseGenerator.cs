namespace Avatar2D.Codecs.Audio;

/// <summary>White noise of a level, for the pauses of a peer that sends comfort noise (RFC 3389). One thread, no allocation.</summary>
public sealed class ComfortNoiseGenerator
{
    private uint _state = 0x9E37_79B9;
    private float _amplitude;

    /// <summary>Sets the level.</summary>
    /// <param name="levelDbov">RMS against the overload point, 0 to -127 dBov.</param>
    public void SetLevel(int levelDbov) =>
        _amplitude = 32767f * MathF.Sqrt(3) * MathF.Pow(10, Math.Clamp(levelDbov, -127, -10) / 20f); // Evenly spread: peak is RMS times root 3.

    /// <summary>The pause is over: silence until the next level.</summary>
    public void Stop() => _amplitude = 0;

    /// <summary>Fills a piece; with silence before a level was set.</summary>
    public void Fill(Span<short> pcm)
    {
        for (int i = 0; i < pcm.Length; i++)
        {
            _state ^= _state << 13;
            _state ^= _state >> 17;
            _state ^= _state << 5;
            pcm[i] = (short)(_amplitude * ((_state / (float)uint.MaxValue * 2) - 1));
        }
    }
}
