using System.Diagnostics.CodeAnalysis;
using Avatar2D.Sip.Authentication;

namespace Avatar2D.Gateway.Options;

/// <summary>The hashes of one user in <see cref="SipOptions.Users"/>.</summary>
internal static class UserHashes
{
    /// <summary>Reads one or two hashes; their lengths tell which they are.</summary>
    /// <param name="text">The text of the setting.</param>
    /// <param name="hashes">By algorithm, lower case.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out IReadOnlyDictionary<DigestAlgorithm, string>? hashes)
    {
        hashes = null;
        var found = new Dictionary<DigestAlgorithm, string>();
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            DigestAlgorithm? algorithm = word.Length == Digest.HexLength(DigestAlgorithm.Md5) ? DigestAlgorithm.Md5
                : word.Length == Digest.HexLength(DigestAlgorithm.Sha256) ? DigestAlgorithm.Sha256 : null;
            if (algorithm is not { } known || !word.All(char.IsAsciiHexDigit) || !found.TryAdd(known, word.ToLowerInvariant()))
                return false;
        }

        hashes = found;
        return found.Count > 0;
    }
}
