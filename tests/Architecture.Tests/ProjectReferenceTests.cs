using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Avatar2D.Architecture.Tests;

/// <summary>Rule 1: four leaves on one ground, one root.</summary>
public sealed class ProjectReferenceTests
{
    private const string Rule = "Rule 1: Sip, Rtp, Codecs and AvatarEngine reference no other project but Media; Media references none; "
        + "only Gateway joins them.";

    /// <summary>What each project of src may reference.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Media"] = [],
        ["Sip"] = ["Media"],
        ["Rtp"] = ["Media"],
        ["Codecs"] = ["Media"],
        ["AvatarEngine"] = ["Media"],
        ["Gateway"] = ["Media", "Sip", "Rtp", "Codecs", "AvatarEngine"],
    };

    private static string[] Projects => [.. Repository.Files("", ".csproj")];

    [Fact]
    public void Src_Projects_AreThoseOfTheArchitecture() => Assert.Equal(
        Allowed.Keys.Order(),
        Repository.Files("src", ".csproj").Select(p => Path.GetFileName(Path.GetDirectoryName(p)!)).Order());

    [Fact]
    public void ProjectFiles_OfSrc_ReferenceWhatTheyMay()
    {
        var findings = new List<string>();
        foreach (string project in Repository.Files("src", ".csproj"))
        {
            string name = Path.GetFileName(Path.GetDirectoryName(project)!);
            foreach (XElement reference in XDocument.Load(project).Descendants("ProjectReference"))
            {
                string target = reference.Attribute("Include")!.Value.Replace('\\', '/');
                string folder = Path.GetFileName(Path.GetDirectoryName(target)!);
                if (!target.StartsWith("../", StringComparison.Ordinal) || !Allowed[name].Contains(folder))
                    findings.Add($"{Repository.Relative(project)} references {target}");
            }
        }

        Repository.AssertNone(findings, Rule);
    }

    [Theory]
    [InlineData("Media", "Avatar2D.Media.dll")]
    [InlineData("Sip", "Avatar2D.Sip.dll")]
    [InlineData("Rtp", "Avatar2D.Rtp.dll")]
    [InlineData("Codecs", "Avatar2D.Codecs.dll")]
    [InlineData("AvatarEngine", "Avatar2D.AvatarEngine.dll")]
    [InlineData("Gateway", "avatar2d.dll")]
    public void Assemblies_OfSrc_ReferenceWhatTheyMay(string name, string file)
    {
        using var image = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, file)));
        MetadataReader metadata = image.GetMetadataReader();
        IEnumerable<string> findings = metadata.AssemblyReferences
            .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
            .Where(reference => reference.StartsWith("Avatar2D.", StringComparison.Ordinal) || reference == "avatar2d")
            .Where(reference => !Allowed[name].Contains(reference.Replace("Avatar2D.", "", StringComparison.Ordinal)))
            .Select(reference => $"{file} references {reference}");
        Repository.AssertNone(findings, Rule);
    }

    [Fact]
    public void ProjectFiles_Everywhere_StandInTheSolution()
    {
        string solution = File.ReadAllText(Path.Combine(Repository.Root, "Avatar2D.sln")).Replace('\\', '/');
        Repository.AssertNone(
            Projects.Select(Repository.Relative).Where(p => !solution.Contains($"\"{p}\"", StringComparison.Ordinal)),
            "Every project stands in Avatar2D.sln; these do not:");
    }

    [Fact]
    public void ProjectFiles_Everywhere_HaveALockFile() => Repository.AssertNone(
        Projects.Where(p => !File.Exists(Path.Combine(Path.GetDirectoryName(p)!, "packages.lock.json"))).Select(Repository.Relative),
        "Every project commits packages.lock.json; these have none:");

    [Fact]
    public void PackageReferences_Everywhere_HaveNoVersionOfTheirOwn() => Repository.AssertNone(
        from project in Projects
        from reference in XDocument.Load(project).Descendants("PackageReference")
        where reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null
        select $"{Repository.Relative(project)}: {reference.Attribute("Include")?.Value}",
        "Versions stand only in Directory.Packages.props:");
}
