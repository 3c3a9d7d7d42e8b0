using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

using Avatar2D.Gateway.Options;

namespace Avatar2D.Architecture.Tests;

/// <summary>config/gateway.json as it follows from the options and their doc comments: every setting, default, unit, reason.</summary>
internal static partial class ConfigText
{
    private const int WidthCharacters = 118;

    private static readonly Dictionary<string, XElement> Docs =
        XDocument.Load(Path.Combine(AppContext.BaseDirectory, "avatar2d.xml")).Descendants("member").ToDictionary(m => m.Attribute("name")!.Value);

    /// <summary>The whole file.</summary>
    public static string Generate()
    {
        var text = new StringBuilder();
        text.Append("// Every setting of the gateway with its default. Any of them can be given on the command line as --Section:Key=value,\n");
        text.Append("// which goes before this file. Unknown names and bad values are all reported at start. Generated from src/Gateway/Options\n");
        text.Append("// by: UPDATE_CONFIG=1 ./test Architecture\n{\n");
        IGrouping<PropertyInfo, Setting>[] sections = [.. SettingCatalog.All.GroupBy(s => s.Section)];
        foreach (IGrouping<PropertyInfo, Setting> section in sections)
        {
            Comment(text, 2, Summary(section.Key));
            text.Append($"  \"{section.Key.Name}\": {{\n");
            Setting[] settings = [.. section];
            foreach (Setting setting in settings)
            {
                Comment(text, 4, Summary(setting.Property));
                Comment(text, 4, ValueOf(setting));
                text.Append($"    \"{setting.Property.Name}\": {Json(setting.Default)}{(setting == settings[^1] ? "" : ",\n")}\n");
            }

            text.Append(section.Key == sections[^1].Key ? "  }\n" : "  },\n\n");
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>The summary of a property as plain text; empty when it has none.</summary>
    public static string Summary(PropertyInfo property) => Plain(Element(property, "summary"));

    /// <summary>The value block of a setting, "Default: ... Unit: ...", as plain text; empty when it has none.</summary>
    public static string ValueOf(Setting setting) => Plain(Element(setting.Property, "value"));

    private static XElement? Element(PropertyInfo property, string name) =>
        Docs.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}")?.Element(name);

    private static string Plain(XElement? element)
    {
        if (element is null)
            return "";
        var text = new StringBuilder();
        foreach (XNode node in element.Nodes())
        {
            if (node is XText plain)
                text.Append(plain.Value);
            else if (node is XElement { Name.LocalName: "see" } see)
                text.Append(Reference(see.Attribute("cref")!.Value));
            else if (node is XElement other)
                text.Append(other.Value);
        }

        return Space().Replace(text.ToString(), " ").Trim();
    }

    // P:Avatar2D.Gateway.Options.RtpOptions.PortMin is Rtp:PortMin to the reader of the file.
    private static string Reference(string cref)
    {
        string[] names = cref.Split('.');
        Setting? setting = SettingCatalog.All.FirstOrDefault(s => s.Property.DeclaringType!.Name == names[^2] && s.Property.Name == names[^1]);
        return setting?.Path ?? names[^1];
    }

    private static void Comment(StringBuilder text, int indent, string words)
    {
        var line = new StringBuilder();
        foreach (string word in words.Split(' '))
        {
            if (line.Length > 0 && indent + 3 + line.Length + 1 + word.Length > WidthCharacters)
                End();
            line.Append(line.Length == 0 ? "" : " ").Append(word);
        }

        End();

        void End()
        {
            text.Append(' ', indent).Append("// ").Append(line).Append('\n');
            line.Clear();
        }
    }

    private static string Json(object? value) => value switch
    {
        string text => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
        bool or int => Setting.Describe(value),
        Enum name => $"\"{Setting.Describe(name)}\"",
        IReadOnlyDictionary<string, string> map => map.Count == 0
            ? "{}" : $"{{ {string.Join(", ", map.Select(pair => $"{Json(pair.Key)}: {Json(pair.Value)}"))} }}",
        System.Collections.IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Json))}]",
        _ => throw new NotSupportedException($"A setting of type {value?.GetType()} cannot be written."),
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
