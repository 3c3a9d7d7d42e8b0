using System.Security.Claims;
using System.Text.Encodings.Web;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Avatar2D.Gateway.Provisioning.Http;

/// <summary>Authenticates by <c>Authorization: Bearer KEY</c> (RFC 6750 §2.1). Keys never stand in URLs.</summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, KeyRing keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "Key";

    /// <summary>Claim that names the only subscriber of a token.</summary>
    public const string SubscriberClaim = "subscriber";

    /// <summary>Claim for each scope.</summary>
    public const string ScopeClaim = "scope";

    private const string Bearer = "Bearer ";

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string header = Request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return AuthenticateResult.NoResult();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            || await keys.FindAsync(header[Bearer.Length..].Trim(), Context.RequestAborted) is not { } key)
        {
            return AuthenticateResult.Fail("The key is unknown, revoked or out of date.");
        }

        var identity = new ClaimsIdentity(SchemeName);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, key.Id));
        identity.AddClaims(key.Scopes.Split(' ').Select(scope => new Claim(ScopeClaim, scope)));
        if (key.SubscriberId is { } subscriber)
            identity.AddClaim(new Claim(SubscriberClaim, subscriber));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer realm=\"avatar2d\"";
        string detail = Request.Headers.Authorization.Count == 0
            ? "Send Authorization: Bearer KEY. The first key is in the log of the gateway's first start." : "The key is unknown, revoked or out of date.";
        return ProblemWriter.WriteAsync(Context, Problems.Unauthenticated, detail);
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ProblemWriter.WriteAsync(Context, Problems.Forbidden, "The key has not the scope that this needs; GET /v1/me shows what it has.");
}
