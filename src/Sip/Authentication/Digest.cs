using System.Security.Cryptography;
using System.Text;

namespace Avatar2D.Sip.Authentication;

/// <summary>The arithmetic of digest authentication: RFC 7616 §3.4, RFC 8760. Pure.</summary>
public static class Digest
{
    /// <summary>The name of an algorithm on the wire: <c>MD5</c>, <c>SHA-256</c>.</summary>
    public static string NameOf(DigestAlgorithm algorithm) => algorithm == DigestAlgorithm.Md5 ? "MD5" : "SHA-256";

    /// <summary>The algorithm of a challenge or of credentials; MD5 where none is named. False for one that is not spoken here.</summary>
    public static bool TryParse(string? name, out DigestAlgorithm algorithm)
    {
        algorithm = name?.ToUpperInvariant() is "SHA-256" ? DigestAlgorithm.Sha256 : DigestAlgorithm.Md5;
        return name is null || name.Equals(NameOf(algorithm), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Length of a hash in hexadecimal digits: 32 or 64.</summary>
    public static int HexLength(DigestAlgorithm algorithm) => algorithm == DigestAlgorithm.Md5 ? 32 : 64;

    /// <summary>Hash of user, realm and password: what a server keeps instead of the password (§3.4.2).</summary>
    public static string Secret(DigestAlgorithm algorithm, string user, string realm, string password) =>
        Hash(algorithm, $"{user}:{realm}:{password}");

    /// <summary>The response of a client (§3.4.1); with <paramref name="qop"/> auth, or null as RFC 2069 had it.</summary>
    public static string Response(
        DigestAlgorithm algorithm, string secret, string method, string uri, string nonce, string? qop, string? count, string? clientNonce)
    {
        var message = Hash(algorithm, $"{method}:{uri}");
        return Hash(algorithm, qop is null ? $"{secret}:{nonce}:{message}" : $"{secret}:{nonce}:{count}:{clientNonce}:{qop}:{message}");
    }

    private static string Hash(DigestAlgorithm algorithm, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
#pragma warning disable CA5351 // The RFC's MD5, for phones that know no other; nothing else is protected by it.
        return Convert.ToHexStringLower(algorithm == DigestAlgorithm.Md5 ? MD5.HashData(bytes) : SHA256.HashData(bytes));
#pragma warning restore CA5351
    }
}
