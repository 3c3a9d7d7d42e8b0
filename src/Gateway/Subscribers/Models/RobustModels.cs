using System.Text.Json;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Options;

namespace Avatar2D.Gateway.Subscribers.Models;

/// <summary>The robust models that are installed (Engine:Folder), and which of them new avatars get. Any thread.</summary>
internal sealed class RobustModels(EngineOptions options)
{
    /// <summary>Folder name, and what the manifest says of training and measuring; newest first.</summary>
    public IReadOnlyList<(string Name, JsonElement Manifest)> List()
    {
        string? folder = InstallationFiles.FindFolder(options.Folder);
        return folder is null ? [] :
        [
            .. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).Reverse()
                .Select(path => (Path.GetFileName(path), Manifest: Read(path)))
                .Where(found => found.Manifest.ValueKind == JsonValueKind.Object && found.Manifest.TryGetProperty("kind", out JsonElement kind) && kind.GetString() == "robust"),
        ];
    }

    /// <summary>True for a robust model that is installed.</summary>
    public bool Has(string name) => List().Any(model => model.Name == name);

    /// <summary>Full name of the model that the settings mean at this moment; null when there is none.</summary>
    public string? Current()
    {
        try
        {
            return Path.GetFileName(FaceEngine.FolderOf(options, options.Model));
        }
        catch (ModelException)
        {
            return null;
        }
    }

    /// <summary>The weights that training begins with.</summary>
    /// <exception cref="ModelException">They are not there.</exception>
    public string WeightsOf(string name)
    {
        string path = Path.Combine(FaceEngine.FolderOf(options, name), "model.pth");
        return File.Exists(path) ? path : throw new ModelException(ModelFault.Missing, $"{path} is not there; without it nothing can be personalized");
    }

    private static JsonElement Read(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(folder, BaseModel.ManifestFile)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return default; // No model of ours.
        }
    }
}
