namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>A route whose body is a file.</summary>
/// <param name="MediaTypes">What it may be.</param>
internal sealed record RouteFile(IReadOnlyList<string> MediaTypes);
