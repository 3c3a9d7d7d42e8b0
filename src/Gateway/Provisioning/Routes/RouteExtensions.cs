using System.Text.Json.Nodes;

namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>What every route says of itself: the scope it needs, what it is for, examples.</summary>
internal static class RouteExtensions
{
    /// <summary>Name of the policy that wants a scope.</summary>
    public static string PolicyOf(string scope) => $"scope:{scope}";

    /// <summary>The key must have a scope.</summary>
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder route, string scope) => route.RequireAuthorization(PolicyOf(scope));

    /// <summary>What it does, for the reference.</summary>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string summary, string? more = null)
    {
        route.WithSummary(summary);
        return more is null ? route : route.WithDescription(more);
    }

    /// <summary>Examples of request and answer, as JSON.</summary>
    public static RouteHandlerBuilder Example(this RouteHandlerBuilder route, string? request, string? response) =>
        route.WithMetadata(new RouteExample(request is null ? null : JsonNode.Parse(request), response is null ? null : JsonNode.Parse(response)));

    /// <summary>The body is a file of one of these media types; what it is, its bytes say, so that none is refused by its name.</summary>
    public static RouteHandlerBuilder TakesFile(this RouteHandlerBuilder route, params string[] mediaTypes) => route.WithMetadata(new RouteFile(mediaTypes));
}
