using Avatar2D.AvatarEngine.Inference;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Options;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Benchmarks;

/// <summary>The networks of the model that a gateway takes by itself, ONNX Runtime on one core: decoder and audio encoder run for
/// every picture, the source encoder once for every source frame.</summary>
public class NetworkBenchmarks : IDisposable
{
    private FaceNetworks? _networks;
    private IModelRunner? _decoder;
    private IModelRunner? _audio;
    private IModelRunner? _source;

    /// <summary>Loads the model and fills the inputs.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var engine = new EngineOptions();
        BaseModel model = BaseModel.Load(FaceEngine.FolderOf(engine, engine.Model));
        _networks = FaceNetworks.Load(model, new InferenceOptions { Provider = ProviderRequest.Cpu }, NullLogger.Instance);
        _decoder = Filled(NetworkNames.Decoder);
        _audio = Filled(NetworkNames.AudioEncoder);
        _source = Filled(NetworkNames.SourceEncoder);
    }

    [Benchmark(Description = "Decoder")]
    public void Decoder() => _decoder!.Run(); // Set up above, as all here.

    [Benchmark(Description = "Audio encoder")]
    public void AudioEncoder() => _audio!.Run();

    [Benchmark(Description = "Source encoder")]
    public void SourceEncoder() => _source!.Run();

    [GlobalCleanup]
    public void Dispose()
    {
        _decoder?.Dispose();
        _audio?.Dispose();
        _source?.Dispose();
        _networks?.Dispose();
        GC.SuppressFinalize(this);
    }

    private IModelRunner Filled(string network)
    {
        IModelRunner runner = _networks!.CreateRunner(network);
        for (int i = 0; i < runner.Inputs.Count; i++)
        {
            Span<float> input = runner.Input(i);
            for (int k = 0; k < input.Length; k++)
                input[k] = 37L * k % 101 / 101f;
        }

        return runner;
    }
}
