namespace Avatar2D.Codecs.Tests.Diagnostics;

public sealed class CodecLibrariesTests
{
    [Fact]
    public void Probe_WithDebiansPackages_FindsLibrariesAndX264()
    {
        IReadOnlyList<CodecLibrary> found = CodecLibraries.Probe();
        foreach (CodecLibrary library in found)
            TestContext.Current.TestOutputHelper?.WriteLine(library.ToString());
        Assert.All(found.Where(library => library.IsRequired), library => Assert.True(library.IsUsable, library.Detail));
        Assert.True(found.Single(library => library.Name == "libx264").IsUsable);
        Assert.All(found, library => Assert.NotEmpty(library.Detail));
    }

    [Fact]
    public void Require_WithDebiansPackages_DoesNotThrow() => CodecLibraries.Require();
}
