using System.Globalization;
using Avatar2D.AvatarEngine.Inference;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Gateway.Hosting;
using Avatar2D.Gateway.Options;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Gateway.Avatars;

/// <summary>
/// The face models of the process, each loaded once when it is first wanted. A model that cannot be loaded costs the movement of
/// the mouth, never a call: it is told in the log, and the source loop is shown as it is. Any thread.
/// </summary>
internal sealed class FaceEngine : IDisposable
{
    private readonly EngineOptions _options;
    private readonly string? _personal;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, FaceNetworks?> _loaded = [];
    private bool _disposed;

    /// <summary>Makes an engine that has loaded nothing yet.</summary>
    /// <param name="options">Where robust models are.</param>
    /// <param name="logger">Where to log.</param>
    /// <param name="personal">Folder of personal models, each by its name; null for none.</param>
    public FaceEngine(EngineOptions options, ILogger logger, string? personal = null)
    {
        _personal = personal;
        _options = options;
        _logger = logger;
    }

    /// <summary>Loads a model, or gives the one that is loaded; the first time it takes a part of a second.</summary>
    /// <param name="model">A model's name, or a name without its number; null for the settings' model.</param>
    /// <returns>Null when engines are switched off or the model cannot be loaded.</returns>
    public FaceNetworks? NetworksFor(string? model)
    {
        if (!_options.Enabled)
            return null;
        string name = model ?? _options.Model;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_loaded.TryGetValue(name, out FaceNetworks? networks))
                return networks;
            networks = TryLoad(name);
            if (networks is null && Path.Exists(_personal) && name.StartsWith("mod_", StringComparison.Ordinal))
                return NetworksFor(null); // It may come from another node yet; until then the robust model speaks.
            _loaded.Add(name, networks);
            return networks;
        }
    }

    /// <summary>A model that is gone is not given again. Its weights leave memory when the last call that speaks by it has ended.</summary>
    public void Forget(string model)
    {
        lock (_lock)
            _loaded.Remove(model);
    }

    /// <summary>Tries the settings' model out (doctor).</summary>
    public static DoctorModel Probe(EngineOptions options)
    {
        try
        {
            using FaceNetworks networks = Load(options, FolderOf(options, options.Model), NullLogger.Instance);
            return new DoctorModel(networks.Model.Name, networks.Choice.Reason, networks.Choice.IsFallback);
        }
        catch (Exception exception) when (exception is ModelException or IOException or UnauthorizedAccessException)
        {
            return new DoctorModel(null, exception.Message, IsLess: false);
        }
    }

    /// <summary>The folder of a model.</summary>
    /// <param name="options">Where models are.</param>
    /// <param name="model">A model's name, or a name without its number, which takes the highest number there is.</param>
    /// <exception cref="ModelException">There is none.</exception>
    public static string FolderOf(EngineOptions options, string model)
    {
        string folder = InstallationFiles.FindFolder(options.Folder)
            ?? throw new ModelException(ModelFault.Missing, $"the folder of models, {options.Folder}, is not there (Engine:Folder)");
        string exact = Path.Combine(folder, model);
        if (Directory.Exists(exact))
            return exact;
        return Directory.EnumerateDirectories(folder, model + "-*")
            .Select(path => (Path: path, Number: NumberOf(path, model)))
            .Where(found => found.Number >= 0).OrderByDescending(found => found.Number).Select(found => found.Path).FirstOrDefault()
            ?? throw new ModelException(ModelFault.Missing, $"{folder} has no model '{model}' (Engine:Model)");
    }

    /// <summary>Disposes the models; only when no call and no stage uses them any more.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (FaceNetworks? networks in _loaded.Values)
                networks?.Dispose();
            _loaded.Clear();
        }
    }

    private static int NumberOf(string path, string family)
    {
        string name = Path.GetFileName(path);
        return int.TryParse(name.AsSpan(family.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;
    }

    private static FaceNetworks Load(EngineOptions options, string folder, ILogger logger)
    {
        var inference = new InferenceOptions { Provider = options.Provider, DeviceId = options.Device, EngineCacheFolder = options.EngineCache };
        return FaceNetworks.Load(BaseModel.Load(folder), inference, logger);
    }

    private FaceNetworks? TryLoad(string name)
    {
        try
        {
            string? personal = _personal is null ? null : Path.Combine(_personal, name);
            return Load(_options, Directory.Exists(personal) ? personal : FolderOf(_options, name), _logger);
        }
        catch (Exception exception) when (exception is ModelException or IOException or UnauthorizedAccessException)
        {
            HostLog.ModelUnusable(_logger, name, exception.Message);
            return null;
        }
    }
}
