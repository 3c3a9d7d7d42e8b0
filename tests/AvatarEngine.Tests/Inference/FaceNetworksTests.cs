using Avatar2D.AvatarEngine.Inference;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Tests.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.AvatarEngine.Tests.Inference;

public sealed class FaceNetworksTests : IDisposable, ILogger
{
    private readonly ModelFolder _folder = new();
    private readonly List<string> _log = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_WholeModel_RunsOnTheProcessorAndSaysWhy()
    {
        using FaceNetworks networks = Load();
        Assert.Equal(ExecutionProvider.Cpu, networks.Choice.Provider);
        Assert.StartsWith("Cpu: ", networks.Choice.Reason, StringComparison.Ordinal);
        using IModelRunner audio = networks.CreateRunner(NetworkNames.AudioEncoder);
        audio.Input(0).Fill(4);
        audio.Run();
        Assert.Equal(1, audio.Output(0)[MotionCode.JawOpen], 1e-5);
    }

    [Fact]
    public void Load_NoOnnxInside_IsCorrupt()
    {
        _folder.Replace("decoder.onnx", [1, 2, 3, 4]);
        var exception = Assert.Throws<ModelException>(() => Load().Dispose());
        Assert.Equal(ModelFault.Corrupt, exception.Fault);
        Assert.Contains("'decoder'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OtherNetworkInside_IsMismatch()
    {
        _folder.Replace("audio_encoder.onnx", File.ReadAllBytes(Fixture.PathOf("affine.onnx")));
        var exception = Assert.Throws<ModelException>(() => Load().Dispose());
        Assert.Equal(ModelFault.Mismatch, exception.Fault);
        Assert.Contains("audio_encoder.onnx has inputs x [b,3]", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CreateRunner_DeviceFailsInARun_ThatRunAndAllNewRunnersAreTheProcessors()
    {
        using FaceNetworks networks = LoadOnDevice("decoder", "failing-decoder.onnx");
        Assert.Equal(ExecutionProvider.Cuda, networks.Choice.Provider);
        using IModelRunner runner = networks.CreateRunner(NetworkNames.Decoder);
        int z = runner.Inputs.Count - 1;
        runner.Run();
        runner.Input(z)[MotionCode.LipGap] = 0.5f;
        runner.Run();
        float[] made = runner.Output(0).ToArray();
        using IModelRunner next = networks.CreateRunner(NetworkNames.Decoder);
        using IModelRunner audio = networks.CreateRunner(NetworkNames.AudioEncoder);

        using FaceNetworks processor = Load();
        using IModelRunner expected = processor.CreateRunner(NetworkNames.Decoder);
        expected.Input(z)[MotionCode.LipGap] = 0.5f;
        expected.Run();
        Assert.Equal(expected.Output(0).ToArray(), made);
        Assert.IsType<OnnxModelRunner>(next);
        Assert.IsType<OnnxModelRunner>(audio);
        string line = Assert.Single(_log, l => l.StartsWith("Error", StringComparison.Ordinal));
        Assert.Contains("Network decoder of model mini failed on Cuda", line, StringComparison.Ordinal);
    }

    [Fact]
    public void CreateRunner_DeviceFailsForManyCalls_IsToldOnce()
    {
        using FaceNetworks networks = LoadOnDevice("source_encoder", "failing-source_encoder.onnx");
        using IModelRunner one = networks.CreateRunner(NetworkNames.SourceEncoder);
        using IModelRunner other = networks.CreateRunner(NetworkNames.SourceEncoder);
        one.Run();
        other.Run();

        Assert.Single(_log, l => l.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_ProcessorCannotStandInForTheDevice_IsTold()
    {
        BaseModel model = BaseModel.Load(_folder.Root);
        var refusal = new ModelException(ModelFault.Corrupt, "no");
        Assert.Same(refusal, Assert.Throws<ModelException>(() => FaceNetworks.Load(
            model, ProviderRequest.Cuda, ["CUDAExecutionProvider"], p => p == ExecutionProvider.Cpu ? throw refusal : Networks(model), this)));
    }

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _log.Add($"{logLevel} {formatter(state, exception)}");

    /// <summary>What stands for a device is the processor with one network that fails.</summary>
    private FaceNetworks LoadOnDevice(string network, string file)
    {
        BaseModel model = BaseModel.Load(_folder.Root);
        return FaceNetworks.Load(model, ProviderRequest.Cuda, ["CUDAExecutionProvider"], provider =>
        {
            Dictionary<string, OnnxNetwork> all = Networks(model);
            if (provider == ExecutionProvider.Cpu)
                return all;
            all[network].Dispose();
            all[network] = new OnnxNetwork(network, File.ReadAllBytes(Fixture.PathOf(file)), ExecutionProvider.Cpu, new InferenceOptions());
            return all;
        }, this);
    }

    private static Dictionary<string, OnnxNetwork> Networks(BaseModel model) => model.Manifest.Networks.Keys.ToDictionary(
        name => name, name => new OnnxNetwork(name, model.NetworkFile(name), ExecutionProvider.Cpu, new InferenceOptions()));

    private FaceNetworks Load() => FaceNetworks.Load(BaseModel.Load(_folder.Root), new InferenceOptions(), NullLogger.Instance);
}
