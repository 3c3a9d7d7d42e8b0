using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Jobs;

namespace Avatar2D.Gateway.Tests.Provisioning;

/// <summary>Personalization as a test wants it: the robust model's files under another name, or a gate that stays shut.</summary>
internal sealed class ScriptedPersonalizer(bool isBetter) : IPersonalizer
{
    private const string Metrics = """{"before":{"error":0.04,"r":0.4},"after":{"error":0.03,"r":0.6}}""";

    public Task<PersonalizationOutcome> PersonalizeAsync(
        string source, string avatarId, string robust, string modelId, string workFolder, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        Assert.True(File.Exists(source));
        progress.Report(new JobProgress(60, "learns"));
        var gate = new Verdict("better_than_robust", isBetter, "error 0.0400 -> 0.0300", isBetter ? null : "Send more of the talking face.");
        if (!isBetter)
            return Task.FromResult(new PersonalizationOutcome([gate], Metrics, null));
        string made = Path.Combine(workFolder, "model");
        Directory.CreateDirectory(made);
        foreach (string file in Directory.EnumerateFiles(InstallationFiles.FindFolder($"models/{robust}")!))
            File.Copy(file, Path.Combine(made, Path.GetFileName(file)));
        return Task.FromResult(new PersonalizationOutcome([gate], Metrics, made));
    }
}
