using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Avatar2D.Interop.Tests.Sipp;

/// <summary>
/// Makes SIPp's XML of a scenario of ours: <c>&lt;use part="bye" cseq="3"/&gt;</c> becomes parts/bye.xml, <c>{cseq=2}</c> the
/// attribute or 2, <c>{body}</c> the text of bodies/NAME.txt. Variables that are only set are named once more, as SIPp wants.
/// </summary>
internal static partial class SippScenario
{
    private const int MaxDepth = 8;
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Sipp");

    /// <summary>The XML of a scenario.</summary>
    /// <param name="name">File in scenarios.</param>
    /// <param name="values">Values of its own placeholders.</param>
    public static string Expand(string name, ImmutableDictionary<string, string> values)
    {
        string xml = Expand(Read("scenarios", name + ".xml"), values, MaxDepth);
        string[] variables = [.. Assigned().Matches(xml).SelectMany(match => match.Groups[1].Value.Split(',')).Distinct()];
        return variables.Length == 0
            ? xml
            : xml.Replace("</scenario>", $"  <Reference variables=\"{string.Join(',', variables)}\"/>\n</scenario>", StringComparison.Ordinal);
    }

    private static string Expand(string text, ImmutableDictionary<string, string> values, int depth)
    {
        if (depth == 0)
            throw new InvalidDataException("Parts use each other in a circle.");
        text = Placeholder().Replace(text, match => ValueOf(match, values, depth));
        return Use().Replace(text, match =>
        {
            ImmutableDictionary<string, string> inner = Attribute().Matches(match.Groups[1].Value)
                .ToImmutableDictionary(a => a.Groups[1].Value, a => a.Groups[2].Value);
            return Expand(Read("parts", inner["part"] + ".xml"), inner, depth - 1).TrimEnd();
        });
    }

    private static string ValueOf(Match match, ImmutableDictionary<string, string> values, int depth)
    {
        string name = match.Groups[1].Value;
        if (name == "text")
            return Expand(Read("bodies", match.Groups[2].Value + ".txt"), values, depth - 1).TrimEnd('\n');
        string value = values.TryGetValue(name, out string? given) ? given
            : match.Groups[3].Success ? match.Groups[3].Value
            : throw new InvalidDataException($"{match.Value} has no value.");
        bool isFile = name == "body" && match.Index > 0 && match.Result("$`").EndsWith('\n');
        return isFile ? Expand(Read("bodies", value + ".txt"), values, depth - 1) : value;
    }

    private static string Read(string folder, string file) => File.ReadAllText(Path.Combine(Folder, folder, file));

    [GeneratedRegex(@"\{(text|[a-z]+)(?: ([a-z0-9-]+))?(?:=([^{}]*))?\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"<use((?: [a-z]+=""[^""]*"")+)/>")]
    private static partial Regex Use();

    [GeneratedRegex(@" ([a-z]+)=""([^""]*)""")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"assign_to=""([a-z0-9,]+)""")]
    private static partial Regex Assigned();
}
