using System.Text.Json;

namespace Avatar2D.AvatarEngine.Models;

/// <summary>Reads manifest.json; whatever is wrong becomes a <see cref="ModelException"/> that names the place.</summary>
internal static class ManifestReader
{
    /// <summary>Reads a manifest.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="origin">The file's name for messages.</param>
    /// <exception cref="ModelException">Corrupt or of another format.</exception>
    public static ModelManifest Read(ReadOnlyMemory<byte> json, string origin)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            int format = root.GetProperty("format").GetInt32();
            if (format != ModelManifest.SupportedFormat)
            {
                throw new ModelException(
                    ModelFault.WrongVersion, $"{origin} has format {format}; this program reads format {ModelManifest.SupportedFormat}.");
            }

            return ReadFields(root);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ModelException(ModelFault.Corrupt, $"{origin} is no manifest of a model: {exception.Message}", exception);
        }
    }

    private static ModelManifest ReadFields(JsonElement root)
    {
        JsonElement code = root.GetProperty("code");
        string[] names = [.. code.GetProperty("explicit").EnumerateArray().Select(Text)];
        return new ModelManifest
        {
            Name = Text(root.GetProperty("name")),
            Kind = Text(root.GetProperty("kind")),
            PatchPx = root.GetProperty("patch_px").GetInt32(),
            Window = ReadWindow(root.GetProperty("window")),
            CodeCount = names.Length + code.GetProperty("residual").GetInt32(),
            Mel = ReadMel(root.GetProperty("mel")),
            ExplicitCodes = names,
            Template =
            [
                .. from point in root.GetProperty("alignment").GetProperty("template_px").EnumerateArray()
                   from number in point.EnumerateArray()
                   select number.GetDouble(),
            ],
            Files = root.GetProperty("files").EnumerateObject().ToDictionary(
                f => f.Name, f => (Text(f.Value.GetProperty("sha256")), f.Value.GetProperty("bytes").GetInt64())),
            Networks = root.GetProperty("tensors").EnumerateObject().ToDictionary(
                n => n.Name, n => new NetworkSpec(ReadTensors(n.Value.GetProperty("inputs")), ReadTensors(n.Value.GetProperty("outputs")))),
        };
    }

    private static PatchWindow ReadWindow(JsonElement window) =>
        window.GetArrayLength() == 3 ? new PatchWindow(window[0].GetInt32(), window[1].GetInt32(), window[2].GetInt32())
        : throw new FormatException("a window is left, top and side");

    private static MelParameters ReadMel(JsonElement mel) => new(
        mel.GetProperty("sample_rate_hz").GetInt32(),
        mel.GetProperty("hop").GetInt32(),
        mel.GetProperty("window").GetInt32(),
        mel.GetProperty("fft").GetInt32(),
        mel.GetProperty("bands").GetInt32(),
        mel.GetProperty("low_hz").GetDouble(),
        mel.GetProperty("high_hz").GetDouble(),
        mel.GetProperty("floor_power").GetDouble(),
        mel.GetProperty("db_per_unit").GetDouble(),
        mel.GetProperty("offset").GetDouble(),
        mel.GetProperty("clip").GetDouble(),
        mel.GetProperty("frames_per_window").GetInt32(),
        mel.GetProperty("first_frame_offset").GetInt32());

    // The first dimension is the free batch, written as a letter.
    private static TensorSpec[] ReadTensors(JsonElement tensors) =>
        [.. tensors.EnumerateObject().Select(t =>
            new TensorSpec(t.Name, [.. t.Value.GetProperty("shape").EnumerateArray().Skip(1).Select(d => d.GetInt32())]))];

    private static string Text(JsonElement element) => element.GetString() ?? throw new FormatException("a text is null");
}
