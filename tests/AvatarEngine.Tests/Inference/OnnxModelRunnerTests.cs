using Avatar2D.AvatarEngine.Inference;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Tests.Inference;

public sealed class OnnxModelRunnerTests
{
    private static readonly InferenceOptions Options = new();

    [Theory]
    [InlineData("affine.onnx")]
    [InlineData("affine-half.onnx")]
    public void Run_Affine_ComputesTwoXPlusOne(string file)
    {
        using OnnxNetwork network = Load(file);
        using IModelRunner runner = network.CreateRunner(batch: 2);
        ((ReadOnlySpan<float>)[1, -2, 0.5f, 100, 0, -0.25f]).CopyTo(runner.Input(0));

        runner.Run();

        Assert.Equal([3, -3, 2, 201, 1, 0.5f], runner.Output(0).ToArray());
        Assert.Equal(new TensorSpec("x", [3]), Assert.Single(runner.Inputs));
        Assert.Equal(new TensorSpec("y", [3]), Assert.Single(runner.Outputs));
    }

    [Theory]
    [InlineData("affine.onnx")]
    [InlineData("affine-half.onnx")]
    public void Run_ManyTimes_AllocatesNothing(string file)
    {
        using OnnxNetwork network = Load(file);
        using IModelRunner runner = network.CreateRunner();
        for (int i = 0; i < 50; i++)
            runner.Run();

        Assert.Equal(0, AllocationMeter.LeastBytes(() =>
        {
            for (int i = 0; i < 50; i++)
            {
                runner.Input(0)[0] = i;
                runner.Run();
            }
        }));
        Assert.Equal(99, runner.Output(0)[0]);
    }

    [Fact]
    public void Run_TwoRunnersOfOneNetwork_DoNotShareBuffers()
    {
        using OnnxNetwork network = Load("affine.onnx");
        using IModelRunner one = network.CreateRunner();
        using IModelRunner other = network.CreateRunner();
        one.Input(0)[0] = 1;
        other.Input(0)[0] = 5;
        one.Run();
        other.Run();
        Assert.Equal(3, one.Output(0)[0]);
        Assert.Equal(11, other.Output(0)[0]);
    }

    [Fact]
    public void Run_RuntimeFails_SaysWhichNetworkAndRunsOn()
    {
        using var network = new OnnxNetwork("decoder", File.ReadAllBytes(Fixture.PathOf("failing-decoder.onnx")), ExecutionProvider.Cpu, Options);
        using IModelRunner runner = network.CreateRunner();
        int z = runner.Inputs.Count - 1;
        runner.Input(z)[MotionCode.LipGap] = 0.5f;

        var exception = Assert.Throws<InferenceException>(runner.Run);
        Assert.Contains("'decoder' failed on Cpu", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0.5f, runner.Input(z)[MotionCode.LipGap]);
        runner.Input(z).Clear();
        runner.Run();
    }

    [Fact]
    public void Constructor_NoNetwork_SaysWhich()
    {
        var exception = Assert.Throws<ModelException>(() => new OnnxNetwork("decoder", [1, 2, 3], ExecutionProvider.Cpu, Options));
        Assert.Equal(ModelFault.Corrupt, exception.Fault);
        Assert.Contains("'decoder'", exception.Message, StringComparison.Ordinal);
    }

    private static OnnxNetwork Load(string file) => new("affine", File.ReadAllBytes(Fixture.PathOf(file)), ExecutionProvider.Cpu, Options);
}
