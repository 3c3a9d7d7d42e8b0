using System.Xml.Linq;

namespace Avatar2D.Architecture.Tests;

/// <summary>The rules that compiler and analyzers hold are switched on, for every project.</summary>
public sealed class BuildRulesTests
{
    private static readonly XDocument Common = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props"));

    [Theory]
    [InlineData("Nullable", "enable")]
    [InlineData("TreatWarningsAsErrors", "true")]
    [InlineData("GenerateDocumentationFile", "true")]
    [InlineData("EnforceCodeStyleInBuild", "true")]
    [InlineData("RestorePackagesWithLockFile", "true")]
    [InlineData("AnalysisLevel", "latest-recommended")]
    public void CommonProperties_OfTheBuild_AreOn(string property, string value) =>
        Assert.Equal(value, Assert.Single(Common.Descendants(property)).Value);

    [Fact]
    public void BannedSymbols_AreWiredIntoEveryProject()
    {
        Assert.Contains(Common.Descendants("PackageReference"), e => e.Attribute("Include")?.Value == "Microsoft.CodeAnalysis.BannedApiAnalyzers");
        Assert.Contains(Common.Descendants("AdditionalFiles"), e => e.Attribute("Include")!.Value.EndsWith("BannedSymbols.txt", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("P:System.DateTime.Now;")]
    [InlineData("P:System.DateTime.UtcNow;")]
    [InlineData("P:System.DateTimeOffset.Now;")]
    [InlineData("P:System.DateTimeOffset.UtcNow;")]
    [InlineData("T:System.Diagnostics.Stopwatch;")]
    [InlineData("M:System.Threading.Thread.Sleep(System.Int32);")]
    [InlineData("M:System.Threading.Thread.Sleep(System.TimeSpan);")]
    [InlineData("M:System.Threading.Tasks.Task.Delay(System.Int32);")]
    [InlineData("P:System.Environment.TickCount64;")]
    [InlineData("P:System.Random.Shared;")]
    public void BannedSymbols_NameTheWallClock(string symbol) =>
        Assert.Contains(File.ReadLines(Path.Combine(Repository.Root, "BannedSymbols.txt")), line => line.StartsWith(symbol, StringComparison.Ordinal));

    [Fact]
    public void BannedSymbols_AreLiftedOnlyForClocksAndBenchmarks() => Repository.AssertNone(
        from file in Repository.Texts("", ".cs", ".csproj", ".props", ".editorconfig")
        where file.Text.Contains("RS00" + "30", StringComparison.Ordinal)
        where !file.Path.StartsWith("tests/Benchmarks/", StringComparison.Ordinal)
            && !Path.GetFileName(file.Path).Contains("Clock", StringComparison.Ordinal)
        select file.Path,
        "Only a media clock and the benchmarks may use what BannedSymbols.txt bans:");

    [Fact]
    public void ProjectFiles_OfSrc_SilenceNoWarnings() => Repository.AssertNone(
        from project in Repository.Files("src", ".csproj", ".props")
        where XDocument.Load(project).Descendants().Any(e => e.Name.LocalName is "NoWarn" or "WarningsNotAsErrors" or "Nullable")
        select Repository.Relative(project),
        "Warnings are fixed, or silenced at the line with a reason; these projects silence them:");
}
