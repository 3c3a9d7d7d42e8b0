using System.Text.Json;
using Avatar2D.AvatarEngine.Inference;
using Avatar2D.AvatarEngine.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.AvatarEngine.Tests.Models;

/// <summary>Every base model in the repository's models folder loads, and computes what PyTorch wrote into its manifest.</summary>
public sealed class ShippedModelsTests
{
    private const double Tolerance = 2e-3;

    [Fact]
    public void Golden_OfEveryModel_IsWhatPyTorchComputed()
    {
        string[] folders = Folders();
        Assert.SkipWhen(folders.Length == 0, "No model is shipped.");
        foreach (string folder in folders)
            Check(folder);
    }

    private static void Check(string folder)
    {
        BaseModel model = BaseModel.Load(folder);
        using FaceNetworks networks = FaceNetworks.Load(model, new InferenceOptions { Provider = ProviderRequest.Cpu }, NullLogger.Instance);
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, BaseModel.ManifestFile)));
        foreach (JsonProperty golden in manifest.RootElement.GetProperty("golden").GetProperty("outputs").EnumerateObject())
        {
            using IModelRunner runner = networks.CreateRunner(golden.Name);
            for (int i = 0; i < runner.Inputs.Count; i++)
            {
                Span<float> input = runner.Input(i);
                for (int k = 0; k < input.Length; k++)
                    input[k] = 37L * k % 101 / 101f;
            }

            runner.Run();
            for (int i = 0; i < runner.Outputs.Count; i++)
            {
                JsonElement expected = golden.Value.GetProperty(runner.Outputs[i].Name);
                float[] got = runner.Output(i).ToArray();
                Assert.Equal(expected.GetProperty("mean").GetDouble(), got.Average(), Tolerance);
                Assert.All(expected.GetProperty("first").Numbers().Zip(got), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
            }
        }
    }

    private static string[] Folders()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Avatar2D.sln")))
            folder = folder.Parent;
        string models = Path.Combine(folder?.FullName ?? "", "models");
        return Directory.Exists(models) ? [.. Directory.GetDirectories(models, "base-*").Where(d => File.Exists(Path.Combine(d, BaseModel.ManifestFile)))] : [];
    }
}
