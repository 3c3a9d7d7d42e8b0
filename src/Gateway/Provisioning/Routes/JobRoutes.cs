using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Avatar2D.Gateway.Provisioning.Http;
using Avatar2D.Gateway.Subscribers.Jobs;
using Avatar2D.Gateway.Subscribers.Keys;

namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>Jobs: seen, followed, cancelled.</summary>
internal static class JobRoutes
{
    private static readonly TimeSpan EventPace = TimeSpan.FromMilliseconds(500);

    /// <summary>Adds the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/jobs").WithTags("Jobs");
        group.MapGet("/", ListAsync).Needs(KeyScopes.SubscribersRead).Describe("Lists jobs, newest first", "?subscriberId= of one subscriber.").Produces<Page<JobView>>();
        group.MapGet("/{jobId}", GetAsync).Needs(KeyScopes.SubscribersRead).Describe("Shows a job").Produces<JobView>();
        group.MapGet("/{jobId}/log", LogAsync).Needs(KeyScopes.SubscribersRead).Describe("Reads a job's log", "?after= the number of the last line seen.").Produces<Page<JobLine>>();
        group.MapGet("/{jobId}/events", EventsAsync).Needs(KeyScopes.SubscribersRead)
            .Describe("Follows a job", "Server-sent events named job, one at each change, until the job is over.").Produces(200, contentType: "text/event-stream");
        group.MapPost("/{jobId}/cancel", CancelAsync).Needs(KeyScopes.SubscribersWrite).Describe("Cancels a job").Produces<JobView>();
    }

    private static async Task<IResult> ListAsync(
        string? subscriberId, string? before, int? limit, Caller caller, JobQueue jobs, TimeProvider time, CancellationToken cancellationToken)
    {
        int length = Page.Limit(limit);
        string? whose = caller.Actor.SubscriberId ?? subscriberId;
        return Results.Json(Page.Of(await jobs.ListAsync(whose, before, length + 1, cancellationToken), length, j => j.Id, j => JobView.Of(j, time.GetUtcNow())));
    }

    private static async Task<IResult> GetAsync(string jobId, Caller caller, JobQueue jobs, TimeProvider time, CancellationToken cancellationToken) =>
        Results.Json(JobView.Of(await OwnAsync(jobId, caller, jobs, cancellationToken), time.GetUtcNow()));

    private static async Task<IResult> LogAsync(string jobId, long? after, Caller caller, JobQueue jobs, CancellationToken cancellationToken)
    {
        await OwnAsync(jobId, caller, jobs, cancellationToken);
        return Results.Json(new Page<JobLine>(await jobs.LinesAsync(jobId, after ?? 0, cancellationToken), null));
    }

    private static async Task<IResult> CancelAsync(string jobId, Caller caller, JobQueue jobs, TimeProvider time, CancellationToken cancellationToken)
    {
        Job job = await OwnAsync(jobId, caller, jobs, cancellationToken);
        return Results.Json(JobView.Of(await jobs.CancelAsync(job, caller.Actor, cancellationToken), time.GetUtcNow()));
    }

    private static async Task<IResult> EventsAsync(string jobId, Caller caller, JobQueue jobs, TimeProvider time, CancellationToken cancellationToken)
    {
        await OwnAsync(jobId, caller, jobs, cancellationToken);
        return TypedResults.ServerSentEvents(ChangesAsync(jobId, jobs, time, cancellationToken));
    }

    private static async IAsyncEnumerable<SseItem<JobView>> ChangesAsync(
        string jobId, JobQueue jobs, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JobView? told = null;
        while (true)
        {
            Job job = await jobs.GetAsync(jobId, cancellationToken);
            JobView view = JobView.Of(job, time.GetUtcNow());
            if (told is null || (view.State, view.Percent, view.Step) != (told.State, told.Percent, told.Step))
                yield return new SseItem<JobView>(told = view, "job");
            if (job.IsOver)
                yield break;
            await Task.Delay(EventPace, time, cancellationToken);
        }
    }

    private static async Task<Job> OwnAsync(string jobId, Caller caller, JobQueue jobs, CancellationToken cancellationToken)
    {
        Job job = await jobs.GetAsync(jobId, cancellationToken);
        caller.RequireAccess(job.SubscriberId);
        return job;
    }
}
