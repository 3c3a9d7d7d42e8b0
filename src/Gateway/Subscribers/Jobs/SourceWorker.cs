using System.Globalization;
using System.Text.Json;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Subscribers.Jobs;

/// <summary>
/// Looks at a source in a process of its own with bounds on memory and time (<see cref="WorkerLimits"/>): a file made to break a decoder
/// breaks that process, and is refused for it.
/// </summary>
internal sealed class SourceWorker(GatewayOptions options, TimeProvider time)
{
    /// <summary>Runs one of the hidden verbs that write <see cref="WorkerMessage"/> lines.</summary>
    /// <param name="verb">Its name.</param>
    /// <param name="arguments">Its arguments besides models and bounds.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <exception cref="RegistrationException">Something broke that is not the source's fault.</exception>
    public async Task<RegistrationOutcome> RunAsync(string verb, IEnumerable<string> arguments, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        WorkerMessage? last = null;
        string[] all =
        [
            verb, .. arguments, "--models", options.Engine.Folder, "--model", options.Engine.Model,
            "--memory-megabytes", Text(options.Jobs.WorkerMemoryMegabytes), "--seconds", Text(options.Jobs.RegisterTimeoutSeconds),
            "--max-clip-seconds", Text(options.Api.MaxClipSeconds), "--max-pixels", Text(options.Api.MaxSourcePixels),
        ];
        var environment = new Dictionary<string, string> { ["DOTNET_gcServer"] = "0", ["DOTNET_TieredPGO"] = "0", ["DOTNET_DbgEnableMiniDump"] = "0" };
        WorkerResult result = await WorkerProcess.RunAsync(
            all, environment, TimeSpan.FromSeconds(options.Jobs.RegisterTimeoutSeconds), time,
            line =>
            {
                if (Read(line) is not { } message)
                    return;
                if (message.Percent is { } percent)
                    progress.Report(new JobProgress(Math.Clamp(percent, 0, 99), message.Step ?? "works"));
                else
                    last = message;
            },
            cancellationToken);
        if (last?.Error is { } error)
            throw new RegistrationException(error);
        if (result.ExitCode == 0 && last?.Verdicts is { } verdicts)
            return new RegistrationOutcome(verdicts, last.HasPackage);
        if (result.ExitCode == Commands.ExitCode.Usage || result.ExitCode == Commands.ExitCode.Missing)
            throw new RegistrationException(result.Errors.Trim());

        // It died over this file: that is a verdict about the file.
        string what = result.TimedOut ? $"It was not read within {options.Jobs.RegisterTimeoutSeconds} s." : "The decoder gave up over it: it wants more memory or time than is given, or is damaged.";
        return new RegistrationOutcome(
            [new Verdict("decodable", false, what, "Export the clip or photo once more with ordinary settings (H.264 in MP4, at most 1920x1080; or JPEG) and send that.")], HasPackage: false);
    }

    private static WorkerMessage? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<WorkerMessage>(line, StoreJson.Options);
        }
        catch (JsonException)
        {
            return null; // A library that prints; not for us.
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
