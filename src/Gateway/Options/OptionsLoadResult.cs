namespace Avatar2D.Gateway.Options;

/// <summary>What loading the settings gave.</summary>
/// <param name="Options">The options, valid only when there is no error.</param>
/// <param name="Errors">One line each, all that is wrong: the command line prints them and exits with 2.</param>
/// <param name="ConfigPath">The file that was read; null when there was none.</param>
public sealed record OptionsLoadResult(GatewayOptions Options, IReadOnlyList<string> Errors, string? ConfigPath)
{
    /// <summary>True when the gateway may start.</summary>
    public bool IsValid => Errors.Count == 0;
}
