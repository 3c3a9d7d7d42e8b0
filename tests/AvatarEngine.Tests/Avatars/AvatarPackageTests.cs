using System.Text.Json.Nodes;
using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Tests.Datasets;

namespace Avatar2D.AvatarEngine.Tests.Avatars;

public sealed class AvatarPackageTests : IDisposable
{
    private static readonly AvatarManifest Manifest = new()
    {
        Name = "", Kind = AvatarKind.Video, Width = 512, Height = 512, FramesPerSecond = 25, LoopFrames = 2, Join = LoopJoin.PingPong,
        Transforms =
        [
            new PatchTransform(1.25, 0.0312, 101.5, 120.25), new PatchTransform(1.26, 0, 101, 120), new PatchTransform(1.27, -0.01, 99, 121),
            new PatchTransform(1.28, 0.0123456, 98.7654, 122),
        ],
        Model = "personal-anna-1", MouthGain = new MouthGain("base-1", 1.25f), Advice = ["The face is dark: more light from the front."],
        Created = new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero),
    };

    private readonly TempFolder _temp = new();

    [Fact]
    public void Complete_APackage_ReadsBackTheSame()
    {
        AvatarFolder folder = Folder();
        Write(folder, "anna", Manifest);
        AvatarPackage package = folder.Open("anna");
        AvatarManifest read = package.Manifest;
        Assert.Equal("anna", read.Name);
        Assert.Equal(AvatarKind.Video, read.Kind);
        Assert.Equal(LoopJoin.PingPong, read.Join);
        Assert.Equal(Manifest.Transforms[0], read.Transforms[0]);
        Assert.Equal(0.012346, read.Transforms[3].B, 9); // Rounded to millionths.
        Assert.Equal(98.7654, read.Transforms[3].Tx, 9);
        Assert.Equal(Manifest.Model, read.Model);
        Assert.Equal(Manifest.MouthGain, read.ToTrack().MouthGain);
        Assert.Equal(Manifest.Advice, read.Advice);
        Assert.Equal(Manifest.Created, read.Created);
        Assert.Null(read.Drawing);
        Assert.Equal(2, read.ToTrack().LoopFrames);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(package.SourcePath));
        Assert.Equal(["anna"], folder.Names);
        Assert.True(folder.Contains("anna"));
    }

    [Fact]
    public void Open_NothingThere_IsMissing()
    {
        AvatarFolder folder = Folder();
        Assert.Empty(folder.Names);
        Assert.False(folder.Contains("anna"));
        Assert.Equal(AvatarFault.Missing, Fault(folder, "anna"));
        Assert.Equal(AvatarFault.Missing, Fault(folder, "../anna"));
    }

    [Fact]
    public void Open_ClipGone_IsMissing()
    {
        AvatarFolder folder = Folder();
        File.Delete(Write(folder, "anna", Manifest).SourcePath);
        Assert.Equal(AvatarFault.Missing, Fault(folder, "anna"));
    }

    [Fact]
    public void Open_ClipChanged_IsCorrupt()
    {
        AvatarFolder folder = Folder();
        File.WriteAllBytes(Write(folder, "anna", Manifest).SourcePath, [1, 2, 4]);
        Assert.Equal(AvatarFault.Corrupt, Fault(folder, "anna"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"format\":1}")]
    [InlineData("{\"format\":\"1\"}")]
    public void Open_ManifestIsNone_IsCorrupt(string json)
    {
        AvatarFolder folder = Folder();
        File.WriteAllText(Path.Combine(Write(folder, "anna", Manifest).Folder, AvatarPackage.ManifestFile), json);
        Assert.Equal(AvatarFault.Corrupt, Fault(folder, "anna"));
    }

    [Theory]
    [InlineData("format", "2", AvatarFault.WrongVersion)]
    [InlineData("kind", "\"sculpture\"", AvatarFault.Corrupt)]
    [InlineData("kind", "1", AvatarFault.Corrupt)]
    [InlineData("name", "\"bert\"", AvatarFault.Corrupt)]
    [InlineData("name", "null", AvatarFault.Corrupt)]
    [InlineData("width", "511", AvatarFault.Corrupt)]
    [InlineData("height", "0", AvatarFault.Corrupt)]
    [InlineData("framesPerSecond", "0", AvatarFault.Corrupt)]
    [InlineData("loopFrames", "3", AvatarFault.Corrupt)]
    [InlineData("loopFrames", "-1", AvatarFault.Corrupt)]
    [InlineData("transforms", "[[1,0,0,0],[1,0,0,0],[1,0,0,0]]", AvatarFault.Corrupt)]
    [InlineData("transforms", "[[1,0,0,0],[1,0,0,0],[1,0,0,0],[0,0,0,0]]", AvatarFault.Corrupt)]
    [InlineData("transforms", "[[1,0,0,0],[1,0,0,0],[1,0,0,0],[1,0,0]]", AvatarFault.Corrupt)]
    [InlineData("transforms", "[[1,0,0,0],[1,0,0,0],[1,0,0,0],[1,0,0,\"x\"]]", AvatarFault.Corrupt)]
    public void Open_FieldIsWrong_NamesTheFault(string field, string value, AvatarFault expected)
    {
        AvatarFolder folder = Folder();
        string path = Path.Combine(Write(folder, "anna", Manifest).Folder, AvatarPackage.ManifestFile);
        JsonNode json = JsonNode.Parse(File.ReadAllBytes(path))!;
        json[field] = JsonNode.Parse(value);
        File.WriteAllText(path, json.ToJsonString());
        Assert.Equal(expected, Fault(folder, "anna"));
    }

    [Fact]
    public void Dispose_BeforeComplete_LeavesTheOldPackage()
    {
        AvatarFolder folder = Folder();
        Write(folder, "anna", Manifest);
        using (AvatarPackageWriter writer = folder.Begin("anna"))
            File.WriteAllBytes(writer.SourcePath, [9]);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(folder.Open("anna").SourcePath));
        Assert.Equal(["anna"], Directory.GetDirectories(_temp.File("avatars")).Select(Path.GetFileName));
    }

    [Fact]
    public void Complete_NameIsTaken_ReplacesThePackage()
    {
        AvatarFolder folder = Folder();
        Write(folder, "anna", Manifest);
        Write(folder, "anna", Manifest with { Kind = AvatarKind.Photo }, 7);
        Assert.Equal(AvatarKind.Photo, folder.Open("anna").Manifest.Kind);
        Assert.Equal([7], File.ReadAllBytes(folder.Open("anna").SourcePath));
        Assert.Equal(["anna"], Directory.GetDirectories(_temp.File("avatars")).Select(Path.GetFileName));
    }

    [Fact]
    public void Complete_ContradictionInTheManifest_LeavesNoPackage()
    {
        AvatarFolder folder = Folder();
        Assert.Throws<AvatarException>(() => Write(folder, "anna", Manifest with { LoopFrames = 5 }));
        Assert.False(folder.Contains("anna"));
        Assert.Empty(Directory.GetDirectories(_temp.File("avatars")));
    }

    [Fact]
    public void Delete_APackage_IsGone()
    {
        AvatarFolder folder = Folder();
        Write(folder, "anna", Manifest);
        Assert.True(folder.Delete("anna"));
        Assert.False(folder.Delete("anna"));
        Assert.Empty(folder.Names);
        Assert.Empty(Directory.GetDirectories(_temp.File("avatars")));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("anna.b_c-9", true)]
    [InlineData("", false)]
    [InlineData(".anna", false)]
    [InlineData("a/b", false)]
    [InlineData("anna\n", false)]
    [InlineData("änna", false)]
    [InlineData(null, false)]
    public void IsValid_Name_IsThatOfAFolder(string? name, bool expected) => Assert.Equal(expected, AvatarName.IsValid(name));

    public void Dispose() => _temp.Dispose();

    private static AvatarFault Fault(AvatarFolder folder, string name) => Assert.Throws<AvatarException>(() => folder.Open(name)).Fault;

    private static AvatarPackage Write(AvatarFolder folder, string name, AvatarManifest manifest, params byte[] clip)
    {
        using AvatarPackageWriter writer = folder.Begin(name);
        File.WriteAllBytes(writer.SourcePath, clip.Length == 0 ? [1, 2, 3] : clip);
        return writer.Complete(manifest);
    }

    private AvatarFolder Folder() => new(_temp.File("avatars"));
}
