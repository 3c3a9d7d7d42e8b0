using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Calls;
using Avatar2D.Gateway.Hosting;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Provisioning.Http;
using Avatar2D.Gateway.Provisioning.Routes;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Erasure;
using Avatar2D.Gateway.Subscribers.Jobs;
using Avatar2D.Gateway.Subscribers.Keys;
using Avatar2D.Gateway.Subscribers.Models;
using Avatar2D.Gateway.Subscribers.Storage;
using Avatar2D.Gateway.Subscribers.Uploads;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.FileProviders;

namespace Avatar2D.Gateway.Provisioning;

/// <summary>Puts store, API and console into the host.</summary>
internal static class ProvisioningSetup
{
    private const string ApiLimits = "api";
    private const long MaxJsonBytes = 256 * 1024;
    private static readonly TimeSpan LimitWindow = TimeSpan.FromMinutes(1);

    /// <summary>Adds what the API and the jobs need.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="options">Valid settings.</param>
    /// <param name="database">Open; the host closes it.</param>
    public static void AddProvisioning(this WebApplicationBuilder builder, GatewayOptions options, StoreDatabase database)
    {
        IServiceCollection services = builder.Services;
        services.AddSingleton(_ => database);
        services.AddSingleton(provider => new StoreFiles(options.Store, provider.GetService<IObjectStore>()));
        if (S3ObjectStore.From(options.ObjectStore) is { } objects)
            services.AddSingleton<IObjectStore>(_ => objects);
        services.AddSingleton(options.Jobs);
        services.AddSingleton<SubscriberService>().AddSingleton<AvatarService>().AddSingleton<ConsentService>().AddSingleton<UploadService>();
        services.AddSingleton<JobQueue>().AddSingleton<KeyRing>().AddSingleton<ErasureService>().AddSingleton<AvatarPictures>().AddSingleton<SpokenPreview>();
        services.AddSingleton<SubscriberDirectory>().AddSingleton<ICallerPictures>(provider => provider.GetRequiredService<SubscriberDirectory>());
        services.AddSingleton<SourceWorker>().AddSingleton<IAvatarRegistrar, WorkerRegistrar>().AddSingleton<IPersonalizer, WorkerPersonalizer>();
        services.AddSingleton(new RobustModels(options.Engine)).AddSingleton<ModelService>();
        services.AddSingleton<JobWorker>().AddHostedService(provider => provider.GetRequiredService<JobWorker>());
        services.AddSingleton<StoreKeeper>().AddHostedService(provider => provider.GetRequiredService<StoreKeeper>());
        if (options.Tokens.Issuer.Length > 0)
            services.AddSingleton(provider => new TokenValidator(options.Tokens, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Idempotency>();
        services.ConfigureHttpJsonOptions(json => StoreJson.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddExceptionHandler<ProblemWriter>();
        services.AddAuthentication(KeyAuthentication.SchemeName).AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.SchemeName, null);
        services.AddAuthorization(authorization =>
        {
            foreach (string scope in KeyScopes.All)
                authorization.AddPolicy(RouteExtensions.PolicyOf(scope), policy => policy.RequireAuthenticatedUser().RequireClaim(KeyAuthentication.ScopeClaim, scope));
        });
        services.AddRateLimiter(limiter =>
        {
            limiter.AddPolicy(ApiLimits, context => RateLimitPartition.GetTokenBucketLimiter(PartitionOf(context), _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.Api.RequestsPerMinute, TokensPerPeriod = options.Api.RequestsPerMinute, ReplenishmentPeriod = LimitWindow, QueueLimit = 0,
            }));
            limiter.OnRejected = async (rejected, _) =>
            {
                TimeSpan wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan after) ? after : LimitWindow;
                rejected.HttpContext.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                await ProblemWriter.WriteAsync(rejected.HttpContext, Problems.RateLimited, $"{options.Api.RequestsPerMinute} requests a minute are allowed (Api:RequestsPerMinute).");
            };
        });
        services.AddOpenApi("v1", ApiDocument.Configure);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MaxJsonBytes); // Uploads lift it.
    }

    /// <summary>Adds the routes of API, reference and console.</summary>
    public static void MapProvisioning(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = _ => true, ExceptionHandler = _ => Task.CompletedTask });
        app.UseStatusCodePages(status => status.HttpContext.Request.Path.StartsWithSegments("/v1") && OfStatus(status.HttpContext.Response.StatusCode) is { } problem
            ? ProblemWriter.WriteAsync(status.HttpContext, problem, "/docs/api shows every route and what it takes.") : Task.CompletedTask);
        app.Use(AddSafeHeadersAsync);
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseMiddleware<Idempotency>();
        RouteGroupBuilder api = app.MapGroup("/v1").RequireRateLimiting(ApiLimits).AddEndpointFilter(RequireOwnAsync);
        SubscriberRoutes.Map(api);
        AvatarRoutes.Map(api);
        UploadRoutes.Map(api);
        ModelRoutes.Map(api);
        ConsentRoutes.Map(api);
        JobRoutes.Map(api);
        CallRoutes.Map(api);
        LoadRoutes.Map(api);
        KeyRoutes.Map(api);
        BarRoutes.Map(app.MapGroup("/mbar-management/v1").RequireRateLimiting(ApiLimits));
        app.MapOpenApi("/openapi/{documentName}.json");
        MapConsole(app);
    }

    /// <summary>Prepares the store before calls are taken: the directory is full, the first key is shown.</summary>
    public static async Task PrepareProvisioningAsync(this WebApplication app, CancellationToken cancellationToken)
    {
        app.Services.GetService<TokenValidator>(); // What is wrong with its keys is told at the start.
        StoreDatabase database = app.Services.GetRequiredService<StoreDatabase>();
        SubscriberDirectory directory = app.Services.GetRequiredService<SubscriberDirectory>();
        GatewayHost gateway = app.Services.GetRequiredService<GatewayHost>();
        JobWorker worker = app.Services.GetRequiredService<JobWorker>();
        ILogger logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Avatar2D.Store");
        if (app.Services.GetService<IObjectStore>() is S3ObjectStore objects)
            await objects.CheckAsync(cancellationToken);
        app.Services.GetRequiredService<StoreKeeper>().ExpireRecords = gateway.ExpireRecords;
        await directory.LoadAsync(cancellationToken);
        AvatarCatalog catalog = app.Services.GetRequiredService<AvatarCatalog>();
        directory.ModelChanged = (avatar, before) => catalog.Forget(avatar, before?.StartsWith("mod_", StringComparison.Ordinal) == true ? before : null);
        app.Services.GetRequiredService<ErasureService>().ForgetCached = (avatars, models) =>
        {
            foreach (string avatar in avatars)
                catalog.Forget(avatar);
            foreach (string model in models)
                catalog.Forget(model, model);
        };
        directory.Followed = () =>
        {
            foreach (CallSession call in gateway.Calls.Calls.Where(call => !directory.MayShow(call.Shown)))
                call.SwitchPicture(on: false);
        };
        database.AfterWrite = async () =>
        {
            worker.Wake();
            try
            {
                await directory.FollowAsync(CancellationToken.None);
            }
            catch (Exception exception) // What was written is written; the next look takes it over.
            {
                JobLog.FollowFailed(logger, exception.Message);
            }
        };
        if (await app.Services.GetRequiredService<KeyRing>().EnsureFirstAsync(cancellationToken) is { } secret)
            JobLog.FirstKey(logger, secret);
    }

    private static Problem? OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => Problems.NotFound,
        StatusCodes.Status405MethodNotAllowed => Problems.MethodNotAllowed,
        StatusCodes.Status415UnsupportedMediaType => Problems.BodyTypeUnknown,
        _ => null,
    };

    private static string PartitionOf(HttpContext context) =>
        context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? context.Connection.RemoteIpAddress?.ToString() ?? "?";

    private static async ValueTask<object?> RequireOwnAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (context.HttpContext.Request.RouteValues.TryGetValue("subscriberId", out object? id))
            Caller.Of(context.HttpContext.User).RequireAccess((string)id!); // Not null: route values are texts.
        return await next(context);
    }

    private static Task AddSafeHeadersAsync(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
        return next(context);
    }

    private static void MapConsole(WebApplication app)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Console");
        if (!Directory.Exists(folder))
            return;
        app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(folder), RequestPath = "/console" });
        app.MapGet("/", () => Results.Redirect("/console/")).ExcludeFromDescription();
        app.MapGet("/console/", () => Results.File(Path.Combine(folder, "index.html"), "text/html")).ExcludeFromDescription();
        app.MapGet("/docs/api", () => Results.File(Path.Combine(folder, "reference.html"), "text/html")).ExcludeFromDescription();
        app.MapGet("/docs/problems", () => Results.File(Path.Combine(folder, "reference.html"), "text/html")).ExcludeFromDescription();
    }
}
