using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Inference;

/// <summary>
/// One network with its own input and output buffers: fill the inputs, run, read the outputs. Numbers are float here; a graph
/// with half-precision tensors is converted at this border. One instance serves one thread at a time.
/// </summary>
internal interface IModelRunner : IDisposable
{
    /// <summary>Inputs in the graph's order.</summary>
    IReadOnlyList<TensorSpec> Inputs { get; }

    /// <summary>Outputs in the graph's order.</summary>
    IReadOnlyList<TensorSpec> Outputs { get; }

    /// <summary>The buffer of an input, [batch, dimensions]; ask again after a run, as a fallback may have moved it.</summary>
    Span<float> Input(int index);

    /// <summary>The buffer of an output, [batch, dimensions]; valid until the next run.</summary>
    ReadOnlySpan<float> Output(int index);

    /// <summary>Computes the outputs. Allocates nothing on the processor.</summary>
    /// <exception cref="InferenceException">The network failed; inputs keep their content.</exception>
    void Run();
}
