using Avatar2D.AvatarEngine.Models;
using Microsoft.ML.OnnxRuntime;

namespace Avatar2D.AvatarEngine.Faces;

/// <summary>A face network on one processor thread; the nets are too small to gain from a GPU. Batch 1, buffers bound once.</summary>
internal sealed class OnnxFaceNetwork : IFaceNetwork
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly OrtIoBinding _binding;
    private readonly float[] _input;
    private readonly float[][] _outputs;
    private readonly List<OrtValue> _values = [];

    /// <summary>Loads a network.</summary>
    /// <param name="file">The .onnx file.</param>
    /// <param name="origin">Its name for messages.</param>
    /// <param name="inputLength">Numbers that the input must have.</param>
    /// <param name="outputLengths">Numbers that each output must have.</param>
    /// <exception cref="ModelException">No network, or one of another shape.</exception>
    public OnnxFaceNetwork(byte[] file, string origin, int inputLength, params ReadOnlySpan<int> outputLengths)
    {
        using var settings = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, // Failures come as exceptions.
        };
        try
        {
            _session = new InferenceSession(file, settings);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelException(ModelFault.Corrupt, $"ONNX Runtime does not load {origin}: {exception.Message}", exception);
        }

        _binding = _session.CreateIoBinding();
        if (_session.InputNames.Count != 1 || _session.OutputNames.Count != outputLengths.Length)
            throw new ModelException(ModelFault.Mismatch, $"{origin} has {_session.InputNames.Count} inputs and {_session.OutputNames.Count} outputs.");
        string name = _session.InputNames[0];
        _input = Buffer(name, _session.InputMetadata[name], inputLength, origin, out OrtValue value);
        _binding.BindInput(name, value);
        _outputs = new float[outputLengths.Length][];
        for (int i = 0; i < _outputs.Length; i++)
        {
            name = _session.OutputNames[i];
            _outputs[i] = Buffer(name, _session.OutputMetadata[name], outputLengths[i], origin, out value);
            _binding.BindOutput(name, value);
        }
    }

    public Span<float> Input => _input;

    public ReadOnlySpan<float> Output(int index) => _outputs[index];

    public void Run() => _session.RunWithBinding(_options, _binding);

    public void Dispose()
    {
        _binding.Dispose();
        foreach (OrtValue value in _values)
            value.Dispose();
        _options.Dispose();
        _session.Dispose();
    }

    private float[] Buffer(string name, NodeMetadata node, int length, string origin, out OrtValue value)
    {
        long[] shape = [1, .. node.Dimensions.Skip(1).Select(d => (long)d)];
        if (!node.IsTensor || node.ElementType != typeof(float) || shape.Aggregate(1L, (product, size) => product * size) != length)
            throw new ModelException(ModelFault.Mismatch, $"Tensor '{name}' of {origin} is [{string.Join(',', shape)}], not {length} floats.");
        float[] memory = GC.AllocateArray<float>(length, pinned: true);
        value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory.AsMemory(), shape);
        _values.Add(value);
        return memory;
    }
}
