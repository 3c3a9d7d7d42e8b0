namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>A consent to be recorded.</summary>
internal sealed record ConsentRequest
{
    /// <summary>Full name of the person whose face it is.</summary>
    public required string Person { get; init; }

    /// <summary>Version of the text that the person agreed to.</summary>
    public required string TextVersion { get; init; }
}
