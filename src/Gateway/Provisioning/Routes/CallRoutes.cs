using Avatar2D.Gateway.Calls;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Gateway.Hosting;
using Avatar2D.Gateway.Provisioning.Http;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Keys;
using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>Live calls of this node: seen, ended, their picture switched.</summary>
internal static class CallRoutes
{
    /// <summary>Adds the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/calls").WithTags("Calls");
        group.MapGet("/", (Caller caller, GatewayHost gateway) =>
        {
            caller.RequireOperator();
            return Results.Json(new Page<CallView>([.. gateway.Calls.Calls.Select(CallView.Of).OrderBy(c => c.StartTime)], null));
        }).Needs(KeyScopes.CallsRead).Describe("Lists live calls, oldest first").Produces<Page<CallView>>();
        group.MapGet("/{callId}", (string callId, Caller caller, GatewayHost gateway) => Results.Json(CallView.Of(Find(callId, caller, gateway))))
            .Needs(KeyScopes.CallsRead).Describe("Shows a live call's figures").Produces<CallView>();
        group.MapDelete("/{callId}", EndAsync).Needs(KeyScopes.CallsControl).Describe("Ends a call with BYE").Produces(202);
        group.MapPost("/{callId}/picture", SwitchAsync).Needs(KeyScopes.CallsControl)
            .Describe("Takes a call's picture off, or lets it on again", "Off is at once; the re-INVITE follows. The voice goes on.").Produces(202).Example("""{"on":false}""", null);
        group.MapGet("/{callId}/snapshot", (string callId, Caller caller, GatewayHost gateway, AvatarPictures pictures, AvatarService avatars, CancellationToken cancellationToken) =>
            SnapshotAsync(Find(callId, caller, gateway), pictures, avatars, cancellationToken)).Needs(KeyScopes.CallsRead)
            .Describe("A still of the face that a call shows").Produces(200, contentType: "image/png");
    }

    private static CallSession Find(string callId, Caller caller, GatewayHost gateway)
    {
        caller.RequireOperator();
        return gateway.Calls.Calls.FirstOrDefault(call => call.CallId == callId) ?? throw Problems.NotFound.With($"No call {callId} lives on this node.");
    }

    private static async Task<IResult> EndAsync(string callId, Caller caller, GatewayHost gateway, StoreDatabase database, TimeProvider time)
    {
        CallSession call = Find(callId, caller, gateway);
        call.End(CallEndReason.LocalHangup);
        await database.WriteAsync(db => db.AuditAsync(time.GetUtcNow(), caller.Actor, "call.end", call.Shown.SubscriberId, callId), CancellationToken.None);
        return Results.Accepted();
    }

    private static async Task<IResult> SwitchAsync(string callId, PictureRequest request, Caller caller, GatewayHost gateway, SubscriberDirectory directory, StoreDatabase database, TimeProvider time)
    {
        CallSession call = Find(callId, caller, gateway);
        if (request.On && !directory.MayShow(call.Shown))
            throw Problems.ConsentMissing.With("The avatar of this call may not be shown any more.");
        call.SwitchPicture(request.On);
        await database.WriteAsync(
            db => db.AuditAsync(time.GetUtcNow(), caller.Actor, request.On ? "call.picture.on" : "call.picture.off", call.Shown.SubscriberId, callId), CancellationToken.None);
        return Results.Accepted();
    }

    private static async Task<IResult> SnapshotAsync(CallSession call, AvatarPictures pictures, AvatarService avatars, CancellationToken cancellationToken)
    {
        if (call.Shown.Avatar is not { } name)
            throw Problems.WrongState.With("This call carries no picture.");
        if (call.Shown is { IsOwn: true, SubscriberId: { } owner } && name.StartsWith("av_", StringComparison.Ordinal))
            return Results.Bytes(await pictures.StillAsync(await avatars.GetAsync(owner, name, cancellationToken), cancellationToken), "image/png");
        return Results.Bytes(pictures.GalleryStill(name), "image/png");
    }
}
