using System.Security.Cryptography;

namespace Avatar2D.Rtp.Dtls;

/// <summary>The hash of a certificate by which SDP names a DTLS peer (RFC 8122 §5). Immutable.</summary>
public sealed class DtlsFingerprint : IEquatable<DtlsFingerprint>
{
    private readonly byte[] _value;

    private DtlsFingerprint(string hash, byte[] value) => (Hash, _value) = (hash, value);

    /// <summary>Hash in the words of SDP: sha-256, sha-384 or sha-512.</summary>
    public string Hash { get; }

    /// <summary>Bytes in hexadecimal with colons, as in SDP.</summary>
    public string Value => string.Join(':', _value.Select(b => b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>The fingerprint of a certificate by SHA-256.</summary>
    /// <param name="certificate">DER.</param>
    public static DtlsFingerprint Of(ReadOnlySpan<byte> certificate) => new("sha-256", SHA256.HashData(certificate));

    /// <summary>Reads what SDP says; false for a hash that we do not take (SHA-1, MD5) or a value of the wrong length.</summary>
    public static bool TryParse(string hash, string value, out DtlsFingerprint? fingerprint)
    {
        ArgumentNullException.ThrowIfNull(hash);
        ArgumentNullException.ThrowIfNull(value);
        fingerprint = null;
        string name = hash.ToLowerInvariant();
        int wanted = name switch { "sha-256" => SHA256.HashSizeInBytes, "sha-384" => SHA384.HashSizeInBytes, "sha-512" => SHA512.HashSizeInBytes, _ => 0 };
        if (wanted == 0 || value.Length != (wanted * 3) - 1)
            return false;
        byte[] bytes = new byte[wanted];
        for (int i = 0; i < wanted; i++)
        {
            if ((i > 0 && value[(i * 3) - 1] != ':')
                || !byte.TryParse(value.AsSpan(i * 3, 2), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out bytes[i]))
            {
                return false;
            }
        }

        fingerprint = new DtlsFingerprint(name, bytes);
        return true;
    }

    /// <summary>True when a certificate is the one that is meant.</summary>
    /// <param name="certificate">DER.</param>
    public bool Fits(ReadOnlySpan<byte> certificate)
    {
        byte[] own = Hash switch
        {
            "sha-256" => SHA256.HashData(certificate),
            "sha-384" => SHA384.HashData(certificate),
            _ => SHA512.HashData(certificate),
        };
        return CryptographicOperations.FixedTimeEquals(own, _value);
    }

    /// <inheritdoc/>
    public bool Equals(DtlsFingerprint? other) => other is not null && Hash == other.Hash && _value.AsSpan().SequenceEqual(other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DtlsFingerprint);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Hash, _value[0], _value[1], _value[2], _value[3]);

    /// <inheritdoc/>
    public override string ToString() => $"{Hash} {Value}";
}
