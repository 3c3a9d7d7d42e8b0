using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.Gateway.Learning;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers.Models;

namespace Avatar2D.Gateway.Subscribers.Jobs;

/// <summary>
/// Personalizes: clips are made in the process of a <see cref="SourceWorker"/>, then the training side (module personalize) learns from
/// the robust model, measures both on held-out seconds, and keeps its own only where it is better.
/// </summary>
internal sealed partial class WorkerPersonalizer(SourceWorker worker, RobustModels robustModels, GatewayOptions options, TimeProvider time) : IPersonalizer
{
    /// <summary>The hidden verb that makes the clips.</summary>
    public const string Verb = "prepare-source";

    private const int PreparedPercent = 20;
    private const string ErrorMark = "error: ";

    /// <inheritdoc/>
    public async Task<PersonalizationOutcome> PersonalizeAsync(
        string source, string avatarId, string robust, string modelId, string workFolder, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        string shards = Path.Combine(workFolder, "shards");
        RegistrationOutcome prepared = await worker.RunAsync(
            Verb, ["--source", source, "--kind", nameof(AvatarKind.Video), "--name", avatarId, "--out", shards], new Part(progress), cancellationToken);
        if (!prepared.Verdicts.All(v => v.Passed))
            return new PersonalizationOutcome(prepared.Verdicts, null, null);
        (string report, string trouble) = await LearnAsync(shards, avatarId, robust, modelId, Path.Combine(workFolder, "run"), progress, cancellationToken);
        JsonElement figures = report.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(report) : throw new RegistrationException(trouble);
        string? made = figures.GetProperty("model").GetString();
        var gate = new Verdict(
            "better_than_robust", made is not null, Figures(figures),
            made is not null ? null : "The robust model goes on. Send more of the talking face (a minute, good light, many different sounds) and try again.");
        return new PersonalizationOutcome([.. prepared.Verdicts, gate], report.Trim(), made);
    }

    private async Task<(string Report, string Trouble)> LearnAsync(
        string shards, string person, string robust, string modelId, string run, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(options.Jobs.PersonalizeTimeoutMinutes), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        try
        {
            TrainingProgram program = await TrainingProgram.FindAsync(null, either.Token);
            string trouble = "The trainer gave no report.";
            string[] arguments =
            [
                "--shards", shards, "--person", person, "--robust", Path.GetFullPath(robustModels.WeightsOf(robust)), "--out", run, "--name", modelId,
                "--minutes", options.Jobs.PersonalizeMinutes.ToString(CultureInfo.InvariantCulture), "--threads", Math.Max(1, Environment.ProcessorCount / 2).ToString(CultureInfo.InvariantCulture),
            ];
            (_, string report) = await program.RunAsync(
                "personalize", arguments,
                line =>
                {
                    trouble = line.StartsWith(ErrorMark, StringComparison.Ordinal) ? line[ErrorMark.Length..] : trouble;
                    if (Percent().Match(line) is { Success: true } done)
                        progress.Report(new JobProgress(PreparedPercent + ((99 - PreparedPercent) * int.Parse(done.Groups[1].ValueSpan, CultureInfo.InvariantCulture) / 100), "learns"));
                },
                either.Token);
            cancellationToken.ThrowIfCancellationRequested();
            return (report, trouble);
        }
        catch (Exception missing) when (missing is TrainingMissingException or ModelException)
        {
            throw new RegistrationException(missing.Message);
        }
    }

    private static string Figures(JsonElement report)
    {
        string Of(string name, string when) => report.GetProperty(when).GetProperty(name) is { ValueKind: JsonValueKind.Number } figure
            ? figure.GetDouble().ToString("0.0000", CultureInfo.InvariantCulture) : "-";
        string Both(string name) => $"{Of(name, "before")} -> {Of(name, "after")}";
        return $"Held-out seconds, robust -> personal: picture error {Both("error")}, mouth r {Both("r")}, voice r {Both("voice_r")}, sharpness {Both("sharp")}.";
    }

    [GeneratedRegex(@"(\d{1,3}) ?%")]
    private static partial Regex Percent();

    /// <summary>Progress of the first part of the work.</summary>
    private sealed class Part(IProgress<JobProgress> whole) : IProgress<JobProgress>
    {
        public void Report(JobProgress value) => whole.Report(value with { Percent = value.Percent * PreparedPercent / 100 });
    }
}
