using Avatar2D.Gateway.Provisioning.Http;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Keys;
using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>Keys, the audit log, and who one is.</summary>
internal static class KeyRoutes
{
    /// <summary>Adds the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/keys").WithTags("Keys and audit");
        group.MapGet("/", ListAsync).Needs(KeyScopes.KeysWrite).Describe("Lists keys", "Secrets are not kept, so none is shown.").Produces<Page<KeyView>>();
        group.MapPost("/", CreateAsync).Needs(KeyScopes.KeysWrite).Describe("Makes an operator's key", "Scopes one by one, or a role: viewer, operator, admin. The secret is shown this once.")
            .Produces<NewKeyView>(201).Example("""{"name":"night shift","scopes":["operator"],"days":90}""", null);
        group.MapDelete("/{keyId}", RevokeAsync).Needs(KeyScopes.KeysWrite).Describe("Revokes a key, from now on").Produces(204);
        api.MapGet("/me", Me).WithTags("Keys and audit").RequireAuthorization().Describe("Shows what the key may do").Produces<MeView>();
        api.MapGet("/audit", AuditAsync).WithTags("Keys and audit").Needs(KeyScopes.AuditRead)
            .Describe("Reads the audit log, newest first", "Who did what to whom; ?subscriberId= of one subscriber, ?before= a number goes back.").Produces<Page<AuditEntry>>();
    }

    /// <summary>The answer with a new key; never kept by anybody between.</summary>
    public static IResult Created(HttpContext context, ApiKey key, string secret)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Created($"/v1/keys/{key.Id}", new NewKeyView(KeyView.Of(key), secret));
    }

    private static async Task<IResult> ListAsync(Caller caller, KeyRing keys, CancellationToken cancellationToken)
    {
        caller.RequireOperator();
        return Results.Json(new Page<KeyView>([.. (await keys.ListAsync(cancellationToken)).Select(KeyView.Of)], null));
    }

    private static async Task<IResult> CreateAsync(NewKeyRequest request, Caller caller, KeyRing keys, HttpContext context, CancellationToken cancellationToken)
    {
        caller.RequireOperator();
        (ApiKey key, string secret) = await keys.CreateAsync(request.Name, request.Scopes ?? [], null, request.ValidFor, caller.Actor, cancellationToken);
        return Created(context, key, secret);
    }

    private static async Task<IResult> RevokeAsync(string keyId, Caller caller, KeyRing keys, CancellationToken cancellationToken)
    {
        caller.RequireOperator();
        await keys.RevokeAsync(keyId, caller.Actor, cancellationToken);
        return Results.NoContent();
    }

    private static IResult Me(Caller caller) => Results.Json(new MeView(
        caller.Actor.Name, caller.Actor.SubscriberId, [.. caller.Scopes.Order(StringComparer.Ordinal)], typeof(KeyRoutes).Assembly.GetName().Version?.ToString(3) ?? "0"));

    private static async Task<IResult> AuditAsync(string? subscriberId, long? before, int? limit, Caller caller, StoreDatabase database, CancellationToken cancellationToken)
    {
        caller.RequireOperator();
        int length = Page.Limit(limit);
        IReadOnlyList<AuditEntry> lines = await AuditLog.ListAsync(database, subscriberId, before ?? long.MaxValue, length + 1, cancellationToken);
        return Results.Json(Page.Of(lines, length, line => line.Seq.ToString(System.Globalization.CultureInfo.InvariantCulture), line => line));
    }
}
