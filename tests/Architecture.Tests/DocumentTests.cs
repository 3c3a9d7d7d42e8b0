using System.Text.RegularExpressions;

using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Gateway.Options;

namespace Avatar2D.Architecture.Tests;

/// <summary>What documents name exists: folders, links, settings, end reasons.</summary>
public sealed partial class DocumentTests
{
    private static readonly string[] Tops = ["src/", "tests/", "docs/", "config/", "assets/", "training/", "models/"];

    [Fact]
    public void Paths_InDocuments_Exist() => Repository.AssertNone(
        from file in OurDocuments()
        from match in CodeWord().Matches(file.Text)
        let path = match.Groups[1].Value
        where Tops.Any(top => path.StartsWith(top, StringComparison.Ordinal)) && !path.Contains('*', StringComparison.Ordinal)
        where !Exists(path)
        select $"{file.Path}: {path}",
        "Paths in documents exist:");

    [Fact]
    public void Links_InDocuments_LeadSomewhere() => Repository.AssertNone(
        from file in OurDocuments()
        from match in Link().Matches(file.Text)
        let target = Path.Combine(Path.GetDirectoryName(file.Path)!, match.Groups[1].Value)
        where !Exists(target)
        select $"{file.Path}: {target}",
        "Links in documents lead somewhere:");

    [Fact]
    public void Settings_InDocuments_Exist() => Repository.AssertNone(
        from file in OurDocuments()
        from match in SettingWord().Matches(file.Text)
        where SettingCatalog.Find(match.Groups[1].Value) is null
        select $"{file.Path}: {match.Groups[1].Value}",
        "Settings in documents exist:");

    [Fact]
    public void EndReasons_All_StandInTheOperationsGuide()
    {
        string guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));
        Repository.AssertNone(
            CallEndReasons.All.Select(i => i.Tag).Where(tag => !Regex.IsMatch(guide, $@"\b{tag}\b")), "Every end reason is explained in docs/operations.md:");
    }

    [Fact]
    public void CdrFields_All_StandInTheOperationsGuide()
    {
        string guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));
        Repository.AssertNone(
            typeof(CallDetailRecord).GetProperties().Select(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..])
                .Where(field => !Regex.IsMatch(guide, $@"\b{field}\b")),
            "Every CDR field is explained in docs/operations.md:");
    }

    private static IEnumerable<(string Path, string Text)> OurDocuments() =>
        Repository.Texts("", ".md").Where(f => f.Path == "README.md" || f.Path.StartsWith("docs/", StringComparison.Ordinal));

    private static bool Exists(string path)
    {
        string full = Path.Combine(Repository.Root, path);
        return File.Exists(full) || Directory.Exists(full);
    }

    [GeneratedRegex(@"`([\w./*-]+)`")]
    private static partial Regex CodeWord();

    [GeneratedRegex(@"\]\(([\w./-]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\b((?:Sip|Rtp|Audio|Video|Avatar|Calls|Cdr|Http|Store|Api|Jobs|Retention):[A-Z]\w+)")]
    private static partial Regex SettingWord();
}
