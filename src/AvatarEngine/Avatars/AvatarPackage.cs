using System.Security.Cryptography;
using System.Text.Json;

namespace Avatar2D.AvatarEngine.Avatars;

/// <summary>
/// An avatar at rest: a folder with the source clip and its manifest, checked against each other. The clip's pictures are the
/// two references of <see cref="FaceTrack"/>, then the loop. Immutable.
/// </summary>
public sealed class AvatarPackage
{
    /// <summary>The H.264 clip.</summary>
    public const string SourceFile = "source.mp4";

    /// <summary>What is known of it; the last file to be written.</summary>
    public const string ManifestFile = "manifest.json";

    private const int MostFrames = 25 * 600;

    private AvatarPackage(string folder, AvatarManifest manifest) => (Folder, Manifest) = (folder, manifest);

    /// <summary>Where it is.</summary>
    public string Folder { get; }

    /// <summary>What is known of it.</summary>
    public AvatarManifest Manifest { get; }

    /// <summary>Path of the clip.</summary>
    public string SourcePath => Path.Combine(Folder, SourceFile);

    /// <summary>Reads and proves a package.</summary>
    /// <param name="folder">The package's own folder.</param>
    /// <exception cref="AvatarException">It cannot be used; the fault says in which way.</exception>
    public static AvatarPackage Open(string folder)
    {
        var package = new AvatarPackage(folder, ReadManifest(folder));
        string hash = Hash(package.SourcePath);
        if (hash != package.Manifest.SourceSha256)
        {
            throw new AvatarException(
                AvatarFault.Corrupt, $"{package.SourcePath} does not have the SHA-256 of its manifest; register the avatar again.");
        }

        return package;
    }

    /// <summary>Reads a package's manifest without looking at its clip.</summary>
    /// <exception cref="AvatarException">There is none, or it cannot be used.</exception>
    public static AvatarManifest ReadManifest(string folder)
    {
        string path = Path.Combine(folder, ManifestFile);
        byte[] json = Reading(path, File.ReadAllBytes);
        try
        {
            // The format comes first: another one may have other fields.
            using (JsonDocument document = JsonDocument.Parse(json))
            {
                int format = document.RootElement.GetProperty("format").GetInt32();
                if (format != AvatarManifest.SupportedFormat)
                {
                    throw new AvatarException(
                        AvatarFault.WrongVersion, $"{path} has format {format}; this program reads format {AvatarManifest.SupportedFormat}.");
                }
            }

            AvatarManifest manifest = JsonSerializer.Deserialize(json, AvatarJson.Default.AvatarManifest)
                ?? throw new JsonException("it is null");
            return Contradiction(manifest, Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))) is { } contradiction
                ? throw new AvatarException(AvatarFault.Corrupt, $"{path} is no manifest of an avatar: {contradiction}.")
                : manifest;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new AvatarException(AvatarFault.Corrupt, $"{path} is no manifest of an avatar: {exception.Message}", exception);
        }
    }

    /// <summary>SHA-256 of a file, lower-case hex.</summary>
    /// <exception cref="AvatarException">It cannot be read.</exception>
    internal static string Hash(string path) => Reading(path, static file =>
    {
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    });

    private static T Reading<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AvatarException(AvatarFault.Missing, $"{path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>What is wrong with a manifest, or null.</summary>
    /// <param name="m">The manifest.</param>
    /// <param name="place">Name of its folder.</param>
    internal static string? Contradiction(AvatarManifest m, string place)
    {
        if (!AvatarName.IsValid(m.Name))
            return $"'{m.Name}' is no name";
        if (m.Name != place)
            return $"it is that of '{m.Name}', its folder is '{place}'";
        if (m.Width < 16 || m.Height < 16 || m.Width > 4096 || m.Height > 4096 || ((m.Width | m.Height) & 1) != 0)
            return $"a clip of {m.Width}x{m.Height} cannot be";
        if (!(m.FramesPerSecond is > 0 and <= 240))
            return "framesPerSecond is not from 0 to 240";
        if (m.LoopFrames is < 1 or > MostFrames)
            return $"loopFrames is not from 1 to {MostFrames}";
        if (m.Transforms.Count != m.LoopFrames + FaceTrack.References)
            return $"it has {m.Transforms.Count} transforms for {FaceTrack.References} references and {m.LoopFrames} pictures";
        return m.Transforms.All(t => t.Scale is > 0.01 and < 100) ? null : "a transform has no size";
    }
}
