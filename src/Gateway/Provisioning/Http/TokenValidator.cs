using System.Security.Claims;
using System.Security.Cryptography;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers.Keys;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Avatar2D.Gateway.Provisioning.Http;

/// <summary>
/// Checks signed tokens of the operator's identity provider (RFC 7519; RFC 9068 for what is in them). Only signatures by a private
/// key count: a secret that both sides have is none of ours. Any thread.
/// </summary>
internal sealed class TokenValidator
{
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly TokenValidationParameters _parameters;

    /// <summary>Prepares the check.</summary>
    /// <param name="options">Of a named issuer.</param>
    /// <param name="time">Clock.</param>
    /// <exception cref="InvalidDataException">The file of keys has none that can be used; the message is for the operator.</exception>
    public TokenValidator(TokenOptions options, TimeProvider time)
    {
        var skew = TimeSpan.FromSeconds(options.ClockSkewSeconds);
        _parameters = new TokenValidationParameters
        {
            ValidIssuer = options.Issuer,
            ValidAudience = options.Audience,
            ValidAlgorithms = Algorithms,
            RequireExpirationTime = true,
            LifetimeValidator = (from, until, _, _) =>
                until is { } end && end > time.GetUtcNow().UtcDateTime - skew && (from is not { } begin || begin < time.GetUtcNow().UtcDateTime + skew),
        };
        if (options.KeysPath.Length > 0)
        {
            _parameters.IssuerSigningKeys = ReadKeys(options.KeysPath);
        }
        else
        {
            _parameters.ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
                $"{options.Issuer.TrimEnd('/')}/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(),
                new HttpDocumentRetriever { RequireHttps = options.Issuer.StartsWith("https:", StringComparison.OrdinalIgnoreCase) });
        }
    }

    /// <summary>True for what has the form of a signed token (three parts).</summary>
    public static bool IsToken(string credential) => credential.AsSpan().Count('.') == 2;

    /// <summary>Who a token is for and what he may do.</summary>
    /// <param name="token">As it was sent.</param>
    /// <param name="scheme">Name of the authentication.</param>
    /// <returns>The identity, or why the token is not taken.</returns>
    public async Task<(ClaimsIdentity? Identity, string? Refusal)> ValidateAsync(string token, string scheme)
    {
        TokenValidationResult result = await _handler.ValidateTokenAsync(token, _parameters);
        if (!result.IsValid)
            return (null, Refusal(result.Exception));
        if (result.ClaimsIdentity.FindFirst(JwtRegisteredClaimNames.Sub)?.Value is not { Length: > 0 } subject)
            return (null, "The token names nobody (sub).");
        string? subscriber = result.ClaimsIdentity.FindFirst(KeyAuthentication.SubscriberClaim)?.Value;
        IEnumerable<string> scopes = Named(result.ClaimsIdentity, "scope", "scp").Where(KeyScopes.All.Contains)
            .Concat(Named(result.ClaimsIdentity, "roles", "role").SelectMany(role => KeyScopes.Roles.GetValueOrDefault(role, [])));
        var identity = new ClaimsIdentity(scheme);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, $"jwt:{subject}"));
        identity.AddClaims(scopes.Distinct().Where(s => subscriber is null || KeyScopes.Self.Contains(s)).Select(s => new Claim(KeyAuthentication.ScopeClaim, s)));
        if (subscriber is not null)
            identity.AddClaim(new Claim(KeyAuthentication.SubscriberClaim, subscriber));
        return (identity, null);
    }

    // One claim with words (RFC 8693 §4.2), or one for each.
    private static IEnumerable<string> Named(ClaimsIdentity identity, params string[] types) =>
        identity.Claims.Where(c => types.Contains(c.Type)).SelectMany(c => c.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string Refusal(Exception? why) => why switch
    {
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNoExpirationException => "The token has expired, is not valid yet, or has no end (exp).",
        SecurityTokenInvalidIssuerException => "The token is of another issuer (iss).",
        SecurityTokenInvalidAudienceException => "The token is for another audience (aud).",
        SecurityTokenSignatureKeyNotFoundException => "The token is signed by a key that the issuer has not.",
        SecurityTokenInvalidSignatureException or SecurityTokenInvalidAlgorithmException => "The token's signature is wrong.",
        _ => "The token cannot be read.",
    };

    private static List<SecurityKey> ReadKeys(string path)
    {
        try
        {
            string text = File.ReadAllText(path);
            if (!text.TrimStart().StartsWith('{'))
                return [PemKey(text)];
            List<SecurityKey> keys = [.. new JsonWebKeySet(text).GetSigningKeys().Where(key => key is not SymmetricSecurityKey)];
            return keys.Count > 0 ? keys : throw new CryptographicException("the set has none");
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new InvalidDataException($"Tokens:KeysPath: {path} gives no public key: {unusable.Message}", unusable);
        }
    }

    private static SecurityKey PemKey(string pem)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
            return new RsaSecurityKey(rsa);
        }
        catch (Exception other) when (other is CryptographicException or ArgumentException)
        {
            rsa.Dispose();
            var curve = ECDsa.Create();
            curve.ImportFromPem(pem);
            return new ECDsaSecurityKey(curve);
        }
    }
}
