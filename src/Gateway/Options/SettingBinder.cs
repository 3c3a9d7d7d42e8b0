namespace Avatar2D.Gateway.Options;

/// <summary>
/// Makes options of layers. The binder of Microsoft.Extensions.Configuration is not used: it stops at the first bad value and
/// appends lists to their defaults, whereas here every error is reported and a later list replaces the earlier one.
/// </summary>
internal static class SettingBinder
{
    /// <summary>Applies layers in order over the defaults; a value that cannot be read leaves the setting as it was.</summary>
    public static GatewayOptions Bind(IReadOnlyList<SettingLayer> layers, List<string> errors)
    {
        var values = SettingCatalog.All.ToDictionary(s => s, s => s.Default);
        foreach (SettingLayer layer in layers)
        {
            errors.AddRange(layer.Errors);
            foreach (IGrouping<Setting, SettingEntry> group in layer.Entries.GroupBy(e => e.Setting))
                values[group.Key] = Merge(group.Key, [.. group], values[group.Key], layer.Source, errors);
        }

        var options = new GatewayOptions();
        foreach ((Setting setting, object? value) in values)
        {
            object section = setting.Section.GetValue(options)!; // not null: every section has an initial value
            setting.Property.SetValue(section, value);
        }

        return options;
    }

    private static object? Merge(
        Setting setting, List<SettingEntry> entries, object? current, string source, List<string> errors)
    {
        var converted = new List<object?>();
        bool good = true;
        foreach (string text in entries.Where(e => e.Text is not null).Select(e => e.Text!)) // not null: filtered
        {
            if (setting.TryConvert(text, out object? value, out string wanted))
            {
                converted.Add(value);
                continue;
            }

            errors.Add($"{source}: {setting.Path}: \"{text}\" is not {wanted}");
            good = false;
        }

        if (!good)
            return current;
        switch (setting.Shape)
        {
            case SettingShape.Scalar:
                return converted[^1];
            case SettingShape.List:
                var items = Array.CreateInstance(setting.ItemType, converted.Count);
                for (int i = 0; i < items.Length; i++)
                    items.SetValue(converted[i], i);
                return items;
            default:
                // not null: the default of a map is a map, and entries of a map have keys
                var map = new Dictionary<string, string>((IReadOnlyDictionary<string, string>)current!);
                foreach (SettingEntry entry in entries)
                    map[entry.Key!] = entry.Text!;
                return map;
        }
    }
}
