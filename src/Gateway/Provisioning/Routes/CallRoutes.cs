using Avatar2D.Codecs.Images;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Calls;
using Avatar2D.Gateway.Calls.Machine;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Gateway.Hosting;
using Avatar2D.Gateway.Provisioning.Http;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Keys;
using Avatar2D.Gateway.Subscribers.Storage;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>Live calls of this node: seen, ended, their picture switched on, off, and to another face.</summary>
internal static class CallRoutes
{
    private static readonly TimeSpan SnapshotPatience = TimeSpan.FromMilliseconds(500);

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
        group.MapPost("/{callId}/avatar", ShowAsync).Needs(KeyScopes.CallsControl)
            .Describe("Gives a live call another face", "An avatar of the call's subscriber that may be shown, or a character of the gallery; from the next picture on, nothing is negotiated anew.")
            .Produces(202).Example("""{"gallery":"kiko"}""", null);
        group.MapGet("/{callId}/snapshot", (string callId, Caller caller, GatewayHost gateway, AvatarPictures pictures, AvatarService avatars, TimeProvider time, CancellationToken cancellationToken) =>
            SnapshotAsync(Find(callId, caller, gateway), pictures, avatars, time, cancellationToken)).Needs(KeyScopes.CallsRead)
            .Describe("A still of a live call", "The picture that the far end sees at this moment; before the first one, a still of the avatar.").Produces(200, contentType: "image/png");
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

    private static async Task<IResult> ShowAsync(
        string callId, FaceRequest request, Caller caller, GatewayHost gateway, SubscriberDirectory directory, AvatarService avatars, StoreDatabase database, TimeProvider time,
        CancellationToken cancellationToken)
    {
        CallSession call = Find(callId, caller, gateway);
        if (call.Shown.Avatar is null)
            throw Problems.WrongState.With("This call carries no picture.");
        CallerPicture face = (request.AvatarId, request.Gallery) switch
        {
            ({ } avatar, null) when call.Shown.SubscriberId is { } owner =>
                call.Shown with { Avatar = (await avatars.GetAsync(owner, avatar, cancellationToken)).ShownAs, IsOwn = true },
            ({ } avatar, null) => throw Problems.NotFound.With($"The caller is no subscriber, and has no avatar {avatar}."),
            (null, { } character) when AvatarCatalog.GalleryNames.Contains(character) => call.Shown with { Avatar = character, IsOwn = false },
            (null, { } character) => throw Problems.NotFound.With($"The gallery has no character \"{character}\"; it has {string.Join(", ", AvatarCatalog.GalleryNames)}."),
            _ => throw Problems.InvalidValue.With("Give either avatarId or gallery."),
        };
        if (!directory.MayShow(face))
            throw Problems.ConsentMissing.With("This avatar is not ready, or its person has not consented.");
        call.ShowFace(face);
        if (!directory.MayShow(face))
            call.SwitchPicture(on: false); // Withdrawn in this very moment.
        await database.WriteAsync(db => db.AuditAsync(time.GetUtcNow(), caller.Actor, "call.avatar", face.SubscriberId, callId, face.Avatar), CancellationToken.None);
        return Results.Accepted();
    }

    private static async Task<IResult> SnapshotAsync(CallSession call, AvatarPictures pictures, AvatarService avatars, TimeProvider time, CancellationToken cancellationToken)
    {
        if (call.Shown.Avatar is not { } name)
            throw Problems.WrongState.With("This call carries no picture.");
        if (call.Picture == PicturePhase.Up && await NextPictureAsync(call, time, cancellationToken) is { } live)
            return Results.Bytes(ImageFile.ToPng(live.View), "image/png");
        if (call.Shown is { IsOwn: true, SubscriberId: { } owner } && name.StartsWith("av_", StringComparison.Ordinal))
            return Results.Bytes(await pictures.StillAsync(await avatars.GetAsync(owner, name, cancellationToken), cancellationToken), "image/png");
        return Results.Bytes(pictures.GalleryStill(name), "image/png");
    }

    private static async Task<I420Frame?> NextPictureAsync(CallSession call, TimeProvider time, CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(SnapshotPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        try
        {
            return await call.SnapshotAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null; // On hold, or not begun yet.
        }
    }
}
