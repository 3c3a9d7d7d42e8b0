using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Options;
using Microsoft.Extensions.Logging;

namespace Avatar2D.Gateway.Tests.Avatars;

/// <summary>
/// The engine's tests' model of a few kilobytes in a folder of its own, if wanted with a network that ONNX Runtime loads but cannot run
/// on some inputs (make_fixtures.py): the decoder and the audio encoder fail as soon as somebody speaks, the source encoder always.
/// </summary>
internal sealed class FailingModel : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("avatar2d-mini-");

    /// <summary>Copies the model.</summary>
    /// <param name="network">That fails; null for none.</param>
    public FailingModel(string? network)
    {
        string target = Path.Combine(_folder.FullName, "mini");
        Directory.CreateDirectory(target);
        string fixtures = Path.Combine(AppContext.BaseDirectory, "Fixtures");
        foreach (string file in Directory.GetFiles(Path.Combine(fixtures, "mini")))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        if (network is null)
            return;
        byte[] failing = File.ReadAllBytes(Path.Combine(fixtures, $"failing-{network}.onnx"));
        File.WriteAllBytes(Path.Combine(target, $"{network}.onnx"), failing);
        string path = Path.Combine(target, "manifest.json");
        JsonNode manifest = JsonNode.Parse(File.ReadAllText(path))!; // A fixture.
        manifest["files"]![$"{network}.onnx"] = new JsonObject
        {
            ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(failing)),
            ["bytes"] = failing.Length,
        };
        File.WriteAllText(path, manifest.ToJsonString());
    }

    /// <summary>The engine of that model.</summary>
    public FaceEngine Engine(ILogger logger) => new(new EngineOptions { Folder = _folder.FullName, Model = "mini" }, logger);

    public void Dispose() => _folder.Delete(recursive: true);
}
