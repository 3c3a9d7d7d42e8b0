using Avatar2D.Gateway.Provisioning.Http;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Keys;

namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>Consents: given, approved, withdrawn.</summary>
internal static class ConsentRoutes
{
    /// <summary>Adds the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/subscribers/{subscriberId}/avatars/{avatarId}/consents").WithTags("Consents");
        group.MapPost("/", GiveAsync).Needs(KeyScopes.SubscribersWrite)
            .Describe("Records a person's consent to an avatar", "With an operator's key that may approve, it is in force at once: the operator vouches that the face is that person's. With a subscriber's token it waits for an operator; the phrase is what the person speaks in the proof.")
            .Produces<Consent>(201).Example("""{"person":"Ana Lima","textVersion":"2026-11"}""", null);
        group.MapGet("/", ListAsync).Needs(KeyScopes.SubscribersRead).Describe("Lists the consents to an avatar").Produces<Page<Consent>>();
        RouteGroupBuilder one = api.MapGroup("/consents/{consentId}").WithTags("Consents");
        one.MapPost("/approve", ApproveAsync).Needs(KeyScopes.ConsentsApprove).Describe("Puts a consent in force", "The operator has seen the proof.").Produces<Consent>();
        one.MapPost("/withdraw", WithdrawAsync).Needs(KeyScopes.SubscribersWrite).Describe("Takes a consent back, for good", "The avatar is no longer active, and live calls lose its picture at once.").Produces<Consent>();
    }

    private static async Task<IResult> GiveAsync(
        string subscriberId, string avatarId, ConsentRequest request, Caller caller, ConsentService consents, CancellationToken cancellationToken)
    {
        Consent consent = await consents.GiveAsync(
            subscriberId, avatarId, request.Person, request.TextVersion, caller.Actor, caller.Scopes.Contains(KeyScopes.ConsentsApprove), cancellationToken);
        return Results.Created($"/v1/subscribers/{subscriberId}/avatars/{avatarId}/consents", consent);
    }

    private static async Task<IResult> ListAsync(string subscriberId, string avatarId, ConsentService consents, CancellationToken cancellationToken) =>
        Results.Json(new Page<Consent>(await consents.ListAsync(subscriberId, avatarId, cancellationToken), null));

    private static async Task<IResult> ApproveAsync(string consentId, Caller caller, ConsentService consents, CancellationToken cancellationToken)
    {
        caller.RequireOperator();
        return Results.Json(await consents.ApproveAsync(consentId, caller.Actor, cancellationToken));
    }

    private static async Task<IResult> WithdrawAsync(string consentId, Caller caller, ConsentService consents, CancellationToken cancellationToken)
    {
        caller.RequireAccess((await consents.GetAsync(consentId, cancellationToken)).SubscriberId);
        return Results.Json(await consents.WithdrawAsync(consentId, caller.Actor, cancellationToken));
    }
}
