using System.Security.Cryptography;
using System.Text.Json;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Faces;

/// <summary>
/// The files of the face detector and the landmark net, read once and checked against their manifests; makes the objects that
/// use them, one per thread. Immutable; any thread.
/// </summary>
public sealed class FaceModels
{
    /// <summary>Folder names under the folder of all models.</summary>
    public const string DetectorFolder = "faces-detector-1", LandmarksFolder = "faces-landmarks-2";

    /// <summary>Of the manifests of both networks.</summary>
    private const int SupportedFormat = 1;

    private readonly byte[] _detector;
    private readonly byte[] _landmarks;

    private FaceModels(byte[] detector, byte[] landmarks)
    {
        _detector = detector;
        _landmarks = landmarks;
    }

    /// <summary>Reads both models.</summary>
    /// <param name="folder">Holds <see cref="DetectorFolder"/> and <see cref="LandmarksFolder"/>.</param>
    /// <exception cref="ModelException">A file is missing or not the one of its manifest.</exception>
    public static FaceModels Load(string folder) => new(
        Read(Path.Combine(folder, DetectorFolder), "detector.onnx"), Read(Path.Combine(folder, LandmarksFolder), "landmarks.onnx"));

    /// <summary>A detector for one thread.</summary>
    public FaceDetector CreateDetector() => new(new OnnxFaceNetwork(
        _detector, "detector.onnx", FaceDetector.InputLength, FaceDetector.OutputLength));

    /// <summary>A landmark reader for one thread.</summary>
    public FaceLandmarker CreateLandmarker() => new(new OnnxFaceNetwork(
        _landmarks, "landmarks.onnx", FaceLandmarker.InputLength, FacePoints.Count * 2, 1));

    /// <summary>A tracker for one picture stream; it owns a detector and a landmark reader.</summary>
    public FaceTracker CreateTracker(FaceTrackerOptions? options = null) => new(CreateDetector(), CreateLandmarker(), options ?? new());

    private static byte[] Read(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        try
        {
            byte[] file = File.ReadAllBytes(path);
            using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
            JsonElement root = manifest.RootElement;
            if (root.GetProperty("format").GetInt32() != SupportedFormat)
                throw new ModelException(ModelFault.WrongVersion, $"{folder} has a manifest of another format.");
            string? hash = root.GetProperty("files").GetProperty(name).GetProperty("sha256").GetString();
            if (!string.Equals(hash, Convert.ToHexString(SHA256.HashData(file)), StringComparison.OrdinalIgnoreCase))
                throw new ModelException(ModelFault.Corrupt, $"{path} does not have the SHA-256 of its manifest.");
            return file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(ModelFault.Missing, $"{path} or its manifest cannot be read: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ModelException(ModelFault.Corrupt, $"The manifest of {folder} cannot be read: {exception.Message}", exception);
        }
    }
}
