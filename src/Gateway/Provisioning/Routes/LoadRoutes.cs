using Avatar2D.Gateway.Calls;
using Avatar2D.Gateway.Calls.Machine;
using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Gateway.Hosting;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Provisioning.Http;
using Avatar2D.Gateway.Subscribers.Keys;

namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>How busy this node is.</summary>
internal static class LoadRoutes
{
    /// <summary>Adds the route.</summary>
    public static void Map(RouteGroupBuilder api) => api.MapGet("/load", (Caller caller, GatewayHost gateway, GatewayOptions options, TimeProvider time) =>
    {
        caller.RequireOperator();
        return Results.Json(Of(gateway, options, time.GetUtcNow()));
    }).WithTags("Calls").Needs(KeyScopes.CallsRead).Describe("Shows the load of this node", "Counters grow; the console draws their differences.").Produces<LoadView>();

    private static LoadView Of(GatewayHost gateway, GatewayOptions options, DateTimeOffset now)
    {
        CallSession[] calls = [.. gateway.Calls.Calls];
        CallFigures[] figures = [.. calls.Select(call => call.Figures)];
        double[] delays = [.. figures.Select(f => f.FirstPictureDelay).OfType<TimeSpan>().Select(d => d.TotalMilliseconds).Order()];
        return new LoadView(
            now, calls.Length, options.Calls.MaxCalls, calls.Count(call => call.Picture == PicturePhase.Up), figures.Sum(f => f.Pictures.FramesSent),
            figures.Sum(f => f.Pictures.FramesLate), Environment.CpuUsage.TotalTime.TotalSeconds, Environment.ProcessorCount, Environment.WorkingSet,
            delays.Length == 0 ? null : delays[delays.Length / 2], gateway.IsDraining);
    }
}
