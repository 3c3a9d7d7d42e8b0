using Avatar2D.AvatarEngine.Inference;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Tests.Inference;

public sealed class FallbackRunnerTests : IDisposable
{
    private static readonly TensorSpec[] X = [new("x", [2])];
    private readonly FakeRunner _device;
    private readonly FakeRunner _processor = new(X, X, (i, o) => i[0].CopyTo(o[0], 0));
    private readonly List<string> _failures = [];
    private bool _broken;

    public FallbackRunnerTests() => _device = new(X, X, (i, o) =>
    {
        if (_broken)
            throw new InferenceException("device lost");
        o[0][0] = i[0][0] * 10;
    });

    public void Dispose()
    {
        _device.Dispose();
        _processor.Dispose();
    }

    [Fact]
    public void Run_DeviceWorks_StaysThere()
    {
        using FallbackRunner runner = Runner();
        runner.Input(0)[0] = 4;
        runner.Run();
        Assert.Equal(40, runner.Output(0)[0]);
        Assert.Equal(0, _processor.Runs);
    }

    [Fact]
    public void Run_DeviceFails_SameRunIsDoneByTheProcessor()
    {
        using FallbackRunner runner = Runner();
        runner.Run();
        _broken = true;
        runner.Input(0)[0] = 7;
        runner.Input(0)[1] = 8;

        runner.Run();

        Assert.Equal([7, 8], runner.Output(0).ToArray());
        Assert.True(_device.IsDisposed);
        Assert.Equal(["device lost"], _failures);
    }

    [Fact]
    public void Run_AfterAFailure_AsksTheDeviceNoMore()
    {
        using FallbackRunner runner = Runner();
        _broken = true;
        runner.Run();
        _broken = false;
        runner.Run();
        Assert.Equal(1, _device.Runs);
        Assert.Equal(2, _processor.Runs);
        Assert.Single(_failures);
    }

    private FallbackRunner Runner() => new(_device, () => _processor, e => _failures.Add(e.Message));
}
