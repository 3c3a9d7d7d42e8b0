using System.Security.Cryptography;

namespace Avatar2D.AvatarEngine.Models;

/// <summary>
/// A face model at rest, read from its folder and proven: every network file has the manifest's hash, and mel, patch, motion
/// code and shapes are those that this program serves. Immutable; any thread.
/// </summary>
public sealed class BaseModel
{
    /// <summary>Name of the manifest in a model's folder.</summary>
    public const string ManifestFile = "manifest.json";

    private readonly Dictionary<string, byte[]> _networks;

    private BaseModel(ModelManifest manifest, Dictionary<string, byte[]> networks)
    {
        Manifest = manifest;
        _networks = networks;
    }

    /// <summary>What the folder says about itself.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>Name of the model.</summary>
    public string Name => Manifest.Name;

    /// <summary>Side of its patches, pixels.</summary>
    public int PatchPx => Manifest.PatchPx;

    /// <summary>The part of its patches that it makes.</summary>
    public PatchWindow Window => Manifest.Window;

    /// <summary>Numbers of z.</summary>
    public int CodeCount => Manifest.CodeCount;

    /// <summary>Whether the model has this network (<see cref="NetworkNames"/>).</summary>
    public bool Has(string network) => _networks.ContainsKey(network);

    /// <summary>Reads and checks a model.</summary>
    /// <param name="folder">Holds manifest.json and the .onnx files.</param>
    /// <exception cref="ModelException">Something is missing, corrupt, of another version or made with other conventions.</exception>
    public static BaseModel Load(string folder)
    {
        string manifestPath = Path.Combine(folder, ManifestFile);
        ModelManifest manifest = ManifestReader.Read(ReadFile(manifestPath), manifestPath);
        ModelConventions.Check(manifest, manifestPath);
        var networks = new Dictionary<string, byte[]>();
        foreach (string network in manifest.Networks.Keys)
            networks.Add(network, ReadNetwork(folder, network, manifest));
        return new BaseModel(manifest, networks);
    }

    /// <summary>The .onnx file of a network that the model has.</summary>
    internal byte[] NetworkFile(string network) => _networks[network];

    private static byte[] ReadNetwork(string folder, string network, ModelManifest manifest)
    {
        string name = network + ".onnx";
        if (!manifest.Files.TryGetValue(name, out (string Sha256, long Bytes) expected))
            throw new ModelException(ModelFault.Corrupt, $"The manifest of model '{manifest.Name}' has no hash of {name}.");
        string path = Path.Combine(folder, name);
        byte[] file = ReadFile(path);
        if (file.Length != expected.Bytes)
            throw new ModelException(ModelFault.Corrupt, $"{path} has {file.Length} bytes, its manifest says {expected.Bytes}.");
        if (!string.Equals(Convert.ToHexString(SHA256.HashData(file)), expected.Sha256, StringComparison.OrdinalIgnoreCase))
            throw new ModelException(ModelFault.Corrupt, $"{path} does not have the SHA-256 of its manifest.");
        return file;
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelException(ModelFault.Missing, $"{path} is not there.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(ModelFault.Missing, $"{path} cannot be read: {exception.Message}", exception);
        }
    }
}
