using System.Text.Json;
using Avatar2D.Gateway.Provisioning.Http;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Keys;
using Avatar2D.Gateway.Subscribers.Storage;
using Avatar2D.Gateway.Subscribers.Uploads;

namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>Avatars of a subscriber: upload, pick, see, activate, delete; and the gallery to pick from.</summary>
internal static class AvatarRoutes
{
    /// <summary>Adds the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/subscribers/{subscriberId}/avatars").WithTags("Avatars");
        group.MapPost("/", CreateAsync).Needs(KeyScopes.SubscribersWrite).TakesFile("application/json", "video/mp4", "video/quicktime", "video/webm", "image/jpeg", "image/png", "image/webp")
            .Describe("Creates an avatar", "As JSON: a character of the gallery, ready at once. As photo or video (the file is the body, ?name= its name): the checks run as a job; follow jobId.")
            .Produces<AvatarView>(201).Example("""{"gallery":"maya"}""", null);
        group.MapGet("/", ListAsync).Needs(KeyScopes.SubscribersRead).Describe("Lists a subscriber's avatars").Produces<Page<AvatarView>>();
        group.MapGet("/{avatarId}", GetAsync).Needs(KeyScopes.SubscribersRead).Describe("Shows an avatar with the verdicts of its checks").Produces<AvatarView>();
        group.MapDelete("/{avatarId}", DeleteAsync).Needs(KeyScopes.SubscribersWrite).Describe("Deletes an avatar", "Source, package, model and consents go; live calls lose its picture.").Produces(204);
        group.MapPost("/{avatarId}/activate", ActivateAsync).Needs(KeyScopes.SubscribersWrite)
            .Describe("Makes an avatar the one of the next call", "It must be ready, and the person must have consented.").Produces<Subscriber>();
        group.MapGet("/{avatarId}/thumbnail", ThumbnailAsync).Needs(KeyScopes.SubscribersRead).Describe("A still of the avatar").Produces(200, contentType: "image/png");
        group.MapGet("/{avatarId}/preview", PreviewAsync).Needs(KeyScopes.SubscribersRead).Describe("The avatar speaks a sentence", "A film with sound, as a call would show it, marked as generated; made when it is asked for (some seconds).").Produces(200, contentType: "video/mp4");
        RouteGroupBuilder gallery = api.MapGroup("/gallery").WithTags("Avatars");
        gallery.MapGet("/", (AvatarPictures pictures) => Results.Json(new Page<GalleryView>([.. pictures.Gallery], null))).Needs(KeyScopes.SubscribersRead)
            .Describe("Lists the characters of the gallery").Produces<Page<GalleryView>>();
        gallery.MapGet("/{name}/thumbnail", (string name, AvatarPictures pictures) => Results.Bytes(pictures.GalleryStill(name), "image/png")).Needs(KeyScopes.SubscribersRead)
            .Describe("A still of a character").Produces(200, contentType: "image/png");
        gallery.MapGet("/{name}/preview", async (string name, AvatarPictures pictures, CancellationToken cancellationToken) =>
            Results.File(await pictures.GallerySpeaksAsync(name, cancellationToken), "video/mp4", enableRangeProcessing: true)).Needs(KeyScopes.SubscribersRead)
            .Describe("A character speaks a sentence").Produces(200, contentType: "video/mp4");
    }

    private static async Task<IResult> CreateAsync(
        string subscriberId, string? name, Caller caller, AvatarService avatars, UploadService uploads, HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Request.HasJsonContentType())
        {
            PickRequest pick = await context.Request.ReadFromJsonAsync<PickRequest>(StoreJson.Options, cancellationToken) ?? throw new JsonException("The body is null.");
            return Created(context, await avatars.PickAsync(subscriberId, pick.Gallery, pick.Name ?? name, caller.Actor, cancellationToken), null);
        }

        UploadRoutes.LiftBodyLimit(context);
        if (context.Request.ContentLength is not { } length)
            throw Problems.UploadLengthNeeded.With("Send Content-Length, or announce the upload at .../uploads and send it in ranges.");
        Upload upload = await uploads.BeginAsync(subscriberId, new UploadDraft { Name = name ?? "avatar", SizeBytes = length }, caller.Actor, cancellationToken);
        context.Response.Headers["Upload-Location"] = $"/v1/uploads/{upload.Id}";
        UploadResult result = await uploads.AppendAsync(upload.Id, 0, context.Request.Body, caller.Actor, cancellationToken);
        return result.Avatar is { } avatar
            ? Created(context, avatar, result.JobId) : throw Problems.UploadRange.With($"{result.Upload.ReceivedBytes} of {length} bytes came; go on at {upload.Id}.");
    }

    private static IResult Created(HttpContext context, SubscriberAvatar avatar, string? jobId)
    {
        context.Response.Headers.ETag = ETags.Of(avatar.Version);
        return Results.Created($"/v1/subscribers/{avatar.SubscriberId}/avatars/{avatar.Id}", AvatarView.Of(avatar, jobId));
    }

    private static async Task<IResult> ListAsync(string subscriberId, string? after, int? limit, AvatarService avatars, CancellationToken cancellationToken)
    {
        int length = Page.Limit(limit);
        return Results.Json(Page.Of(await avatars.ListAsync(subscriberId, after, length + 1, cancellationToken), length, a => a.Id, a => AvatarView.Of(a)));
    }

    private static async Task<IResult> GetAsync(string subscriberId, string avatarId, AvatarService avatars, HttpContext context, CancellationToken cancellationToken)
    {
        SubscriberAvatar avatar = await avatars.GetAsync(subscriberId, avatarId, cancellationToken);
        return ETags.Tagged(context, AvatarView.Of(avatar), avatar.Version);
    }

    private static async Task<IResult> DeleteAsync(string subscriberId, string avatarId, Caller caller, AvatarService avatars, HttpContext context, CancellationToken cancellationToken)
    {
        await avatars.DeleteAsync(subscriberId, avatarId, ETags.IfMatch(context), caller.Actor, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> ActivateAsync(
        string subscriberId, string avatarId, Caller caller, SubscriberService subscribers, HttpContext context, CancellationToken cancellationToken)
    {
        Subscriber after = await subscribers.UpdateAsync(subscriberId, new SubscriberChange { ActiveAvatarId = avatarId }, null, caller.Actor, cancellationToken);
        return ETags.Tagged(context, after, after.Version);
    }

    private static async Task<IResult> ThumbnailAsync(string subscriberId, string avatarId, AvatarService avatars, AvatarPictures pictures, CancellationToken cancellationToken) =>
        Results.Bytes(await pictures.StillAsync(await avatars.GetAsync(subscriberId, avatarId, cancellationToken), cancellationToken), "image/png");

    private static async Task<IResult> PreviewAsync(string subscriberId, string avatarId, AvatarService avatars, AvatarPictures pictures, CancellationToken cancellationToken) =>
        Results.File(await pictures.SpeaksAsync(await avatars.GetAsync(subscriberId, avatarId, cancellationToken), cancellationToken), "video/mp4", enableRangeProcessing: true);
}
