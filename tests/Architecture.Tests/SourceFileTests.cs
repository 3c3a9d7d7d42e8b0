using System.Text.RegularExpressions;

namespace Avatar2D.Architecture.Tests;

/// <summary>House style that a machine can see.</summary>
public sealed partial class SourceFileTests
{
    private const int LongestFileLines = 500;

    // Written in two halves, or these tests would find themselves.
    private static readonly string[] Unfinished = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "NotImplemented" + "Exception"];

    [Fact]
    public void Files_OfCode_HaveAtMost500Lines() => Repository.AssertNone(
        from file in Repository.Texts("", ".cs", ".py")
        let lines = file.Text.AsSpan().Count('\n')
        where lines > LongestFileLines
        select $"{file.Path}: {lines} lines",
        $"No file of code has more than {LongestFileLines} lines (aim for 150):");

    [Fact]
    public void Files_OfCode_HaveNoRegions() => Repository.AssertNone(
        Lines(line => line.TrimStart().StartsWith("#reg" + "ion", StringComparison.Ordinal), ".cs"), "No regions:");

    [Fact]
    public void Files_OfCode_AreFinished() => Repository.AssertNone(
        Lines(line => Unfinished.Any(word => Regex.IsMatch(line, $@"\b{word}\b")), ".cs", ".py", ".sh", ".csproj", ".props"),
        "What is to be done stands in an issue, not in the code:");

    [Fact]
    public void Types_Everywhere_HaveATellingName() => Repository.AssertNone(
        Repository.Files("src", ".cs").Where(f => VagueName().IsMatch(Path.GetFileNameWithoutExtension(f))).Select(Repository.Relative),
        "No Manager, Helper or Utils:");

    [Fact]
    public void Files_OfText_NameNoMachineAndNoRegistry() => Repository.AssertNone(
        from file in Repository.Texts()
        where !file.Path.EndsWith("packages.lock.json", StringComparison.Ordinal)
        from line in file.Text.Split('\n').Select((text, index) => (text, index))
        where MachinePath().IsMatch(line.text) || RegistryHost().IsMatch(line.text)
        select $"{file.Path}:{line.index + 1}: {line.text.Trim()}",
        "Tracked files hold no path of one machine and no host of a package registry:");

    [Fact]
    public void Tests_Everywhere_SayMethodConditionResult() => Repository.AssertNone(
        from file in Repository.Texts("tests", ".cs")
        from match in TestMethod().Matches(file.Text)
        where !match.Groups[1].Value.Contains('_', StringComparison.Ordinal)
        select $"{file.Path}: {match.Groups[1].Value}",
        "Tests are named Method_Condition_Result:");

    [Theory]
    [InlineData("run")]
    [InlineData("test")]
    [InlineData(".ci/run")]
    public void Scripts_OfTheRoot_AreExecutable(string script)
    {
        if (OperatingSystem.IsWindows())
            return;
        Assert.True(File.GetUnixFileMode(Path.Combine(Repository.Root, script)).HasFlag(UnixFileMode.UserExecute), script);
    }

    [Theory]
    [InlineData("/ro" + "ot/x/y.cs", true)]
    [InlineData("see /ho" + "me/ann/x", true)]
    [InlineData("/wo" + "rk/main/x", true)]
    [InlineData("src/Sip/Work/x", false)]
    [InlineData("the network/host", false)]
    public void MachinePath_OfText_IsSeen(string text, bool expected) => Assert.Equal(expected, MachinePath().IsMatch(text));

    [Theory]
    [InlineData("https://api.nu" + "get.org/v3/index.json", true)]
    [InlineData("http://deb.deb" + "ian.org/x", true)]
    [InlineData("https://dot.net/download", false)]
    public void RegistryHost_OfText_IsSeen(string text, bool expected) => Assert.Equal(expected, RegistryHost().IsMatch(text));

    private static IEnumerable<string> Lines(Func<string, bool> bad, params string[] extensions) =>
        from file in Repository.Texts("", extensions)
        from line in file.Text.Split('\n').Select((text, index) => (text, index))
        where bad(line.text)
        select $"{file.Path}:{line.index + 1}: {line.text.Trim()}";

    [GeneratedRegex("(Manager|Helper|Helpers|Utils|Utility)$")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"\[(?:Fact|Theory)[^\n]*\n(?:[^\n]*\n)*?\s+public (?:static )?(?:async )?[\w<>]+ (\w+)\(")]
    private static partial Regex TestMethod();

    [GeneratedRegex(@"(?<![\w.])/(root|work|home/[a-z]+)/[A-Za-z.]")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"https?://[a-z0-9.-]*(nuget|npmjs|debian|pypi)[a-z.]*/")]
    private static partial Regex RegistryHost();
}
