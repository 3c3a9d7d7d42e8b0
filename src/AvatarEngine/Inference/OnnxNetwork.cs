using Avatar2D.AvatarEngine.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Avatar2D.AvatarEngine.Inference;

/// <summary>A loaded .onnx file on one provider; makes a runner per thread. Thread-safe.</summary>
internal sealed class OnnxNetwork : IDisposable
{
    private readonly TensorElementType[] _inputTypes;
    private readonly TensorElementType[] _outputTypes;

    /// <summary>Loads a network.</summary>
    /// <param name="name">For messages.</param>
    /// <param name="file">The .onnx file.</param>
    /// <param name="provider">Where it runs.</param>
    /// <param name="options">Device and cache of a GPU.</param>
    /// <exception cref="ModelException">No network, or one with tensors that are not served.</exception>
    /// <exception cref="OnnxRuntimeException">The provider does not start.</exception>
    public OnnxNetwork(string name, byte[] file, ExecutionProvider provider, InferenceOptions options)
    {
        Name = name;
        Provider = provider;
        using SessionOptions settings = Settings(provider, options);
        try
        {
            Session = new InferenceSession(file, settings);
        }
        catch (OnnxRuntimeException exception) when (provider == ExecutionProvider.Cpu)
        {
            throw new ModelException(ModelFault.Corrupt, $"ONNX Runtime does not load network '{name}': {exception.Message}", exception);
        }

        try
        {
            Inputs = Specs(Session.InputNames, Session.InputMetadata, out _inputTypes);
            Outputs = Specs(Session.OutputNames, Session.OutputMetadata, out _outputTypes);
        }
        catch
        {
            Session.Dispose();
            throw;
        }
    }

    public string Name { get; }

    public ExecutionProvider Provider { get; }

    public IReadOnlyList<TensorSpec> Inputs { get; }

    public IReadOnlyList<TensorSpec> Outputs { get; }

    internal InferenceSession Session { get; }

    /// <summary>Buffers for one thread; the network must outlive it.</summary>
    /// <param name="batch">Elements per run.</param>
    /// <exception cref="InferenceException">The runtime does not take the buffers.</exception>
    public OnnxModelRunner CreateRunner(int batch = 1)
    {
        try
        {
            return new OnnxModelRunner(
                this,
                [.. Inputs.Zip(_inputTypes, (spec, type) => new TensorBuffer(spec, type, batch))],
                [.. Outputs.Zip(_outputTypes, (spec, type) => new TensorBuffer(spec, type, batch))]);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InferenceException($"Network '{Name}' gets no buffers on {Provider}: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Session.Dispose();

    private static SessionOptions Settings(ExecutionProvider provider, InferenceOptions options)
    {
        // One thread per network: calls run side by side, which beats splitting one call's network (docs/decisions/0004).
        var settings = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, // Failures come as exceptions and are logged once by the host.
        };
        try
        {
            if (provider == ExecutionProvider.TensorRt)
            {
                using var tensorRt = new OrtTensorRTProviderOptions();
                tensorRt.UpdateOptions(TensorRtSettings(options));
                settings.AppendExecutionProvider_Tensorrt(tensorRt);
            }

            if (provider != ExecutionProvider.Cpu)
                settings.AppendExecutionProvider_CUDA(options.DeviceId);
            return settings;
        }
        catch
        {
            settings.Dispose();
            throw;
        }
    }

    private static Dictionary<string, string> TensorRtSettings(InferenceOptions options)
    {
        var settings = new Dictionary<string, string>
        {
            ["device_id"] = options.DeviceId.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["trt_fp16_enable"] = "1",
        };
        if (options.EngineCacheFolder is { } folder)
        {
            settings["trt_engine_cache_enable"] = "1";
            settings["trt_engine_cache_path"] = folder;
        }

        return settings;
    }

    private TensorSpec[] Specs(IReadOnlyList<string> names, IReadOnlyDictionary<string, NodeMetadata> metadata, out TensorElementType[] types)
    {
        types = new TensorElementType[names.Count];
        var specs = new TensorSpec[names.Count];
        for (int i = 0; i < names.Count; i++)
        {
            NodeMetadata node = metadata[names[i]];
            if (!node.IsTensor || node.ElementDataType is not (TensorElementType.Float or TensorElementType.Float16))
                throw new ModelException(ModelFault.Mismatch, $"Tensor '{names[i]}' of network '{Name}' is neither float nor half.");
            if (node.Dimensions.Length < 2 || node.Dimensions.Skip(1).Any(d => d <= 0))
            {
                throw new ModelException(
                    ModelFault.Mismatch, $"Tensor '{names[i]}' of network '{Name}' has free sizes after the batch: [{string.Join(',', node.Dimensions)}].");
            }

            types[i] = node.ElementDataType;
            specs[i] = new TensorSpec(names[i], node.Dimensions[1..]);
        }

        return specs;
    }
}
