using Avatar2D.Gateway.Provisioning.Http;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Erasure;
using Avatar2D.Gateway.Subscribers.Keys;

namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>Subscribers, their tokens, and their erasure.</summary>
internal static class SubscriberRoutes
{
    private const string Example = """
        {"id":"sub_019ac0ffee00700080000000000000001","name":"Ana Lima","identities":["sip:ana@example.com","tel:+493012345"],"activeAvatarId":null,"videoEnabled":true,"label":null,"version":1,"createdAt":"2026-11-26T10:00:00+00:00","updatedAt":"2026-11-26T10:00:00+00:00"}
        """;

    /// <summary>Adds the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/subscribers").WithTags("Subscribers");
        group.MapPost("/", CreateAsync).Needs(KeyScopes.SubscribersWrite)
            .Describe("Creates a subscriber", "Identities are SIP URIs (sip:user@host) and global numbers (tel:+49...), in any spelling; one belongs to one subscriber.")
            .Produces<Subscriber>(201).Example("""{"name":"Ana Lima","identities":["sip:ana@example.com","+49 30 12345"]}""", Example);
        group.MapGet("/", ListAsync).Needs(KeyScopes.SubscribersRead).Describe("Lists subscribers", "In the order of their making; ?identity= finds the one who has it.").Produces<Page<Subscriber>>();
        group.MapGet("/{subscriberId}", GetAsync).Needs(KeyScopes.SubscribersRead).Describe("Shows a subscriber").Produces<Subscriber>().Example(null, Example);
        group.MapPatch("/{subscriberId}", UpdateAsync).Needs(KeyScopes.SubscribersWrite)
            .Describe("Changes a subscriber", "What is left out stays. With If-Match only the version that you have seen is changed. An empty activeAvatarId takes the avatar off.")
            .Produces<Subscriber>().Example("""{"videoEnabled":false}""", Example);
        group.MapDelete("/{subscriberId}", DeleteAsync).Needs(KeyScopes.SubscribersWrite)
            .Describe("Erases a subscriber for good", "Sources, packages, models, consents, jobs, tokens and cached pictures go; live calls lose the picture. The answer is the receipt.").Produces<ErasureReceipt>();
        group.MapPost("/{subscriberId}/tokens", CreateTokenAsync).Needs(KeyScopes.KeysWrite)
            .Describe("Makes a token for one subscriber", "It may see and change this subscriber's things only. The secret is shown this once.").Produces<NewKeyView>(201).Example("""{"name":"Ana's phone","days":30}""", null);
        api.MapGet("/erasures/{erasureId}", GetErasureAsync).WithTags("Subscribers").Needs(KeyScopes.AuditRead).Describe("Shows the receipt of an erasure").Produces<ErasureReceipt>();
    }

    private static async Task<IResult> CreateAsync(SubscriberDraft draft, Caller caller, SubscriberService service, HttpContext context, CancellationToken cancellationToken)
    {
        caller.RequireOperator();
        Subscriber made = await service.CreateAsync(draft, caller.Actor, cancellationToken);
        context.Response.Headers.ETag = ETags.Of(made.Version);
        return Results.Created($"/v1/subscribers/{made.Id}", made);
    }

    private static async Task<IResult> ListAsync(
        string? identity, string? after, int? limit, Caller caller, SubscriberService service, CancellationToken cancellationToken)
    {
        int length = Page.Limit(limit);
        if (caller.Actor.SubscriberId is { } own)
            return Results.Json(new Page<Subscriber>([await service.GetAsync(own, cancellationToken)], null));
        return Results.Json(Page.Of(await service.ListAsync(identity, after, length + 1, cancellationToken), length, s => s.Id, s => s));
    }

    private static async Task<IResult> GetAsync(string subscriberId, SubscriberService service, HttpContext context, CancellationToken cancellationToken)
    {
        Subscriber subscriber = await service.GetAsync(subscriberId, cancellationToken);
        return ETags.Tagged(context, subscriber, subscriber.Version);
    }

    private static async Task<IResult> UpdateAsync(
        string subscriberId, SubscriberChange change, Caller caller, SubscriberService service, HttpContext context, CancellationToken cancellationToken)
    {
        if (change.Identities is not null)
            caller.RequireOperator(); // Who somebody is, is not for that somebody to say.
        Subscriber after = await service.UpdateAsync(subscriberId, change, ETags.IfMatch(context), caller.Actor, cancellationToken);
        return ETags.Tagged(context, after, after.Version);
    }

    private static async Task<IResult> DeleteAsync(string subscriberId, Caller caller, ErasureService erasures, HttpContext context, CancellationToken cancellationToken) =>
        Results.Json(await erasures.EraseAsync(subscriberId, ETags.IfMatch(context), caller.Actor, cancellationToken));

    private static async Task<IResult> CreateTokenAsync(
        string subscriberId, NewKeyRequest request, Caller caller, KeyRing keys, HttpContext context, CancellationToken cancellationToken)
    {
        caller.RequireOperator();
        (ApiKey key, string secret) = await keys.CreateAsync(request.Name, request.Scopes ?? KeyScopes.Self, subscriberId, request.ValidFor, caller.Actor, cancellationToken);
        return KeyRoutes.Created(context, key, secret);
    }

    private static async Task<IResult> GetErasureAsync(string erasureId, Caller caller, ErasureService erasures, CancellationToken cancellationToken)
    {
        caller.RequireOperator();
        return Results.Json(await erasures.GetAsync(erasureId, cancellationToken));
    }
}
