using Avatar2D.AvatarEngine.Diagnostics;
using Avatar2D.AvatarEngine.Models;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace Avatar2D.AvatarEngine.Inference;

/// <summary>A face model loaded into ONNX Runtime, shared by all calls that use it. Thread-safe; dispose it after its users.</summary>
public sealed class FaceNetworks : IDisposable
{
    private readonly Dictionary<string, OnnxNetwork> _networks;
    private readonly Dictionary<string, OnnxNetwork> _spares;
    private readonly ILogger _logger;
    private int _deviceLost;

    private FaceNetworks(
        BaseModel model, ProviderChoice choice, Dictionary<string, OnnxNetwork> networks, Dictionary<string, OnnxNetwork> spares, ILogger logger)
    {
        Model = model;
        Choice = choice;
        _networks = networks;
        _spares = spares;
        _logger = logger;
    }

    /// <summary>The model.</summary>
    public BaseModel Model { get; }

    /// <summary>Where it runs, and why there.</summary>
    public ProviderChoice Choice { get; }

    /// <summary>Bytes of one source frame's features, kept in half precision.</summary>
    public long FeatureBytes => _networks[NetworkNames.SourceEncoder].Outputs.Sum(o => (long)o.Length) * 2;

    /// <summary>Loads all networks of a model on the provider that was asked for or, failing that, on the next best one.</summary>
    /// <param name="model">A checked model.</param>
    /// <param name="options">Provider and device.</param>
    /// <param name="logger">Told of the choice, and of a provider that fails later.</param>
    /// <exception cref="ModelException">A network does not load even on the processor, or its tensors are not those of the manifest.</exception>
    public static FaceNetworks Load(BaseModel model, InferenceOptions options, ILogger logger) =>
        Load(model, options.Provider, OrtEnv.Instance().GetAvailableProviders(), provider => LoadAll(model, provider, options), logger);

    /// <summary>Loads what <paramref name="start"/> gives for a provider, so that tests need none.</summary>
    internal static FaceNetworks Load(
        BaseModel model, ProviderRequest request, IReadOnlyCollection<string> available,
        Func<ExecutionProvider, Dictionary<string, OnnxNetwork>> start, ILogger logger)
    {
        (ProviderChoice choice, Dictionary<string, OnnxNetwork> networks) = ProviderSelector.Select(request, available, start, IsProviderFault);
        Dictionary<string, OnnxNetwork> spares;
        try
        {
            // At once and not when the device fails: then media threads wait, and no frame may.
            spares = choice.Provider == ExecutionProvider.Cpu ? networks : start(ExecutionProvider.Cpu);
        }
        catch
        {
            DisposeAll(networks);
            throw;
        }

        if (choice.IsFallback)
            EngineLog.ProviderFallback(logger, model.Name, choice.Reason);
        else
            EngineLog.ModelLoaded(logger, model.Name, choice.Reason);
        return new FaceNetworks(model, choice, networks, spares, logger);
    }

    /// <summary>
    /// A runner for one thread: on the provider in use, and from the moment that fails on the processor. A device that failed once is
    /// asked by no new runner.
    /// </summary>
    /// <exception cref="InferenceException">There is no memory for one.</exception>
    internal IModelRunner CreateRunner(string network)
    {
        if (Choice.Provider == ExecutionProvider.Cpu || Volatile.Read(ref _deviceLost) != 0)
            return _spares[network].CreateRunner();
        try
        {
            return new FallbackRunner(_networks[network].CreateRunner(), () => _spares[network].CreateRunner(), e => OnDeviceLost(network, e));
        }
        catch (InferenceException exception)
        {
            OnDeviceLost(network, exception);
            return _spares[network].CreateRunner();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        DisposeAll(_networks);
        if (_spares != _networks)
            DisposeAll(_spares);
    }

    private void OnDeviceLost(string network, InferenceException reason)
    {
        if (Interlocked.Exchange(ref _deviceLost, 1) == 0) // Every runner of every call fails then; one line tells it.
            EngineLog.ProviderFailed(_logger, Model.Name, network, Choice.Provider.ToString(), reason);
    }

    private static Dictionary<string, OnnxNetwork> LoadAll(BaseModel model, ExecutionProvider provider, InferenceOptions options)
    {
        var loaded = new Dictionary<string, OnnxNetwork>();
        try
        {
            foreach ((string name, NetworkSpec spec) in model.Manifest.Networks)
            {
                var network = new OnnxNetwork(name, model.NetworkFile(name), provider, options);
                loaded.Add(name, network);
                Require(name, "inputs", network.Inputs, spec.Inputs);
                Require(name, "outputs", network.Outputs, spec.Outputs);
            }

            return loaded;
        }
        catch
        {
            DisposeAll(loaded);
            throw;
        }
    }

    private static void Require(string name, string what, IReadOnlyList<TensorSpec> found, IReadOnlyList<TensorSpec> expected)
    {
        if (!found.SequenceEqual(expected))
        {
            throw new ModelException(
                ModelFault.Mismatch, $"{name}.onnx has {what} {string.Join(", ", found)}; its manifest says {string.Join(", ", expected)}.");
        }
    }

    // Without its libraries a provider fails with one of these; a wrong model fails on the processor as well, and there it is thrown.
    private static bool IsProviderFault(Exception exception) =>
        exception is OnnxRuntimeException or DllNotFoundException or EntryPointNotFoundException or NotSupportedException;

    private static void DisposeAll(Dictionary<string, OnnxNetwork> networks)
    {
        foreach (OnnxNetwork network in networks.Values)
            network.Dispose();
    }
}
