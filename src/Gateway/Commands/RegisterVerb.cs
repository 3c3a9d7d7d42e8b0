using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Registration;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Options;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Gateway.Commands;

/// <summary><c>register</c>: makes an avatar package of a photo or a video.</summary>
/// <param name="faces">Makes readers of faces; null loads the networks.</param>
internal sealed class RegisterVerb(Func<IFaceReader>? faces = null) : IVerb
{
    /// <inheritdoc/>
    public Command Describe(TextWriter output, TextWriter error)
    {
        var name = new Argument<string>("NAME") { Description = "Name of the avatar" };
        var photo = new Option<string?>("--photo") { Description = "A picture: JPEG, PNG or WebP", HelpName = "FILE" };
        var video = new Option<string?>("--video") { Description = "A video; ten seconds are enough", HelpName = "FILE" };
        var folder = new Option<string?>("--out") { Description = "Folder of avatars (default: Avatar:Folder)", HelpName = "DIR" };
        var replace = new Option<bool>("--replace") { Description = "Replace an avatar of that name" };
        var json = new Option<bool>("--json") { Description = "For machines" };
        Option<string?> config = Settings.ConfigOption();
        var command = new Command("register", "Makes an avatar of a photo or a video.") { name, photo, video, folder, replace, json, config };
        command.SetAction((parsed, cancellationToken) =>
        {
            (string? picture, string? film) = (parsed.GetValue(photo), parsed.GetValue(video));
            var mistakes = new List<string>();
            string wanted = parsed.GetValue(name)!; // The parser asks for it.
            if (!AvatarName.IsValid(wanted))
                mistakes.Add($"'{wanted}' is no name: letters, digits, '_', '.', '-', at most 63, beginning with a letter or digit");
            else if (Gallery.Find(wanted) is not null)
                mistakes.Add($"'{wanted}' is a character of the gallery: take another name");
            if (picture is null == film is null)
                mistakes.Add("register needs --photo FILE or --video FILE, one of them");
            else if (!File.Exists(picture ?? film))
                mistakes.Add($"there is no file {picture ?? film}");
            if (mistakes.Count > 0)
                throw new UsageException(mistakes);
            GatewayOptions settings = Settings.Load(parsed, config, needsAvatars: false);
            string path = parsed.GetValue(folder) ?? settings.Avatar.Folder;
            OutputPlace.RequireFolder("--out", path);
            var packages = new AvatarFolder(path);
            if (packages.Contains(wanted) && !parsed.GetValue(replace))
                throw new UsageException($"there is an avatar '{wanted}' in {path}: take another name, or --replace");
            AvatarKind kind = film is null ? AvatarKind.Photo : AvatarKind.Video;
            return RunAsync(settings.Engine, packages, wanted, kind, (picture ?? film)!, parsed.GetValue(json), output, error, cancellationToken);
        });
        return command;
    }

    private async Task<int> RunAsync(
        EngineOptions engine, AvatarFolder packages, string name, AvatarKind kind, string path, bool json, TextWriter output,
        TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            var progress = new PercentLine(error, $"{name}: ");
            using var models = new FaceEngine(engine, NullLogger.Instance);
            var registrar = new AvatarRegistrar(packages, faces ?? Readers(engine), () => models.NetworksFor(null), TimeProvider.System);
            (AvatarPackage? package, IReadOnlyList<SourceFinding> findings) = await Task.Run(
                () => registrar.Register(name, kind, path, progress.Show, cancellationToken), cancellationToken);
            RegisterReport report = Report(name, kind, package, findings);
            if (json)
                await output.WriteLineAsync(JsonSerializer.Serialize(report, AvatarReportJson.Default.RegisterReport));
            else
                await PrintAsync(output, error, report);
            return package is null ? ExitCode.Failed : ExitCode.Success;
        }
        catch (ModelException missing)
        {
            await error.WriteLineAsync($"avatar2d: {missing.Message}");
            return ExitCode.Missing;
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException or AvatarException)
        {
            await error.WriteLineAsync($"avatar2d: {failure.Message.ReplaceLineEndings(" ")}");
            return ExitCode.Failed;
        }
    }

    private static Func<IFaceReader> Readers(EngineOptions options)
    {
        FaceModels models = FaceNets.Load(options);
        return () => models.CreateTracker();
    }

    private static RegisterReport Report(string name, AvatarKind kind, AvatarPackage? package, IReadOnlyList<SourceFinding> findings) => new(
        name, package is not null, package?.Folder, kind,
        package is null ? 0 : Math.Round(package.Manifest.LoopFrames / package.Manifest.FramesPerSecond, 2), package?.Manifest.Join,
        package is null ? 0 : AvatarsVerb.BytesOf(package.Folder), findings);

    private static async Task PrintAsync(TextWriter output, TextWriter error, RegisterReport report)
    {
        foreach (SourceFinding finding in report.Findings)
            await error.WriteLineAsync($"{(finding.Refuses ? "refused" : "advice ")}: {finding.Advice}");
        await output.WriteLineAsync(report.Made
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Name}: {report.LoopSeconds:0.0} s loop ({report.Join}), {report.Bytes / 1e6:0.0} MB in {report.Folder}")
            : $"{report.Name}: no avatar was made");
    }
}
