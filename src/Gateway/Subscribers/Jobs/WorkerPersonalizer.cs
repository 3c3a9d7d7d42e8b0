using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.Gateway.Learning;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers.Models;
using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Subscribers.Jobs;

/// <summary>
/// Personalizes: clips are made in the process of a <see cref="SourceWorker"/>, then the training side (module personalize) learns from
/// the robust model, measures both on held-out seconds, and keeps its own only where it is better.
/// </summary>
internal sealed partial class WorkerPersonalizer(SourceWorker worker, RobustModels robustModels, GatewayOptions options, TimeProvider time) : IPersonalizer
{
    /// <summary>The hidden verb that makes the clips.</summary>
    public const string Verb = "prepare-source";

    private const int PreparedPercent = 5;
    private const string ErrorMark = "error: ";

    /// <inheritdoc/>
    public async Task<PersonalizationOutcome> PersonalizeAsync(
        string source, string avatarId, string robust, string modelId, string workFolder, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        string shards = Path.Combine(workFolder, "shards");
        RegistrationOutcome prepared = await worker.RunAsync(
            Verb, ["--source", source, "--kind", nameof(AvatarKind.Video), "--name", avatarId, "--out", shards], new Part(progress, ToLearn), cancellationToken);
        if (!prepared.Verdicts.All(v => v.Passed))
            return new PersonalizationOutcome(prepared.Verdicts, null, null);
        (string report, string trouble) = await LearnAsync(shards, avatarId, robust, modelId, Path.Combine(workFolder, "run"), progress, cancellationToken);
        JsonElement figures = report.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(report) : throw new RegistrationException(trouble);
        PersonalizeReport read = figures.Deserialize(PersonalizeJson.Default.PersonalizeReport) ?? throw new RegistrationException(trouble);
        var gate = new Verdict(
            "better_than_robust", read.Model is not null, read.Figures,
            read.Model is not null ? null : "The robust model goes on. Send more of the talking face (a minute, good light, many different sounds) and try again.");
        return new PersonalizationOutcome([.. prepared.Verdicts, gate], Measured(figures), read.Model);
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
                    if (ProgressOf(line) is { } known)
                        progress.Report(known);
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

    // A line of the trainer: "step 120 (10 %), 13 faces/s, ..., 1:02:03 left".
    private JobProgress? ProgressOf(string line)
    {
        if (Line().Match(line) is not { Success: true } match)
            return null;
        int Part(string name) => match.Groups[name] is { Success: true } group ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;
        var left = new TimeSpan(Part("h"), Part("m"), Part("s"));
        return new JobProgress(PreparedPercent + ((99 - PreparedPercent) * Math.Clamp(Part("percent"), 0, 100) / 100), "learns", time.GetUtcNow() + left);
    }

    // The report without the place of the model on this machine.
    private static string Measured(JsonElement report) =>
        JsonSerializer.Serialize(report.EnumerateObject().Where(p => p.Name is not "model" and not "person").ToDictionary(p => p.Name, p => p.Value), StoreJson.Options);

    [GeneratedRegex(@"\((?<percent>\d{1,3}) %\).* (?:(?<h>\d{1,5}):)?(?<m>\d{1,2}):(?<s>\d{2}) left", RegexOptions.None, 1000)]
    private static partial Regex Line();

    private DateTimeOffset ToLearn() => time.GetUtcNow().AddMinutes(options.Jobs.PersonalizeMinutes);

    /// <summary>Progress of the first part of the work, which is short beside what follows.</summary>
    private sealed class Part(IProgress<JobProgress> whole, Func<DateTimeOffset> end) : IProgress<JobProgress>
    {
        public void Report(JobProgress value) => whole.Report(value with { Percent = value.Percent * PreparedPercent / 100, ExpectedAt = end() });
    }
}
