using Avatar2D.Gateway.Provisioning.Http;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Jobs;
using Avatar2D.Gateway.Subscribers.Keys;
using Avatar2D.Gateway.Subscribers.Models;

namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>Face models: seen, made of a person, given to an avatar, taken back.</summary>
internal static class ModelRoutes
{
    /// <summary>Adds the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder models = api.MapGroup("/models").WithTags("Models");
        models.MapGet("/", ListAsync).Needs(KeyScopes.SubscribersRead)
            .Describe("Lists face models", "The robust ones that are installed, newest first, then the personal ones.").Produces<Page<ModelView>>();
        models.MapGet("/{modelId}", GetAsync).Needs(KeyScopes.SubscribersRead).Describe("Shows a face model with its metrics").Produces<ModelView>();
        RouteGroupBuilder avatar = api.MapGroup("/subscribers/{subscriberId}/avatars/{avatarId}").WithTags("Models");
        avatar.MapPost("/personalize", PersonalizeAsync).Needs(KeyScopes.SubscribersWrite)
            .Describe("Makes a model of the person", "Of the avatar's video, 20 seconds or more of the talking face. A job: it is activated when it beats the robust model on held-out seconds, else nothing changes.")
            .Produces<JobView>(202);
        avatar.MapPut("/model", ActivateAsync).Needs(KeyScopes.SubscribersWrite)
            .Describe("Gives an avatar another face model", "From the next call on; running calls keep theirs. An avatar keeps the robust model it was registered under until it is given another.")
            .Produces<AvatarView>().Example("""{"model":"base-robust-standard-4"}""", null);
        avatar.MapPost("/model/rollback", RollBackAsync).Needs(KeyScopes.SubscribersWrite).Describe("Gives an avatar the face model back that it had before").Produces<AvatarView>();
    }

    private static async Task<IResult> ListAsync(string? subscriberId, Caller caller, ModelService models, RobustModels robust, CancellationToken cancellationToken)
    {
        IReadOnlyList<PersonalModel> personal = await models.ListAsync(caller.Actor.SubscriberId ?? subscriberId, cancellationToken);
        string? current = robust.Current();
        return Results.Json(new Page<ModelView>([.. robust.List().Select(m => ModelView.Of(m.Name, m.Manifest, m.Name == current)), .. personal.Select(ModelView.Of)], null));
    }

    private static async Task<IResult> GetAsync(string modelId, Caller caller, ModelService models, RobustModels robust, CancellationToken cancellationToken)
    {
        if (robust.List().FirstOrDefault(m => m.Name == modelId) is { Name: not null } installed)
            return Results.Json(ModelView.Of(installed.Name, installed.Manifest, installed.Name == robust.Current()));
        PersonalModel model = await models.GetAsync(modelId, cancellationToken);
        caller.RequireAccess(model.SubscriberId);
        return Results.Json(ModelView.Of(model));
    }

    private static async Task<IResult> PersonalizeAsync(
        string subscriberId, string avatarId, Caller caller, ModelService models, JobQueue jobs, TimeProvider time, CancellationToken cancellationToken)
    {
        string job = await models.PersonalizeAsync(subscriberId, avatarId, caller.Actor, cancellationToken);
        return Results.Accepted($"/v1/jobs/{job}", JobView.Of(await jobs.GetAsync(job, cancellationToken), time.GetUtcNow()));
    }

    private static async Task<IResult> ActivateAsync(
        string subscriberId, string avatarId, ModelRequest request, Caller caller, ModelService models, HttpContext context, CancellationToken cancellationToken)
    {
        SubscriberAvatar avatar = await models.ActivateAsync(subscriberId, avatarId, request.Model, caller.Actor, cancellationToken);
        return ETags.Tagged(context, AvatarView.Of(avatar), avatar.Version);
    }

    private static async Task<IResult> RollBackAsync(
        string subscriberId, string avatarId, Caller caller, ModelService models, HttpContext context, CancellationToken cancellationToken)
    {
        SubscriberAvatar avatar = await models.RollBackAsync(subscriberId, avatarId, caller.Actor, cancellationToken);
        return ETags.Tagged(context, AvatarView.Of(avatar), avatar.Version);
    }
}
