using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.AvatarEngine.Registration;
using Avatar2D.Codecs.Images;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Jobs;
using Avatar2D.Gateway.Tests.Avatars;
using Avatar2D.Media;
using AvatarKind = Avatar2D.Gateway.Subscribers.AvatarKind;
using PackageKind = Avatar2D.AvatarEngine.Avatars.AvatarKind;

namespace Avatar2D.Gateway.Tests.Subscribers;

/// <summary>Each verdict of registration, by the shipped face networks, on a drawn file that deserves it.</summary>
public sealed class VerdictTests : IDisposable
{
    private const int Side = 640;
    private static readonly Lazy<FaceModels> _models = new(() => FaceNets.Load(new EngineOptions()));
    private readonly string _folder = Directory.CreateTempSubdirectory("avatar2d-verdict-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("good", null, true)]
    [InlineData("wall", "no_face", false)]
    [InlineData("couple", "several_faces", false)]
    [InlineData("far", "too_small", false)]
    [InlineData("masked", "covered", false)]
    [InlineData("blindfolded", "covered", false)]
    [InlineData("blurred", "blurred", true)]
    [InlineData("dark", "dark", true)]
    [InlineData("edge", "cut_off", false)]
    public void Photo_OfThatFault_GetsThatVerdict(string fault, string? code, bool isMade)
    {
        string path = Path.Combine(_folder, fault + ".png");
        File.WriteAllBytes(path, ImageFile.ToPng(Photo(fault).View));
        (bool made, IReadOnlyList<Verdict> verdicts) = Register(path, AvatarKind.Photo);
        AssertVerdict(fault, code, isMade, made, verdicts);
    }

    [Theory]
    [InlineData("good", null, true)]
    [InlineData("short", "too_short", false)]
    [InlineData("gaping", "mouth_never_closed", true)]
    public void Video_OfThatFault_GetsThatVerdict(string fault, string? code, bool isMade)
    {
        string path = Path.Combine(_folder, fault + ".mp4");
        FaceTimeline idle = FaceTimeline.Idle(3, TimeSpan.FromSeconds(fault == "short" ? 1.5 : 4));
        FaceTimeline mouth = FaceTimeline.Still(VisemeTable.Shape(fault == "gaping" ? Viseme.Broad : Viseme.Rest), idle.Duration);
        DrawnFilm.Of(GalleryCharacter.Random(5), mouth.Over(idle)).With(width: 480, height: 480).Write(path);
        (bool made, IReadOnlyList<Verdict> verdicts) = Register(path, AvatarKind.Video);
        AssertVerdict(fault, code, isMade, made, verdicts);
    }

    private static void AssertVerdict(string fault, string? code, bool isMade, bool made, IReadOnlyList<Verdict> verdicts)
    {
        string all = $"{fault}: {(made ? "made; " : "")}{string.Join(", ", verdicts.Where(v => v.Advice is not null).Select(v => $"{v.Code} ({v.Advice})"))}";
        Assert.True(made == isMade, all);
        if (code is null)
            Assert.DoesNotContain(verdicts, v => !v.Passed);
        else
            Assert.Contains(verdicts, v => v.Code == code && v.Advice is { Length: > 10 } && v.Passed == isMade);
    }

    private (bool Made, IReadOnlyList<Verdict> Verdicts) Register(string path, AvatarKind kind)
    {
        var registrar = new AvatarRegistrar(new AvatarFolder(Path.Combine(_folder, "made")), () => _models.Value.CreateTracker(), () => null, TimeProvider.System);
        (AvatarPackage? package, IReadOnlyList<SourceFinding> findings) = registrar.Register(
            "av_test", kind == AvatarKind.Photo ? PackageKind.Photo : PackageKind.Video, path, _ => { }, TestContext.Current.CancellationToken);
        return (package is not null, [.. SourceVerdicts.Of(findings, kind, package is not null)]);
    }

    private static I420Frame Photo(string fault)
    {
        var wide = new I420Frame(2 * Side, Side);
        I420Frame face = Drawn(GalleryCharacter.Random(5), default);
        switch (fault)
        {
            case "wall":
                wide.Pixels.Fill(128);
                return wide;
            case "couple":
                Paste(face.View, wide.View, 0, 0);
                Paste(Drawn(GalleryCharacter.Random(8), default).View, wide.View, Side, 0);
                return wide;
            case "far":
                wide.Pixels.Fill(128);
                Paste(Scaled(face, 160).View, wide.View, Side - 80, Side / 2);
                return wide;
            case "edge":
                I420Frame cut = new(Side, Side);
                cut.Pixels.Fill(128);
                Paste(face.View, cut.View, Side * 40 / 100, 0);
                return cut;
            case "masked":
                Cover(face.View, 0.30, 0.50, 0.40, 0.26);
                return face;
            case "blindfolded":
                Cover(face.View, 0.22, 0.34, 0.56, 0.16);
                return face;
            case "blurred":
                return Scaled(Scaled(face, 64), Side);
            case "dark":
                foreach (ref byte luma in face.View.Y)
                    luma = (byte)(16 + ((luma - 16) / 10));
                return face;
            default:
                return face;
        }
    }

    private static I420Frame Drawn(GalleryCharacter character, FaceParameters parameters, int side = Side)
    {
        using var renderer = new GalleryRenderer(character, side);
        renderer.Render(parameters);
        var picture = new I420Frame(side, side);
        PackedPicture.ToI420(renderer.Pixels, side * 4, PackedOrder.Bgra, picture.View);
        return picture;
    }

    private static I420Frame Scaled(I420Frame picture, int side)
    {
        var scaled = new I420Frame(side, side);
        new I420Scaler(picture.Width, picture.Height, side, side, ScaleMode.Crop).Scale(picture.View, scaled.View);
        return scaled;
    }

    /// <summary>A grey board over a part of the picture, in parts of its size.</summary>
    private static void Cover(I420View picture, double left, double top, double width, double height)
    {
        for (int y = (int)(top * picture.Height); y < (top + height) * picture.Height; y++)
            picture.Y.Slice((y * picture.YStride) + (int)(left * picture.Width), (int)(width * picture.Width)).Fill(90);
    }

    /// <summary>Copies a picture into another at an even place; what does not fit is left out.</summary>
    private static void Paste(I420View from, I420View to, int x, int y)
    {
        x &= ~1;
        y &= ~1;
        (int width, int height) = (Math.Min(from.Width, to.Width - x), Math.Min(from.Height, to.Height - y));
        for (int row = 0; row < height; row++)
            from.Y.Slice(row * from.YStride, width).CopyTo(to.Y[(((y + row) * to.YStride) + x)..]);
        for (int row = 0; row < height / 2; row++)
        {
            int place = (((y / 2) + row) * to.ChromaStride) + (x / 2);
            from.U.Slice(row * from.ChromaStride, width / 2).CopyTo(to.U[place..]);
            from.V.Slice(row * from.ChromaStride, width / 2).CopyTo(to.V[place..]);
        }
    }
}
