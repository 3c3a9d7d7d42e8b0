namespace Avatar2D.Gateway.Options;

/// <summary>
/// Reads settings from arguments: <c>--Section:Key=value</c> or <c>--Section:Key value</c>, and the aliases of
/// <see cref="SettingCatalog.Aliases"/>. A list takes commas or the option several times; a map takes
/// <c>--Section:Key:name=value</c>.
/// </summary>
internal static class CommandLineSettings
{
    private const string Source = "command line";

    /// <summary>Reads all arguments; each that is no setting is an error.</summary>
    public static SettingLayer Read(IReadOnlyList<string> arguments)
    {
        var entries = new List<SettingEntry>();
        var errors = new List<string>();
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                errors.Add($"{Source}: {argument} is not an option");
                continue;
            }

            string name = argument;
            string? value = null;
            int equals = SplitAt(argument);
            if (equals > 0)
            {
                name = argument[..equals];
                value = argument[(equals + 1)..];
            }

            string? error = null;
            if (Resolve(name, out string? key) is not { } setting)
                error = IsSettingLike(name) ? SettingCatalog.Unknown(name[2..]) : UnknownOption(name);

            // An unknown option still takes its value along, so that one mistake gives one line.
            if (value is null && i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal))
                value = arguments[++i];
            if (error is null && value is null)
                error = $"{name} needs a value ({name}=...)";
            if (error is null)
                Add(Resolve(name, out key)!, key, value!, entries); // not null: both were checked above
            else
                errors.Add($"{Source}: {error}");
        }

        return new SettingLayer(Source, entries, errors);
    }

    private static void Add(Setting setting, string? key, string value, List<SettingEntry> entries)
    {
        if (setting.Shape != SettingShape.List)
        {
            entries.Add(new SettingEntry(setting, key, value));
            return;
        }

        string[] items = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (items.Length == 0)
            entries.Add(new SettingEntry(setting, null, null));
        foreach (string item in items)
            entries.Add(new SettingEntry(setting, null, item));
    }

    private static Setting? Resolve(string name, out string? key)
    {
        key = null;
        string path = SettingCatalog.Aliases.GetValueOrDefault(name) ?? name[2..];
        if (SettingCatalog.Find(path) is { } plain)
            return plain.Shape == SettingShape.Map ? null : plain;
        foreach (Setting map in SettingCatalog.All)
        {
            string start = map.Path + ":";
            if (map.Shape == SettingShape.Map && path.Length > start.Length && path.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            {
                key = path[start.Length..];
                return map;
            }
        }

        return null;
    }

    // The key of a map may be a SIP URI with '=' in it, its value is a name without: split at the last. All others at the first.
    private static int SplitAt(string argument)
    {
        int first = argument.IndexOf('=', StringComparison.Ordinal);
        return first > 0 && Resolve(argument[..first], out string? key) is not null && key is not null
            ? argument.LastIndexOf('=') : first;
    }

    private static bool IsSettingLike(string name) => name.Contains(':', StringComparison.Ordinal);

    private static string UnknownOption(string name)
    {
        string? nearest = NearestName.Of(name, SettingCatalog.Aliases.Keys);
        return nearest is null
            ? $"{name} is not an option (settings are written --Section:Key=value)"
            : $"{name} is not an option; did you mean {nearest}?";
    }
}
