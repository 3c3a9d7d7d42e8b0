namespace Avatar2D.Gateway.Subscribers;

/// <summary>A request that cannot be done, as the API tells it (RFC 9457). The code is stable; texts may change.</summary>
/// <param name="Code">"subscriber_not_found".</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">What is wrong, in general.</param>
internal sealed record Problem(string Code, int Status, string Title)
{
    /// <summary>The exception that carries it to the border of the request.</summary>
    /// <param name="detail">What is wrong this time, and what to do.</param>
    public ProblemException With(string detail) => new(this, detail);
}
