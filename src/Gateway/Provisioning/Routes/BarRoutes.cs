using System.Net.Http.Headers;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Provisioning.Http;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Keys;
using Avatar2D.Gateway.Subscribers.Storage;
using Avatar2D.Gateway.Subscribers.Uploads;

namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>
/// The base avatar repository as an IMS core asks it (3GPP TS 26.264 Annex B, Mbar_Management_Avatars: CreateBaseAvatarModel,
/// GetBaseAvatarModel, UpdateBaseAvatarModel). The container of a 2D avatar is a photo or video. Whose it is, the query parameter
/// identity says (an IMPU); everything else is as in the API of this gateway.
/// </summary>
internal static class BarRoutes
{
    private static readonly string[] Containers = ["video/mp4", "video/quicktime", "video/webm", "image/jpeg", "image/png", "image/webp", "application/octet-stream"];

    /// <summary>Adds the routes.</summary>
    public static void Map(RouteGroupBuilder bar)
    {
        RouteGroupBuilder avatars = bar.MapGroup("/avatars").WithTags("Base avatar repository (TS 26.264)");
        avatars.MapPost("/", CreateAsync).Needs(KeyScopes.SubscribersWrite).TakesFile(Containers)
            .Describe("CreateBaseAvatarModel", "The body is the container; ?identity= the IMPU of its owner. The checks run as a job.").Produces<BarAvatar>(201);
        avatars.MapGet("/{avatarId}", GetAsync).Needs(KeyScopes.SubscribersRead)
            .Describe("GetBaseAvatarModel", "multipart/mixed: the Avatar resource, then the container as it is served to calls. Accept: application/json wants the resource alone.")
            .Produces<BarAvatar>();
        avatars.MapPut("/{avatarId}", UpdateAsync).Needs(KeyScopes.SubscribersWrite).TakesFile(Containers)
            .Describe("UpdateBaseAvatarModel (whole)", "The body replaces the container. Consents to the former one end with it.").Produces<BarAvatar>();
        avatars.MapPatch("/{avatarId}", PatchAsync).Needs(KeyScopes.SubscribersWrite).TakesFile("multipart/mixed")
            .Describe("UpdateBaseAvatarModel (assets)", "multipart/mixed: first the list of assets, {\"assetIds\":[\"source\"]}, then the binary of each in that order. A 2D avatar has one asset, its source.")
            .Produces<BarAvatar>();
    }

    private static async Task<IResult> CreateAsync(
        string? identity, Caller caller, SubscriberService subscribers, UploadService uploads, HttpContext context, CancellationToken cancellationToken)
    {
        if (identity is null)
            throw Problems.InvalidValue.With("?identity= must name the owner: an IMPU of a subscriber, as sip:ana@example.com or tel:+493012345.");
        IReadOnlyList<Subscriber> owners = await subscribers.ListAsync(identity, null, 1, cancellationToken);
        Subscriber owner = owners.Count > 0 ? owners[0] : throw Problems.NotFound.With($"No subscriber has the identity {identity}.");
        caller.RequireAccess(owner.Id);
        UploadResult result = await StoreAsync(owner.Id, "base avatar", null, caller, uploads, context, cancellationToken);
        return Results.Created($"/mbar-management/v1/avatars/{result.Upload.AvatarId}", BarAvatar.Of(result.Avatar!, result.JobId)); // Complete, or it has thrown.
    }

    private static async Task<IResult> UpdateAsync(
        string avatarId, Caller caller, AvatarService avatars, UploadService uploads, HttpContext context, CancellationToken cancellationToken)
    {
        SubscriberAvatar before = await FindAsync(avatarId, caller, avatars, cancellationToken);
        if (before.Kind == AvatarKind.Gallery)
            throw Problems.WrongState.With("A character of the gallery has no container to replace; create an avatar.");
        UploadResult result = await StoreAsync(before.SubscriberId, before.Name, avatarId, caller, uploads, context, cancellationToken);
        return Results.Json(BarAvatar.Of(result.Avatar!, result.JobId)); // Complete, or it has thrown.
    }

    private static async Task<IResult> PatchAsync(
        string avatarId, Caller caller, AvatarService avatars, UploadService uploads, StoreFiles files, GatewayOptions options, HttpContext context,
        CancellationToken cancellationToken)
    {
        SubscriberAvatar before = await FindAsync(avatarId, caller, avatars, cancellationToken);
        if (before.Kind == AvatarKind.Gallery)
            throw Problems.WrongState.With("A character of the gallery has no container to change; create an avatar.");
        UploadRoutes.LiftBodyLimit(context);
        string path = files.WorkPath($"patch-{Guid.NewGuid():N}");
        try
        {
            await BarPatch.ReadSourceAsync(context.Request, path, options.Api.MaxUploadBytes, cancellationToken);
            await using FileStream source = File.OpenRead(path);
            UploadResult result = await StoreAsync(before.SubscriberId, before.Name, avatarId, caller, uploads, source, source.Length, cancellationToken);
            return Results.Json(BarAvatar.Of(result.Avatar!, result.JobId)); // Complete, or it has thrown.
        }
        finally
        {
            StoreFiles.Erase(path);
        }
    }

    private static async Task<IResult> GetAsync(
        string avatarId, Caller caller, AvatarService avatars, AvatarPictures pictures, HttpContext context, CancellationToken cancellationToken)
    {
        SubscriberAvatar avatar = await FindAsync(avatarId, caller, avatars, cancellationToken);
        BarAvatar resource = BarAvatar.Of(avatar);
        if (context.Request.GetTypedHeaders().Accept is { Count: > 0 } accept && accept.All(type => type.MediaType == "application/json"))
            return Results.Json(resource);
        string film = await pictures.FilmAsync(avatar, cancellationToken);
        using var both = new MultipartContent("mixed") { JsonContent.Create(resource, options: StoreJson.Options) };
        both.Add(new StreamContent(File.OpenRead(film)) { Headers = { ContentType = new MediaTypeHeaderValue("video/mp4") } });
        context.Response.ContentType = both.Headers.ContentType?.ToString();
        await both.CopyToAsync(context.Response.Body, cancellationToken);
        return Results.Empty;
    }

    private static async Task<SubscriberAvatar> FindAsync(string avatarId, Caller caller, AvatarService avatars, CancellationToken cancellationToken)
    {
        SubscriberAvatar avatar = await avatars.FindAsync(avatarId, cancellationToken);
        caller.RequireAccess(avatar.SubscriberId);
        return avatar;
    }

    private static Task<UploadResult> StoreAsync(
        string subscriberId, string name, string? replaces, Caller caller, UploadService uploads, HttpContext context, CancellationToken cancellationToken)
    {
        UploadRoutes.LiftBodyLimit(context);
        if (context.Request.ContentLength is not { } length)
            throw Problems.UploadLengthNeeded.With("Send Content-Length.");
        return StoreAsync(subscriberId, name, replaces, caller, uploads, context.Request.Body, length, cancellationToken);
    }

    private static async Task<UploadResult> StoreAsync(
        string subscriberId, string name, string? replaces, Caller caller, UploadService uploads, Stream bytes, long length, CancellationToken cancellationToken)
    {
        Upload upload = await uploads.BeginAsync(subscriberId, new UploadDraft { Name = name, SizeBytes = length }, caller.Actor, cancellationToken, replaces);
        UploadResult result = await uploads.AppendAsync(upload.Id, 0, bytes, caller.Actor, cancellationToken);
        return result.Avatar is not null ? result : throw Problems.UploadRange.With($"{result.Upload.ReceivedBytes} of {length} bytes came.");
    }
}
