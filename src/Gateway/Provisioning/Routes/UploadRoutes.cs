using System.Net.Http.Headers;
using Avatar2D.Gateway.Provisioning.Http;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Keys;
using Avatar2D.Gateway.Subscribers.Uploads;
using Microsoft.AspNetCore.Http.Features;

namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>Uploads that can be resumed by ranges (Content-Range, RFC 9110 §14.4).</summary>
internal static class UploadRoutes
{
    /// <summary>Adds the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/subscribers/{subscriberId}/uploads", BeginAsync).WithTags("Uploads").Needs(KeyScopes.SubscribersWrite)
            .Describe("Announces an upload", "For large files and bad lines: then PUT the bytes to the Location, as often as it takes. For small files POST them to .../avatars at once.")
            .Produces<Upload>(201).Example("""{"name":"Ana on the balcony","sizeBytes":2384113}""", null);
        RouteGroupBuilder group = api.MapGroup("/uploads/{uploadId}").WithTags("Uploads");
        group.MapGet("/", GetAsync).Needs(KeyScopes.SubscribersRead).Describe("Shows how far an upload is", "receivedBytes is on the disk; go on from there.").Produces<Upload>();
        group.MapPut("/", AppendAsync).Needs(KeyScopes.SubscribersWrite).TakesFile("application/octet-stream")
            .Describe("Takes the next bytes", "With Content-Range: bytes FIRST-LAST/SIZE, FIRST being receivedBytes; without, the whole file. 202 wants more; 201 has made the avatar, with its job.").Produces<AvatarView>(201).Produces<Upload>(202);
        group.MapDelete("/", AbandonAsync).Needs(KeyScopes.SubscribersWrite).Describe("Throws an upload away").Produces(204);
    }

    /// <summary>Lifts the server's bound on bodies for this request: the upload's announced size bounds it.</summary>
    public static void LiftBodyLimit(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = null;
    }

    private static async Task<IResult> BeginAsync(string subscriberId, UploadDraft draft, Caller caller, UploadService uploads, CancellationToken cancellationToken)
    {
        Upload upload = await uploads.BeginAsync(subscriberId, draft, caller.Actor, cancellationToken);
        return Results.Created($"/v1/uploads/{upload.Id}", upload);
    }

    private static async Task<IResult> GetAsync(string uploadId, Caller caller, UploadService uploads, CancellationToken cancellationToken) =>
        Results.Json(await OwnAsync(uploadId, caller, uploads, cancellationToken));

    private static async Task<IResult> AppendAsync(string uploadId, Caller caller, UploadService uploads, HttpContext context, CancellationToken cancellationToken)
    {
        Upload upload = await OwnAsync(uploadId, caller, uploads, cancellationToken);
        LiftBodyLimit(context);
        UploadResult result = await uploads.AppendAsync(uploadId, FirstByte(context.Request, upload), context.Request.Body, caller.Actor, cancellationToken);
        return result.Avatar is { } avatar
            ? Results.Created($"/v1/subscribers/{avatar.SubscriberId}/avatars/{avatar.Id}", AvatarView.Of(avatar, result.JobId))
            : Results.Json(result.Upload, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> AbandonAsync(string uploadId, Caller caller, UploadService uploads, CancellationToken cancellationToken)
    {
        await OwnAsync(uploadId, caller, uploads, cancellationToken);
        await uploads.AbandonAsync(uploadId, caller.Actor, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<Upload> OwnAsync(string uploadId, Caller caller, UploadService uploads, CancellationToken cancellationToken)
    {
        Upload upload = await uploads.GetAsync(uploadId, cancellationToken);
        caller.RequireAccess(upload.SubscriberId);
        return upload;
    }

    private static long FirstByte(HttpRequest request, Upload upload)
    {
        string written = request.Headers.ContentRange.ToString();
        if (written.Length == 0)
            return 0;
        if (!ContentRangeHeaderValue.TryParse(written, out ContentRangeHeaderValue? range) || range.From is not { } first || range.Unit != "bytes")
            throw Problems.InvalidRequest.With("Content-Range must be: bytes FIRST-LAST/SIZE.");
        if (range.Length is { } size && size != upload.SizeBytes)
            throw Problems.UploadRange.With($"{size} bytes in all do not fit the {upload.SizeBytes} that were announced.");
        return first;
    }
}
