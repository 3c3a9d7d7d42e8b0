using Avatar2D.AvatarEngine.Inference;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Tests.Inference;

/// <summary>A network made of a delegate.</summary>
internal sealed class FakeRunner(TensorSpec[] inputs, TensorSpec[] outputs, Action<float[][], float[][]> compute) : IModelRunner
{
    private readonly float[][] _inputs = [.. inputs.Select(s => new float[s.Length])];
    private readonly float[][] _outputs = [.. outputs.Select(s => new float[s.Length])];

    public int Runs { get; private set; }

    public bool IsDisposed { get; private set; }

    public IReadOnlyList<TensorSpec> Inputs => inputs;

    public IReadOnlyList<TensorSpec> Outputs => outputs;

    public Span<float> Input(int index) => _inputs[index];

    public ReadOnlySpan<float> Output(int index) => _outputs[index];

    public void Run()
    {
        Runs++;
        compute(_inputs, _outputs);
    }

    public void Dispose() => IsDisposed = true;
}
