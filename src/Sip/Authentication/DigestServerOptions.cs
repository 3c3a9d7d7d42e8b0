namespace Avatar2D.Sip.Authentication;

/// <summary>Who may call, and how long a nonce is good. Immutable.</summary>
public sealed record DigestServerOptions
{
    /// <summary>Realm, which stands in the hashes too.</summary>
    public required string Realm { get; init; }

    /// <summary>By user name the hashes of <see cref="Digest.Secret"/>, in lower-case hexadecimal digits.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<DigestAlgorithm, string>> Users { get; init; }

    /// <summary>A nonce is good for so long; after that it is stale, and the client takes the new one unasked. Default 5 min.</summary>
    public TimeSpan NonceLifetime { get; init; } = TimeSpan.FromMinutes(5);
}
