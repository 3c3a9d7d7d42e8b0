using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Options;
using Avatar2D.Media;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Gateway.Tests.Avatars;

public sealed class AvatarCatalogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("avatar2d-catalog-").FullName;

    [Fact]
    public void NamesIn_GalleryAndPackages_ListsBoth()
    {
        WritePackage("zoe", pictures: 4, loopFrames: 2);
        Assert.Equal(["maya", "jonas", "kiko", "zoe"], AvatarCatalog.NamesIn(new AvatarOptions { Folder = _folder }));
        AvatarCatalog catalog = Catalog();
        Assert.True(catalog.Exists("zoe"));
        Assert.True(catalog.Exists("maya"));
        Assert.False(catalog.Exists("nobody"));
        Assert.False(catalog.Exists(".."));
    }

    [Fact]
    public async Task AcquireAsync_AGoodPackage_ShowsIt()
    {
        WritePackage("zoe", pictures: 4, loopFrames: 2);
        using StageLease lease = await Catalog().Stages.AcquireAsync(new StageKey("zoe", 512, 512), CancellationToken.None);
        Assert.Equal(2, lease.Stage.FrameCount);
    }

    [Fact]
    public void TryReadNext_AsManyPicturesAsTheManifestSays_EndsWell()
    {
        using var frames = new PackageFrames(WritePackage("zoe", pictures: 4, loopFrames: 2));
        Assert.Equal(2, frames.FrameCount);
        Assert.Equal(2, frames.Face!.LoopFrames);
        var picture = new I420Frame(frames.Width, frames.Height);
        for (int n = 0; n < 4; n++)
        {
            Assert.True(frames.TryReadNext(picture.View));
            Assert.InRange(picture.View.Y[0], (40 * (n + 1)) - 3, (40 * (n + 1)) + 3); // In order, references first.
        }

        Assert.False(frames.TryReadNext(picture.View));
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(6, 2)]
    public void TryReadNext_OtherNumberOfPictures_IsDamage(int pictures, int loopFrames)
    {
        using var frames = new PackageFrames(WritePackage("zoe", pictures, loopFrames));
        var picture = new I420Frame(frames.Width, frames.Height);
        var damage = Assert.Throws<InvalidDataException>(() =>
        {
            while (frames.TryReadNext(picture.View))
            {
            }
        });
        Assert.Equal(AvatarFault.Mismatch, Assert.IsType<AvatarException>(damage.InnerException).Fault);
    }

    [Fact]
    public void PackageFrames_OtherSizeThanTheManifestSays_IsDamage()
    {
        AvatarPackage package = WritePackage("zoe", pictures: 4, loopFrames: 2, statedSide: 256);
        Assert.Throws<InvalidDataException>(() => new PackageFrames(package));
    }

    [Fact]
    public async Task AcquireAsync_ADamagedPackage_SaysWhichAndWhy()
    {
        File.WriteAllText(Path.Combine(WritePackage("zoe", pictures: 4, loopFrames: 2).Folder, AvatarPackage.SourceFile), "no clip");
        var damage = await Assert.ThrowsAsync<InvalidDataException>(
            () => Catalog().Stages.AcquireAsync(new StageKey("zoe", 512, 512), CancellationToken.None));
        Assert.Contains("'zoe'", damage.Message, StringComparison.Ordinal);
        Assert.Equal(AvatarFault.Corrupt, Assert.IsType<AvatarException>(damage.InnerException).Fault);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private AvatarCatalog Catalog() => AvatarCatalog.From(new AvatarOptions { Folder = _folder }, new EngineOptions { Enabled = false }, NullLoggerFactory.Instance);

    /// <summary>Grey pictures of luma 40, 80, ...</summary>
    private AvatarPackage WritePackage(string name, int pictures, int loopFrames, int statedSide = PackageClip.SidePx)
    {
        using AvatarPackageWriter package = new AvatarFolder(_folder).Begin(name);
        using (var clip = new PackageClip(package, crf: 14))
        {
            var picture = new I420Frame(PackageClip.SidePx, PackageClip.SidePx);
            picture.Pixels.Fill(128);
            for (int n = 0; n < pictures; n++)
            {
                picture.View.Y.Fill((byte)(40 * (n + 1)));
                clip.Write(picture.View);
            }

            clip.Complete();
        }

        return package.Complete(new AvatarManifest
        {
            Name = name, Kind = AvatarKind.Photo, Width = statedSide, Height = statedSide, FramesPerSecond = 25, LoopFrames = loopFrames,
            Join = LoopJoin.Exact, Created = DateTimeOffset.UnixEpoch,
            Transforms = [.. Enumerable.Repeat(new PatchTransform(1, 0, 100, 100), FaceTrack.References + loopFrames)],
        });
    }
}
