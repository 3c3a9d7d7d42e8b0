using System.Globalization;
using Avatar2D.Gateway.Subscribers;

namespace Avatar2D.Gateway.Provisioning.Http;

/// <summary>Versions as entity tags (RFC 9110 §8.8.3, §13.1).</summary>
internal static class ETags
{
    /// <summary>Answers with a value and its tag; 304 when the client has that version already.</summary>
    public static IResult Tagged<T>(HttpContext context, T value, long version)
    {
        string tag = Of(version);
        context.Response.Headers.ETag = tag;
        bool has = HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.IfNoneMatch.ToString().Split(',').Any(t => t.Trim().TrimStart('W', '/') == tag);
        return has ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Json(value);
    }

    /// <summary>The tag of a version.</summary>
    public static string Of(long version) => $"\"v{version}\"";

    /// <summary>The version that If-Match names; null without the header or with "*".</summary>
    /// <exception cref="ProblemException">It is no tag of ours: no version can match.</exception>
    public static long? IfMatch(HttpContext context)
    {
        string written = context.Request.Headers.IfMatch.ToString().Trim();
        if (written is "" or "*")
            return null;
        return written.Length > 3 && written.StartsWith("\"v", StringComparison.Ordinal) && written.EndsWith('"')
            && long.TryParse(written.AsSpan(2, written.Length - 3), CultureInfo.InvariantCulture, out long version)
            ? version : throw Problems.VersionConflict.With("If-Match names no version of this.");
    }
}
