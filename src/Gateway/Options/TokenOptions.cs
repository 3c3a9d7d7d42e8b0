using System.ComponentModel.DataAnnotations;

namespace Avatar2D.Gateway.Options;

/// <summary>Signed tokens (JWT, RFC 7519) of the operator's own identity provider, as keys of the API.</summary>
public sealed record TokenOptions
{
    /// <summary>The issuer (iss) whose tokens are taken; empty: tokens are not taken, only keys.</summary>
    /// <value>Default: empty. Unit: URL, as the provider writes it.</value>
    public string Issuer { get; init; } = "";

    /// <summary>The audience (aud) that a token must be for.</summary>
    /// <value>Default: avatar2d. Unit: name or URL.</value>
    [StringLength(256, MinimumLength = 1)]
    public string Audience { get; init; } = "avatar2d";

    /// <summary>
    /// File of the issuer's public keys: a JWK set (RFC 7517) or PEM. Empty: they are fetched from the issuer's
    /// /.well-known/openid-configuration, and again when a token names an unknown one.
    /// </summary>
    /// <value>Default: empty. Unit: file path.</value>
    public string KeysPath { get; init; } = "";

    /// <summary>Difference of clocks that is allowed for in exp and nbf.</summary>
    /// <value>Default: 30. Unit: seconds.</value>
    [Range(0, 600)]
    public int ClockSkewSeconds { get; init; } = 30;
}
