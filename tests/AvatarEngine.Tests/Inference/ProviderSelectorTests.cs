using Avatar2D.AvatarEngine.Inference;

namespace Avatar2D.AvatarEngine.Tests.Inference;

public sealed class ProviderSelectorTests
{
    private static readonly string[] CpuBuild = ["CPUExecutionProvider"];
    private static readonly string[] GpuBuild = ["TensorrtExecutionProvider", "CUDAExecutionProvider", "CPUExecutionProvider"];

    [Theory]
    [InlineData(ProviderRequest.Auto, false)]
    [InlineData(ProviderRequest.Cpu, false)]
    [InlineData(ProviderRequest.Cuda, true)]
    [InlineData(ProviderRequest.TensorRt, true)]
    public void Select_CpuBuild_IsCpuAndSaysWhetherThatIsLess(ProviderRequest request, bool fallback)
    {
        ProviderChoice choice = Select(request, CpuBuild, _ => true);
        Assert.Equal(ExecutionProvider.Cpu, choice.Provider);
        Assert.Equal(fallback, choice.IsFallback);
        Assert.Equal(request != ProviderRequest.Cpu, choice.Reason.Contains("-p:OnnxRuntime=Gpu", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ProviderRequest.Auto, ExecutionProvider.TensorRt)]
    [InlineData(ProviderRequest.Cpu, ExecutionProvider.Cpu)]
    [InlineData(ProviderRequest.Cuda, ExecutionProvider.Cuda)]
    [InlineData(ProviderRequest.TensorRt, ExecutionProvider.TensorRt)]
    public void Select_GpuBuildThatWorks_IsWhatWasAsked(ProviderRequest request, ExecutionProvider expected)
    {
        ProviderChoice choice = Select(request, GpuBuild, _ => true);
        Assert.Equal(expected, choice.Provider);
        Assert.False(choice.IsFallback);
    }

    [Theory]
    [InlineData(ProviderRequest.Auto, ExecutionProvider.TensorRt, ExecutionProvider.Cuda)]
    [InlineData(ProviderRequest.TensorRt, ExecutionProvider.TensorRt, ExecutionProvider.Cuda)]
    [InlineData(ProviderRequest.Cuda, ExecutionProvider.Cuda, ExecutionProvider.Cpu)]
    public void Select_ProviderThatFails_FallsToTheNextAndSaysWhy(ProviderRequest request, ExecutionProvider broken, ExecutionProvider expected)
    {
        ProviderChoice choice = Select(request, GpuBuild, p => p != broken);
        Assert.Equal(expected, choice.Provider);
        Assert.True(choice.IsFallback);
        Assert.Contains($"{broken}: no libcuda", choice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Select_CpuThatFails_Throws() => Assert.Throws<DllNotFoundException>(() => Select(ProviderRequest.Auto, GpuBuild, _ => false));

    [Fact]
    public void Select_FaultOfTheModel_IsNotTheProviders() => Assert.Throws<FormatException>(() => ProviderSelector.Select<int>(
        ProviderRequest.Cuda, GpuBuild, _ => throw new FormatException(), e => e is DllNotFoundException));

    private static ProviderChoice Select(ProviderRequest request, string[] build, Func<ExecutionProvider, bool> works) => ProviderSelector.Select(
        request, build, p => works(p) ? p : throw new DllNotFoundException("no libcuda\nsecond line"), e => e is DllNotFoundException).Choice;
}
