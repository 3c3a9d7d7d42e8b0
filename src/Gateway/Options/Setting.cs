using System.Globalization;
using System.Reflection;

namespace Avatar2D.Gateway.Options;

/// <summary>One setting: a settable property of a section record, with its default taken from a fresh record.</summary>
public sealed class Setting
{
    internal Setting(PropertyInfo section, PropertyInfo property, object? defaultValue)
    {
        Section = section;
        Property = property;
        Default = defaultValue;
        Path = $"{section.Name}:{property.Name}";
        Type type = property.PropertyType;
        if (type == typeof(IReadOnlyDictionary<string, string>))
        {
            Shape = SettingShape.Map;
            ItemType = typeof(string);
        }
        else if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            Shape = SettingShape.List;
            ItemType = type.GetGenericArguments()[0];
        }
        else
        {
            Shape = SettingShape.Scalar;
            ItemType = type;
        }
    }

    /// <summary>Section:Key, as on the command line.</summary>
    public string Path { get; }

    /// <summary>The property of <see cref="GatewayOptions"/> that holds the section.</summary>
    public PropertyInfo Section { get; }

    /// <summary>The property of the section record.</summary>
    public PropertyInfo Property { get; }

    /// <summary>Value of a fresh record.</summary>
    public object? Default { get; }

    /// <summary>One value, a list, or a map.</summary>
    public SettingShape Shape { get; }

    /// <summary>Type of the value, of a list's items or of a map's values: string, int, bool or an enum.</summary>
    public Type ItemType { get; }

    /// <summary>The value in an instance of the options.</summary>
    public object? Read(GatewayOptions options) => Property.GetValue(Section.GetValue(options));

    /// <summary>Converts one written value to <see cref="ItemType"/>.</summary>
    /// <param name="text">As written in a file or on the command line.</param>
    /// <param name="value">The value; null when false is returned.</param>
    /// <param name="wanted">What a value has to look like, for the message.</param>
    public bool TryConvert(string text, out object? value, out string wanted)
    {
        value = null;
        wanted = "";
        if (ItemType == typeof(string))
        {
            value = text;
        }
        else if (ItemType == typeof(int))
        {
            wanted = "a whole number";
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
                value = number;
        }
        else if (ItemType == typeof(bool))
        {
            wanted = "true or false";
            if (bool.TryParse(text, out bool flag))
                value = flag;
        }
        else
        {
            // Numbers, and sums of names, would pass Enum.TryParse; only names are settings.
            wanted = "one of " + string.Join(", ", Enum.GetNames(ItemType).Select(n => n.ToLowerInvariant()));
            string? name = Array.Find(Enum.GetNames(ItemType), n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
            if (name is not null)
                value = Enum.Parse(ItemType, name);
        }

        return value is not null;
    }

    /// <summary>A value of this setting as people write it: items with commas, names in lower case, "empty" for nothing.</summary>
    public static string Describe(object? value) => value switch
    {
        null or "" => "empty",
        string text => text,
        bool flag => flag ? "true" : "false",
        Enum name => name.ToString().ToLowerInvariant(),
        IReadOnlyDictionary<string, string> map =>
            map.Count == 0 ? "empty" : string.Join(", ", map.Select(pair => $"{pair.Key}={pair.Value}")),
        System.Collections.IEnumerable items => items.Cast<object?>().Any()
            ? string.Join(", ", items.Cast<object?>().Select(Describe)) : "empty",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!, // not null: value is not null
    };
}
