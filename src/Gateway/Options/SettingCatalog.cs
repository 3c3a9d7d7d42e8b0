using System.Reflection;

namespace Avatar2D.Gateway.Options;

/// <summary>Every setting that exists, found by reflection over <see cref="GatewayOptions"/> once.</summary>
public static class SettingCatalog
{
    private static readonly Dictionary<string, Setting> ByPath;

    static SettingCatalog()
    {
        var defaults = new GatewayOptions();
        var all = new List<Setting>();
        foreach (PropertyInfo section in Settable(typeof(GatewayOptions)))
        {
            object instance = section.GetValue(defaults)!; // not null: every section has an initial value
            all.AddRange(Settable(section.PropertyType).Select(p => new Setting(section, p, p.GetValue(instance))));
        }

        All = all;
        ByPath = all.ToDictionary(s => s.Path, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>In the order of declaration.</summary>
    public static IReadOnlyList<Setting> All { get; }

    /// <summary>Short options of the command line and the setting that each stands for.</summary>
    public static IReadOnlyDictionary<string, string> Aliases { get; } = new Dictionary<string, string>
    {
        ["--listen"] = "Sip:Listen",
        ["--http"] = "Http:Listen",
        ["--default-avatar"] = "Avatar:Default",
    };

    /// <summary>Finds a setting by its path, in any case.</summary>
    /// <returns>Null when there is none.</returns>
    public static Setting? Find(string path) => ByPath.GetValueOrDefault(path);

    /// <summary>The sentence about a name that is no setting, with the nearest one when there is a near one.</summary>
    public static string Unknown(string path)
    {
        string? nearest = NearestName.Of(path, ByPath.Keys);
        return nearest is null ? $"{path} is not a setting" : $"{path} is not a setting; did you mean {nearest}?";
    }

    private static IEnumerable<PropertyInfo> Settable(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.SetMethod is { IsPublic: true })
        .OrderBy(p => p.MetadataToken);
}
