namespace Avatar2D.Rtp.Sdp;

/// <summary>a=fingerprint (RFC 8122 §5): the hash of a DTLS certificate.</summary>
/// <param name="Hash">As sha-256.</param>
/// <param name="Value">Bytes in hexadecimal, colons between.</param>
public sealed record SdpFingerprint(string Hash, string Value)
{
    /// <summary>Reads the attribute value.</summary>
    public static bool TryParse(string? value, out SdpFingerprint? fingerprint)
    {
        string[] words = value?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        fingerprint = words.Length == 2 ? new(words[0].ToLowerInvariant(), words[1].ToUpperInvariant()) : null;
        return fingerprint is not null;
    }

    /// <summary>True for SHA-256, SHA-384 and SHA-512 with as many bytes as they have; MD5 and SHA-1 prove nothing.</summary>
    public bool IsUsable => Hash switch
    {
        "sha-256" => HasBytes(32),
        "sha-384" => HasBytes(48),
        "sha-512" => HasBytes(64),
        _ => false,
    };

    private bool HasBytes(int count) =>
        Value.Split(':') is { } parts && parts.Length == count && parts.All(part => part.Length == 2 && part.All(char.IsAsciiHexDigit));

    /// <inheritdoc/>
    public override string ToString() => $"{Hash} {Value}";
}
