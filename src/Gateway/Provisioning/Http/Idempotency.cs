using System.Security.Cryptography;
using System.Text;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Provisioning.Http;

/// <summary>
/// Idempotency-Key on POST: the first request with a key is done, every repetition gets the first one's answer, whatever became
/// of the connection meanwhile. A key belongs to its caller and its request.
/// </summary>
internal sealed class Idempotency(StoreDatabase database, TimeProvider time) : IMiddleware
{
    /// <summary>Name of the header field.</summary>
    public const string Header = "Idempotency-Key";

    private const int MaxKeyLength = 200;

    /// <summary>A request that began so long ago and has no answer died with its process.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        string key = context.Request.Headers[Header].ToString();
        bool isJson = context.Request.HasJsonContentType() || context.Request.ContentLength is null or 0;
        if (key.Length == 0 || !HttpMethods.IsPost(context.Request.Method) || !isJson)
        {
            await next(context);
            return;
        }

        if (key.Length > MaxKeyLength)
            throw Problems.InvalidRequest.With($"{Header} has at most {MaxKeyLength} characters.");
        string actor = Caller.Of(context.User).Actor.Name;
        string fingerprint = await FingerprintAsync(context.Request);
        if (await ReplayAsync(context, actor, key, fingerprint))
            return;
        Stream wire = context.Response.Body;
        using var copy = new MemoryStream();
        context.Response.Body = copy;
        bool answered = false;
        try
        {
            await next(context);

            // A secret that is shown once is not kept (RFC 9111 §5.2.2.5).
            answered = context.Response.StatusCode < StatusCodes.Status500InternalServerError && context.Response.Headers.CacheControl != "no-store";
        }
        finally
        {
            context.Response.Body = wire;
            if (answered)
                await KeepAsync(context.Response, actor, key, Encoding.UTF8.GetString(copy.ToArray()));
            else
                await database.WriteAsync(db => db.ExecuteAsync("DELETE FROM idempotency WHERE actor = @Actor AND key = @Key", new { Actor = actor, Key = key }), CancellationToken.None);
        }

        copy.Position = 0;
        await copy.CopyToAsync(wire, context.RequestAborted);
    }

    private static async Task<string> FingerprintAsync(HttpRequest request)
    {
        request.EnableBuffering();
        byte[] body = await SHA256.HashDataAsync(request.Body, request.HttpContext.RequestAborted);
        request.Body.Position = 0;
        return $"{request.Method} {request.Path}{request.QueryString} {Convert.ToHexStringLower(body)}";
    }

    private async Task<bool> ReplayAsync(HttpContext context, string actor, string key, string fingerprint)
    {
        DateTimeOffset now = time.GetUtcNow();
        KeptAnswer? kept = await database.WriteAsync(
            async db =>
            {
                await db.ExecuteAsync(
                    "DELETE FROM idempotency WHERE actor = @Actor AND key = @Key AND status IS NULL AND created_at < @Dead", new { Actor = actor, Key = key, Dead = now - Patience });
                int first = await db.ExecuteAsync(
                    "INSERT INTO idempotency (actor, key, fingerprint, created_at) VALUES (@Actor, @Key, @Fingerprint, @Now) ON CONFLICT (actor, key) DO NOTHING",
                    new { Actor = actor, Key = key, Fingerprint = fingerprint, Now = now });
                return first == 1 ? null : await db.FirstAsync<KeptAnswer>("SELECT * FROM idempotency WHERE actor = @Actor AND key = @Key", new { Actor = actor, Key = key });
            },
            context.RequestAborted);
        if (kept is null)
            return false;
        if (kept.Fingerprint != fingerprint)
            throw Problems.IdempotencyReused.With($"This {Header} was sent with another request. Take a new one for a new request.");
        if (kept.Status is not { } status)
            throw new ProblemException(Problems.IdempotencyBusy, "Ask again in a moment.") { RetryAfter = TimeSpan.FromSeconds(1) };
        context.Response.StatusCode = (int)status;
        context.Response.Headers["Idempotency-Replayed"] = "true";
        if (kept.Location is not null)
            context.Response.Headers.Location = kept.Location;
        if (kept.Etag is not null)
            context.Response.Headers.ETag = kept.Etag;
        if (kept.ContentType is not null)
            context.Response.ContentType = kept.ContentType;
        await context.Response.WriteAsync(kept.Body ?? "", context.RequestAborted);
        return true;
    }

    private async Task KeepAsync(HttpResponse response, string actor, string key, string body) => await database.WriteAsync(
        db => db.ExecuteAsync(
            "UPDATE idempotency SET status = @Status, content_type = @ContentType, location = @Location, etag = @ETag, body = @Body WHERE actor = @Actor AND key = @Key",
            new
            {
                Status = (long)response.StatusCode, response.ContentType, Location = Null(response.Headers.Location.ToString()), ETag = Null(response.Headers.ETag.ToString()),
                Body = body, Actor = actor, Key = key,
            }),
        CancellationToken.None);

    private static string? Null(string text) => text.Length == 0 ? null : text;

    private sealed record KeptAnswer
    {
        public required string Fingerprint { get; init; }

        public long? Status { get; init; }

        public string? ContentType { get; init; }

        public string? Location { get; init; }

        public string? Etag { get; init; }

        public string? Body { get; init; }
    }
}
