using System.CommandLine;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Options;

namespace Avatar2D.Gateway.Commands;

/// <summary>The settings of a verb: the file, then what the command line says besides the verb's own options.</summary>
internal static class Settings
{
    /// <summary>The option that names the settings file; every verb that reads settings has it.</summary>
    public static Option<string?> ConfigOption() => new("--config")
    {
        Description = $"Settings file (default: {GatewayOptionsLoader.DefaultConfigPath})", HelpName = "FILE",
    };

    /// <summary>Loads the settings.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="config">See <see cref="ConfigOption"/>.</param>
    /// <param name="needsAvatars">False for verbs that may be the ones to make the avatars that the settings name.</param>
    /// <exception cref="UsageException">Something is wrong; it says all of it.</exception>
    public static GatewayOptions Load(ParseResult parsed, Option<string?> config, bool needsAvatars = true)
    {
        OptionsLoadResult result = TryLoad(parsed, config, needsAvatars);
        return result.IsValid ? result.Options : throw new UsageException(result.Errors);
    }

    /// <summary>The settings once more, after a verb's own options have changed them.</summary>
    /// <exception cref="UsageException">They do not go together any more.</exception>
    public static GatewayOptions Checked(GatewayOptions options)
    {
        IReadOnlyList<string> errors = GatewayOptionsValidator.Validate(options);
        return errors.Count == 0 ? options : throw new UsageException(errors);
    }

    /// <summary>Loads the settings with their errors.</summary>
    public static OptionsLoadResult TryLoad(ParseResult parsed, Option<string?> config, bool needsAvatars = true)
    {
        string? path = parsed.GetValue(config);
        if (path is not null && !File.Exists(path))
            throw new UsageException($"there is no settings file {path}");
        return GatewayOptionsLoader.Load(path, parsed.UnmatchedTokens, needsAvatars ? AvatarCatalog.NamesIn : null);
    }
}
