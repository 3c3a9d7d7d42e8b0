using Avatar2D.AvatarEngine.Models;
using Microsoft.ML.OnnxRuntime;

namespace Avatar2D.AvatarEngine.Inference;

/// <summary>Runs a network by ONNX Runtime over buffers that are bound once.</summary>
internal sealed class OnnxModelRunner : IModelRunner
{
    private readonly OnnxNetwork _network;
    private readonly TensorBuffer[] _inputs;
    private readonly TensorBuffer[] _outputs;
    private readonly RunOptions _options = new();
    private readonly OrtIoBinding? _binding;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly OrtValue[] _inputValues;
    private readonly OrtValue[] _outputValues;

    internal OnnxModelRunner(OnnxNetwork network, TensorBuffer[] inputs, TensorBuffer[] outputs)
    {
        _network = network;
        _inputs = inputs;
        _outputs = outputs;
        _inputNames = [.. network.Inputs.Select(s => s.Name)];
        _outputNames = [.. network.Outputs.Select(s => s.Name)];
        _inputValues = [.. inputs.Select(b => b.Value)];
        _outputValues = [.. outputs.Select(b => b.Value)];
        // A device copies its inputs when they are bound, not when it runs, so only the processor can bind once for ever.
        if (network.Provider != ExecutionProvider.Cpu)
            return;
        _binding = network.Session.CreateIoBinding();
        for (int i = 0; i < inputs.Length; i++)
            _binding.BindInput(_inputNames[i], _inputValues[i]);
        for (int i = 0; i < outputs.Length; i++)
            _binding.BindOutput(_outputNames[i], _outputValues[i]);
    }

    public IReadOnlyList<TensorSpec> Inputs => _network.Inputs;

    public IReadOnlyList<TensorSpec> Outputs => _network.Outputs;

    public Span<float> Input(int index) => _inputs[index].Values;

    public ReadOnlySpan<float> Output(int index) => _outputs[index].Values;

    public void Run()
    {
        foreach (TensorBuffer input in _inputs)
            input.Push();
        try
        {
            if (_binding is not null)
                _network.Session.RunWithBinding(_options, _binding);
            else
                _network.Session.Run(_options, _inputNames, _inputValues, _outputNames, _outputValues);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InferenceException($"Network '{_network.Name}' failed on {_network.Provider}: {exception.Message}", exception);
        }

        foreach (TensorBuffer output in _outputs)
            output.Pull();
    }

    public void Dispose()
    {
        _binding?.Dispose();
        _options.Dispose();
        foreach (TensorBuffer buffer in _inputs)
            buffer.Dispose();
        foreach (TensorBuffer buffer in _outputs)
            buffer.Dispose();
    }
}
