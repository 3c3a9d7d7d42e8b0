using System.Security.Claims;
using System.Text.Encodings.Web;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Avatar2D.Gateway.Provisioning.Http;

/// <summary>
/// Authenticates by <c>Authorization: Bearer KEY</c> (RFC 6750 §2.1), a key of the store or a signed token of the operator's identity
/// provider. Neither ever stands in a URL.
/// </summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, KeyRing keys, IServiceProvider services)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "Key";

    /// <summary>Claim that names the only subscriber of a token.</summary>
    public const string SubscriberClaim = "subscriber";

    /// <summary>Claim for each scope.</summary>
    public const string ScopeClaim = "scope";

    private const string Bearer = "Bearer ";
    private const string Unknown = "The key is unknown, revoked or out of date.";

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string header = Request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return AuthenticateResult.NoResult();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.Fail(Unknown);
        string credential = header[Bearer.Length..].Trim();
        if (TokenValidator.IsToken(credential) && services.GetService<TokenValidator>() is { } tokens)
        {
            (ClaimsIdentity? bearer, string? refusal) = await tokens.ValidateAsync(credential, SchemeName);
            return bearer is null
                ? AuthenticateResult.Fail(refusal ?? Unknown) : AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(bearer), SchemeName));
        }

        if (await keys.FindAsync(credential, Context.RequestAborted) is not { } key)
            return AuthenticateResult.Fail(Unknown);
        var identity = new ClaimsIdentity(SchemeName);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, key.Id));
        identity.AddClaims(key.Scopes.Split(' ').Select(scope => new Claim(ScopeClaim, scope)));
        if (key.SubscriberId is { } subscriber)
            identity.AddClaim(new Claim(SubscriberClaim, subscriber));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    /// <inheritdoc/>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer realm=\"avatar2d\"";
        string detail = Request.Headers.Authorization.Count == 0
            ? "Send Authorization: Bearer KEY. The first key is in the log of the gateway's first start."
            : (await HandleAuthenticateOnceSafeAsync()).Failure?.Message ?? Unknown;
        await ProblemWriter.WriteAsync(Context, Problems.Unauthenticated, detail);
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ProblemWriter.WriteAsync(Context, Problems.Forbidden, "The key has not the scope that this needs; GET /v1/me shows what it has.");
}
