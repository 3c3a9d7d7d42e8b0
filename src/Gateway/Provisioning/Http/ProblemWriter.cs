using System.Diagnostics;
using System.Text.Json;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Storage;
using Microsoft.AspNetCore.Diagnostics;

namespace Avatar2D.Gateway.Provisioning.Http;

/// <summary>Writes problem documents (RFC 9457), and turns the exceptions of requests into them: the one border where they are caught.</summary>
internal sealed class ProblemWriter(ILogger<ProblemWriter> logger) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest; // Nobody reads it; the access log does.
            return true;
        }

        switch (exception)
        {
            case ProblemException problem:
                if (problem.RetryAfter is { } wait)
                    httpContext.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
                await WriteAsync(httpContext, problem.Problem, problem.Message);
                break;
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                await WriteAsync(httpContext, Problems.UploadTooLarge, "The body is larger than is taken here.");
                break;
            case BadHttpRequestException bad:
                await WriteAsync(httpContext, Problems.InvalidRequest, bad.InnerException is JsonException inner ? inner.Message : bad.Message);
                break;
            case JsonException json:
                await WriteAsync(httpContext, Problems.InvalidRequest, json.Message);
                break;
            case Exception when StoreFiles.IsDiskFull(exception):
                await WriteAsync(httpContext, Problems.DiskFull, "There is no room left. The operator has to make room in Store:Folder; what was sent so far is kept.");
                break;
            case ObjectStoreException away:
                ProvisioningLog.RequestFailed(logger, httpContext.Request.Method, httpContext.GetEndpoint()?.DisplayName ?? "?", away);
                await WriteAsync(httpContext, Problems.StoreUnavailable, "The object store cannot be reached; what was sent is kept, and finished when it is back.");
                break;
            default:
                ProvisioningLog.RequestFailed(logger, httpContext.Request.Method, httpContext.GetEndpoint()?.DisplayName ?? "?", exception);
                await WriteAsync(httpContext, Problems.Internal, $"The log has it under trace {TraceId(httpContext)}.");
                break;
        }

        return true;
    }

    /// <summary>Writes a problem as the answer.</summary>
    public static Task WriteAsync(HttpContext context, Problem problem, string detail)
    {
        context.Response.StatusCode = problem.Status;
        var document = new ProblemDocument
        {
            Type = $"/docs/problems#{problem.Code}", Title = problem.Title, Status = problem.Status, Detail = detail, Code = problem.Code,
            TraceId = TraceId(context),
        };
        return context.Response.WriteAsJsonAsync(document, StoreJson.Options, "application/problem+json");
    }

    private static string TraceId(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
}
