using Avatar2D.AvatarEngine.Inference;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Tests.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.AvatarEngine.Tests.Inference;

public sealed class FaceNetworksTests : IDisposable
{
    private readonly ModelFolder _folder = new();

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

    private FaceNetworks Load() => FaceNetworks.Load(BaseModel.Load(_folder.Root), new InferenceOptions(), NullLogger.Instance);
}
