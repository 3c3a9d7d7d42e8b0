using System.CommandLine;
using System.Text.Json;
using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.Gateway.Commands;
using Avatar2D.Gateway.Tests.Commands;

namespace Avatar2D.Gateway.Tests.Avatars;

public sealed class RegisterVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("avatar2d-register-").FullName;

    private string Packages => Path.Combine(_folder, "avatars");

    [Fact]
    public async Task Register_APhoto_MakesAPackageThatOtherVerbsKnow()
    {
        string photo = Path.Combine(_folder, "anna.png");
        TruthFile truth = TruthFile.Photo(photo);
        (int code, string output, string error) = await RegisterAsync(truth.Reader, "anna", "--photo", photo, "--out", Packages, "--json");
        Assert.Equal("", string.Join('\n', error.Split('\n').Where(line => line.Length > 0 && !line.Contains(" %", StringComparison.Ordinal))));
        Assert.Equal(ExitCode.Success, code);
        using JsonDocument report = JsonDocument.Parse(output);
        Assert.True(report.RootElement.GetProperty("made").GetBoolean());
        Assert.Equal("photo", report.RootElement.GetProperty("kind").GetString());
        Assert.InRange(report.RootElement.GetProperty("bytes").GetInt64(), 50_000, 2_600_000);
        AvatarManifest manifest = new AvatarFolder(Packages).Open("anna").Manifest;
        Assert.Equal(200, manifest.LoopFrames);
        Assert.Equal(512, manifest.Width);

        CommandRun list = await CommandRun.OfAsync("avatars", "list", "--in", Packages, "--json");
        using JsonDocument names = JsonDocument.Parse(list.Output);
        Assert.Equal(["maya", "jonas", "kiko", "anna"], names.RootElement.EnumerateArray().Select(a => a.GetProperty("name").GetString()));
        CommandRun show = await CommandRun.OfAsync("avatars", "show", "anna", "--in", Packages);
        Assert.Contains("photo, 512x512, 8.0 s loop", show.Output, StringComparison.Ordinal);
        string sheet = Path.Combine(_folder, "sheet.png");
        CommandRun preview = await CommandRun.OfAsync("avatars", "preview", "anna", "--in", Packages, "--out", sheet);
        Assert.Equal((0, 0), (preview.ExitCode, preview.Errors.Count));
        Assert.True(new FileInfo(sheet).Length > 50_000);

        // The name is taken now.
        (code, _, error) = await RegisterAsync(truth.Reader, "anna", "--photo", photo, "--out", Packages);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("--replace", error, StringComparison.Ordinal);
        CommandRun delete = await CommandRun.OfAsync("avatars", "delete", "anna", "--in", Packages);
        Assert.Equal(0, delete.ExitCode);
        Assert.False(new AvatarFolder(Packages).Contains("anna"));
    }

    [Fact]
    public async Task Register_AVideo_MakesAPackageOfItsQuietPart()
    {
        string video = Path.Combine(_folder, "anna.mp4");
        TruthFile truth = TruthFile.Video(video, FaceTimeline.Idle(3, TimeSpan.FromSeconds(4)), 75);
        (int code, string output, string error) = await RegisterAsync(truth.Reader, "anna", "--video", video, "--out", Packages);
        Assert.True(code == ExitCode.Success, error);
        Assert.Contains("anna: ", output, StringComparison.Ordinal);
        Assert.Contains("100 %", error, StringComparison.Ordinal);
        Assert.Contains("advice : Teeth are never seen", error, StringComparison.Ordinal);
        AvatarPackage package = new AvatarFolder(Packages).Open("anna");
        Assert.Equal(AvatarKind.Video, package.Manifest.Kind);
        Assert.Single(package.Manifest.Advice);
    }

    [Theory]
    [InlineData("text.png", "this is no picture", "is no picture that can be read")]
    [InlineData("apple.heic", "\0\0\0\u0018ftypheic\0\0\0\0mif1heic", "export it as JPEG or PNG")]
    [InlineData("empty.jpg", "", "is no picture that can be read")]
    public async Task Register_NoPhoto_SaysWhatToDo(string name, string content, string message)
    {
        string photo = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(photo, content, TestContext.Current.CancellationToken);
        (int code, string output, string error) = await RegisterAsync(NoReader, "anna", "--photo", photo, "--out", Packages);
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Empty(output);
        Assert.Empty(Directory.GetDirectories(Packages));
    }

    [Fact]
    public async Task Register_APhotoCutShort_IsRefused()
    {
        string photo = Path.Combine(_folder, "half.png");
        TruthFile.Photo(photo);
        byte[] whole = await File.ReadAllBytesAsync(photo, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(photo, whole[..(whole.Length / 2)], TestContext.Current.CancellationToken);
        (int code, _, string error) = await RegisterAsync(NoReader, "anna", "--photo", photo, "--out", Packages);
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("damaged or cut short", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_NoVideo_SaysSo()
    {
        string video = Path.Combine(_folder, "text.mp4");
        await File.WriteAllTextAsync(video, "this is no video", TestContext.Current.CancellationToken);
        (int code, _, string error) = await RegisterAsync(NoReader, "anna", "--video", video, "--out", Packages);
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("text.mp4", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_TooSmallAFace_IsRefusedWithAdviceAndLeavesNothing()
    {
        string photo = Path.Combine(_folder, "small.png");
        TruthFile truth = TruthFile.Photo(photo, sidePx: 160);
        (int code, string output, string error) = await RegisterAsync(truth.Reader, "anna", "--photo", photo, "--out", Packages);
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("refused: The face is", error, StringComparison.Ordinal);
        Assert.Contains("no avatar was made", output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Packages));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IFaceReader NoReader() => throw new InvalidOperationException("No face was to be read.");

    private static Task<(int Code, string Output, string Error)> RegisterAsync(Func<Func<System.Numerics.Vector2, System.Numerics.Vector2>?, IFaceReader> reader, params string[] args) =>
        RegisterAsync(() => reader(null), args);

    private static async Task<(int Code, string Output, string Error)> RegisterAsync(Func<IFaceReader> reader, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Command verb = new RegisterVerb(reader).Describe(output, error);
        verb.TreatUnmatchedTokensAsErrors = false;
        try
        {
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error };
            int code = await verb.Parse(args).InvokeAsync(configuration, TestContext.Current.CancellationToken);
            return (code, output.ToString(), error.ToString());
        }
        catch (UsageException usage)
        {
            return (ExitCode.Usage, output.ToString(), usage.Message);
        }
    }
}
