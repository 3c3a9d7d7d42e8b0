using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Avatar2D.AvatarEngine.Tests.Models;

/// <summary>A copy of the mini model to damage.</summary>
internal sealed class ModelFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("avatar2d-model-");

    public ModelFolder()
    {
        foreach (string file in Directory.GetFiles(Fixture.PathOf("mini")))
            File.Copy(file, PathOf(Path.GetFileName(file)));
    }

    public string Root => _folder.FullName;

    public string PathOf(string name) => Path.Combine(Root, name);

    public void EditManifest(Action<JsonNode> edit)
    {
        string path = PathOf("manifest.json");
        JsonNode manifest = JsonNode.Parse(File.ReadAllText(path))!;
        edit(manifest);
        File.WriteAllText(path, manifest.ToJsonString());
    }

    /// <summary>Another file under the same name, with the manifest's blessing.</summary>
    public void Replace(string name, byte[] content)
    {
        File.WriteAllBytes(PathOf(name), content);
        EditManifest(m => m["files"]![name] = new JsonObject
        {
            ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(content)),
            ["bytes"] = content.Length,
        });
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
