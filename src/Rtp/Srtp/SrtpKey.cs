using System.Security.Cryptography;

namespace Avatar2D.Rtp.Srtp;

/// <summary>Master key and salt of one direction (RFC 3711 §3.2.1); immutable. A secret: no member prints it.</summary>
public sealed class SrtpKey : IEquatable<SrtpKey>
{
    private readonly byte[] _keyAndSalt;

    private SrtpKey(SrtpSuite suite, byte[] keyAndSalt, int mkiBytes)
    {
        Suite = suite;
        _keyAndSalt = keyAndSalt;
        MkiBytes = mkiBytes;
    }

    /// <summary>What the key is for.</summary>
    public SrtpSuite Suite { get; }

    /// <summary>Bytes of the master key identifier in each packet; mostly 0. We read over it and send none.</summary>
    public int MkiBytes { get; }

    /// <summary>The master key, <see cref="SrtpSuite.KeyBytes"/> long.</summary>
    internal ReadOnlySpan<byte> MasterKey => _keyAndSalt.AsSpan(0, Suite.KeyBytes);

    /// <summary>The master salt, <see cref="SrtpSuite.SaltBytes"/> long.</summary>
    internal ReadOnlySpan<byte> MasterSalt => _keyAndSalt.AsSpan(Suite.KeyBytes);

    /// <summary>Takes key and salt, one after the other as in a=crypto; false when their length is not the suite's.</summary>
    public static bool TryCreate(SrtpSuite suite, ReadOnlySpan<byte> keyAndSalt, int mkiBytes, out SrtpKey? key)
    {
        ArgumentNullException.ThrowIfNull(suite);
        key = keyAndSalt.Length == suite.KeyBytes + suite.SaltBytes && mkiBytes is >= 0 and <= 128
            ? new SrtpKey(suite, keyAndSalt.ToArray(), mkiBytes) : null;
        return key is not null;
    }

    /// <summary>Key and salt of a suite for a=crypto, from the system's random numbers.</summary>
    public static string NewInline(SrtpSuite suite)
    {
        ArgumentNullException.ThrowIfNull(suite);
        return "inline:" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(suite.KeyBytes + suite.SaltBytes));
    }

    /// <inheritdoc/>
    public bool Equals(SrtpKey? other) =>
        other is not null && Suite == other.Suite && MkiBytes == other.MkiBytes && _keyAndSalt.AsSpan().SequenceEqual(other._keyAndSalt);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SrtpKey);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(_keyAndSalt);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => Suite.Name;
}
