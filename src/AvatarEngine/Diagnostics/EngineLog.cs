using Microsoft.Extensions.Logging;

namespace Avatar2D.AvatarEngine.Diagnostics;

/// <summary>What the engine logs; ids from 5000.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(5000, LogLevel.Information, "Model {Model} loaded. {Reason}")]
    public static partial void ModelLoaded(ILogger logger, string model, string reason);

    [LoggerMessage(5001, LogLevel.Warning, "Model {Model} does not run where it was asked to. {Reason}")]
    public static partial void ProviderFallback(ILogger logger, string model, string reason);

    [LoggerMessage(5002, LogLevel.Error, "Network {Network} of model {Model} failed on {Provider}: calls go on on the processor, new ones too until the next start")]
    public static partial void ProviderFailed(ILogger logger, string model, string network, string provider, Exception exception);
}
