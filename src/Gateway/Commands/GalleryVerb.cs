using System.CommandLine;
using Avatar2D.AvatarEngine.Gallery;

namespace Avatar2D.Gateway.Commands;

/// <summary><c>gallery</c>: draws the contact sheets of the gallery's characters.</summary>
internal sealed class GalleryVerb : IVerb
{
    /// <inheritdoc/>
    public Command Describe(TextWriter output, TextWriter error)
    {
        var folder = new Option<string>("--out") { Description = "Folder", HelpName = "DIR", DefaultValueFactory = _ => "out/gallery" };
        var command = new Command("gallery", "Draws a sheet of 12 visemes and a still of each gallery character.") { folder };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.UnmatchedTokens.Count > 0)
                throw new UsageException($"{parsed.UnmatchedTokens[0]} is no option of gallery");
            string path = parsed.GetValue(folder)!; // Has a default.
            OutputPlace.RequireFolder("--out", path);
            foreach (GalleryCharacter character in Gallery.All)
            {
                string sheet = Path.Combine(path, $"{character.Name}-visemes.png");
                await File.WriteAllBytesAsync(sheet, ContactSheet.Render(character), cancellationToken);
                await File.WriteAllBytesAsync(Path.Combine(path, $"{character.Name}.png"), ContactSheet.Still(character), cancellationToken);
                await output.WriteLineAsync(sheet);
            }

            return ExitCode.Success;
        });
        return command;
    }
}
