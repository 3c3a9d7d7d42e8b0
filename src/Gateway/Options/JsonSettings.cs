using System.Text;
using System.Text.Json;

namespace Avatar2D.Gateway.Options;

/// <summary>Reads settings from JSON with // comments and trailing commas. Reports everything that is wrong, not the first.</summary>
internal static class JsonSettings
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = 8,
    };

    /// <summary>Reads a file.</summary>
    public static SettingLayer ReadFile(string path)
    {
        try
        {
            return Read(path, File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new SettingLayer(path, [], [$"{path}: cannot be read: {e.Message}"]);
        }
    }

    /// <summary>Reads bytes (UTF-8, with or without byte order mark).</summary>
    public static SettingLayer Read(string source, ReadOnlyMemory<byte> json)
    {
        if (json.Span.StartsWith(Encoding.UTF8.Preamble))
            json = json[Encoding.UTF8.Preamble.Length..];
        var entries = new List<SettingEntry>();
        var errors = new List<string>();
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Lenient);
            ReadRoot(document.RootElement, source, entries, errors);
        }
        catch (JsonException e)
        {
            errors.Add($"{source}: line {e.LineNumber + 1} is not JSON: {e.Message.Split(" LineNumber", 2)[0]}");
        }

        return new SettingLayer(source, entries, errors);
    }

    private static void ReadRoot(JsonElement root, string source, List<SettingEntry> entries, List<string> errors)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            errors.Add($"{source}: an object of sections is wanted at the top");
            return;
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty section in root.EnumerateObject())
        {
            bool known = SettingCatalog.All.Any(s => s.Section.Name.Equals(section.Name, StringComparison.OrdinalIgnoreCase));
            if (!known)
            {
                errors.Add($"{source}: {UnknownSection(section.Name)}");
                continue;
            }

            if (section.Value.ValueKind != JsonValueKind.Object)
            {
                errors.Add($"{source}: {section.Name} is a section; an object of settings is wanted");
                continue;
            }

            foreach (JsonProperty property in section.Value.EnumerateObject())
            {
                string path = $"{section.Name}:{property.Name}";
                if (SettingCatalog.Find(path) is not { } setting)
                    errors.Add($"{source}: {SettingCatalog.Unknown(path)}");
                else if (!seen.Add(path))
                    errors.Add($"{source}: {setting.Path} stands twice");
                else if (!TryAdd(setting, property.Value, entries))
                    errors.Add($"{source}: {setting.Path}: {Wanted(setting)} is wanted, not {property.Value.ValueKind.ToString().ToLowerInvariant()}");
            }
        }
    }

    private static bool TryAdd(Setting setting, JsonElement value, List<SettingEntry> entries)
    {
        switch (setting.Shape)
        {
            case SettingShape.Map:
                if (value.ValueKind != JsonValueKind.Object)
                    return false;
                foreach (JsonProperty pair in value.EnumerateObject())
                {
                    if (!TryText(pair.Value, out string text))
                        return false;
                    entries.Add(new SettingEntry(setting, pair.Name, text));
                }

                return true;
            case SettingShape.List when value.ValueKind == JsonValueKind.Array:
                if (value.GetArrayLength() == 0)
                    entries.Add(new SettingEntry(setting, null, null));
                foreach (JsonElement item in value.EnumerateArray())
                {
                    if (!TryText(item, out string text))
                        return false;
                    entries.Add(new SettingEntry(setting, null, text));
                }

                return true;
            default:
                // A list of one may be written without brackets.
                if (!TryText(value, out string single))
                    return false;
                entries.Add(new SettingEntry(setting, null, single));
                return true;
        }
    }

    private static bool TryText(JsonElement value, out string text)
    {
        text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!, // not null: it is a string
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => "",
        };
        return value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;
    }

    private static string Wanted(Setting setting) => setting.Shape switch
    {
        SettingShape.Map => "an object of names and values",
        SettingShape.List => "an array of values",
        _ => "one value",
    };

    private static string UnknownSection(string name)
    {
        string? nearest = NearestName.Of(name, SettingCatalog.All.Select(s => s.Section.Name).Distinct());
        return nearest is null ? $"{name} is not a section" : $"{name} is not a section; did you mean {nearest}?";
    }
}
