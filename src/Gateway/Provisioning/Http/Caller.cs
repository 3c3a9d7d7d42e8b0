using System.Security.Claims;
using Avatar2D.Gateway.Subscribers;

namespace Avatar2D.Gateway.Provisioning.Http;

/// <summary>Who makes a request: an operator's key, or the token of one subscriber, for whom nobody else exists.</summary>
/// <param name="Actor">For the audit log.</param>
/// <param name="Scopes">What the key may do.</param>
internal sealed record Caller(Actor Actor, IReadOnlySet<string> Scopes)
{
    /// <summary>Reads the caller of a request that was authenticated; a parameter of handlers.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult<Caller?>(Of(context.User));

    /// <summary>The caller behind a principal.</summary>
    public static Caller Of(ClaimsPrincipal user) => new(
        new Actor(user.FindFirstValue(ClaimTypes.NameIdentifier) ?? "nobody", user.FindFirstValue(KeyAuthentication.SubscriberClaim)),
        user.FindAll(KeyAuthentication.ScopeClaim).Select(claim => claim.Value).ToHashSet());

    /// <summary>To a subscriber's token nobody else exists.</summary>
    /// <exception cref="ProblemException">It is somebody else's.</exception>
    public void RequireAccess(string subscriberId)
    {
        if (Actor.SubscriberId is { } own && own != subscriberId)
            throw SubscriberService.Missing(subscriberId);
    }

    /// <summary>Only operators' keys may.</summary>
    /// <exception cref="ProblemException">It is a subscriber's token.</exception>
    public void RequireOperator()
    {
        if (Actor.SubscriberId is not null)
            throw Problems.Forbidden.With("A subscriber's token may not do this.");
    }
}
