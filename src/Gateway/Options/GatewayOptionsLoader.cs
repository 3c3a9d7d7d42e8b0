namespace Avatar2D.Gateway.Options;

/// <summary>Loads settings: defaults, then the file, then the command line; then validates all of it.</summary>
public static class GatewayOptionsLoader
{
    /// <summary>The file that is read when none is named, relative to the working directory or the installation.</summary>
    public const string DefaultConfigPath = "config/gateway.json";

    /// <summary>Loads and validates.</summary>
    /// <param name="configPath">A file that must exist; null takes <see cref="DefaultConfigPath"/> where it exists.</param>
    /// <param name="arguments">Settings of the command line, as <c>--Section:Key=value</c> or an alias; nothing else.</param>
    /// <param name="knownAvatars">Gives the names of avatars that exist under such settings; null leaves names unchecked.</param>
    /// <returns>Never throws for wrong input: all errors stand in the result.</returns>
    public static OptionsLoadResult Load(
        string? configPath, IReadOnlyList<string> arguments, Func<AvatarOptions, IReadOnlyCollection<string>>? knownAvatars = null)
    {
        string? path = configPath ?? InstallationFiles.Find(DefaultConfigPath);
        var layers = new List<SettingLayer>();
        if (path is not null)
            layers.Add(JsonSettings.ReadFile(path));
        layers.Add(CommandLineSettings.Read(arguments));
        var errors = new List<string>();
        GatewayOptions options = SettingBinder.Bind(layers, errors);
        errors.AddRange(GatewayOptionsValidator.Validate(options, knownAvatars?.Invoke(options.Avatar)));
        return new OptionsLoadResult(options, errors, path);
    }
}
