using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.Codecs.Images;
using Avatar2D.Gateway.Avatars;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Gateway.Commands;

/// <summary><c>avatars</c>: lists, shows, deletes and previews avatars.</summary>
internal sealed class AvatarsVerb : IVerb
{
    /// <inheritdoc/>
    public Command Describe(TextWriter output, TextWriter error)
    {
        var name = new Argument<string>("NAME") { Description = "Name of the avatar" };
        var folder = new Option<string?>("--in") { Description = "Folder of avatars (default: Avatar:Folder)", HelpName = "DIR" };
        var json = new Option<bool>("--json") { Description = "For machines" };
        var picture = new Option<string?>("--out") { Description = "The picture (default: NAME.png)", HelpName = "FILE.png" };
        Option<string?> config = Settings.ConfigOption();
        var list = new Command("list", "Lists all avatars.") { folder, json, config };
        list.SetAction((parsed, _) => ListAsync(Folder(parsed), parsed.GetValue(json), output));
        var show = new Command("show", "Tells all about one avatar.") { name, folder, json, config };
        show.SetAction((parsed, _) => ShowAsync(Folder(parsed), parsed.GetValue(name)!, parsed.GetValue(json), output));
        var delete = new Command("delete", "Deletes an avatar.") { name, folder, config };
        delete.SetAction((parsed, _) => DeleteAsync(Folder(parsed), parsed.GetValue(name)!, output));
        var preview = new Command("preview", "Draws references and loop of an avatar as one picture.") { name, folder, picture, config };
        preview.SetAction((parsed, cancellationToken) =>
        {
            string avatar = parsed.GetValue(name)!;
            return PreviewAsync(Folder(parsed), avatar, parsed.GetValue(picture) ?? $"{avatar}.png", output, error, cancellationToken);
        });
        var command = new Command("avatars", "Lists, shows, deletes and previews avatars.") { list, show, delete, preview };
        foreach (Command sub in command.Subcommands)
            sub.TreatUnmatchedTokensAsErrors = false; // What is no option may be a setting.
        return command;

        AvatarFolder Folder(ParseResult parsed)
        {
            string settings = Settings.Load(parsed, config, needsAvatars: false).Avatar.Folder;
            string path = parsed.GetValue(folder) ?? settings;
            return File.Exists(path) ? throw new UsageException($"{path} is no folder") : new AvatarFolder(path);
        }
    }

    /// <summary>Bytes of a package.</summary>
    public static long BytesOf(string folder) => new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length);

    private static async Task<int> ListAsync(AvatarFolder folder, bool json, TextWriter output)
    {
        IReadOnlyList<AvatarReport> reports = [.. AvatarCatalog.Names(folder).Select(name => Report(folder, name))];
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(reports, AvatarReportJson.Default.IReadOnlyListAvatarReport));
            return ExitCode.Success;
        }

        foreach (AvatarReport r in reports)
            await output.WriteLineAsync($"{r.Name,-20} {Line(r)}");
        return ExitCode.Success;
    }

    private static async Task<int> ShowAsync(AvatarFolder folder, string name, bool json, TextWriter output)
    {
        Require(folder, name);
        AvatarReport report = Report(folder, name);
        if (json)
            await output.WriteLineAsync(JsonSerializer.Serialize(report, AvatarReportJson.Default.AvatarReport));
        else
        {
            await output.WriteLineAsync($"{report.Name,-20} {Line(report)}");
            if (report.Created is { } created)
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{"made",-20} {created:u}, {report.Bytes / 1e6:0.00} MB, model: {report.Model ?? "default"}"));
            foreach (string advice in report.Advice)
                await output.WriteLineAsync($"{"advice",-20} {advice}");
        }

        return report.Damage is null ? ExitCode.Success : ExitCode.Failed;
    }

    private static async Task<int> DeleteAsync(AvatarFolder folder, string name, TextWriter output)
    {
        Require(folder, name);
        if (!folder.Delete(name))
            throw new UsageException($"'{name}' is a character of the gallery that is not drawn yet: there is nothing to delete");
        await output.WriteLineAsync(Gallery.Find(name) is null ? $"{name} is deleted" : $"{name} is deleted; it is drawn again when it is wanted");
        return ExitCode.Success;
    }

    private static async Task<int> PreviewAsync(
        AvatarFolder folder, string name, string path, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        Require(folder, name);
        OutputPlace.RequireFile("--out", path);
        try
        {
            AvatarPackage package = Gallery.Find(name) is { } character
                ? await new GalleryPackages(folder, TimeProvider.System, NullLogger.Instance).EnsureAsync(character, cancellationToken)
                : folder.Open(name);
            await File.WriteAllBytesAsync(path, ImageFile.ToPng(PackagePreview.Draw(package).View), cancellationToken);
        }
        catch (Exception failure) when (failure is AvatarException or InvalidDataException or IOException)
        {
            await error.WriteLineAsync($"avatar2d: {failure.Message}");
            return ExitCode.Failed;
        }

        await output.WriteLineAsync(path);
        return ExitCode.Success;
    }

    private static void Require(AvatarFolder folder, string name)
    {
        if (Gallery.Find(name) is null && !folder.Contains(name))
            throw new UsageException($"there is no avatar '{name}'; there are {string.Join(", ", AvatarCatalog.Names(folder))}");
    }

    private static AvatarReport Report(AvatarFolder folder, string name)
    {
        bool isGallery = Gallery.Find(name) is not null;
        if (!folder.Contains(name))
            return new AvatarReport(name, AvatarKind.Drawn, isGallery, null, 0, null, null, null, 0, [], null);
        try
        {
            AvatarPackage package = folder.Open(name);
            AvatarManifest m = package.Manifest;
            return new AvatarReport(
                name, m.Kind, isGallery, $"{m.Width}x{m.Height}", Math.Round(m.LoopFrames / m.FramesPerSecond, 2), m.Join, m.Model, m.Created,
                BytesOf(package.Folder), m.Advice, null);
        }
        catch (AvatarException damaged)
        {
            return new AvatarReport(name, null, isGallery, null, 0, null, null, null, 0, [], damaged.Message);
        }
    }

    private static string Line(AvatarReport r) =>
        r.Damage is { } damage ? $"DAMAGED: {damage}"
        : r.Size is null ? "drawn, not yet made"
        : string.Create(CultureInfo.InvariantCulture, $"{r.Kind?.ToString().ToLowerInvariant()}, {r.Size}, {r.LoopSeconds:0.0} s loop ({r.Join})")
            + (r.Advice.Count > 0 ? $", {r.Advice.Count} pieces of advice" : "");
}
