using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Jobs;

namespace Avatar2D.Gateway.Tests.Provisioning;

/// <summary>Registration as a test wants it.</summary>
internal sealed class ScriptedRegistrar(Func<string, CancellationToken, Task<RegistrationOutcome>>? script = null) : IAvatarRegistrar
{
    public static RegistrationOutcome Good { get; } = new([new Verdict("decodable", true, "It was decoded.")], HasPackage: true);

    public static RegistrationOutcome Bad { get; } = new([new Verdict("no_face", false, "No face was found.", "Face the camera.")], HasPackage: false);

    public async Task<RegistrationOutcome> RegisterAsync(
        string source, AvatarKind kind, string avatarId, string packageFolder, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new JobProgress(50, "looks for a face"));
        RegistrationOutcome outcome = script is null ? Good : await script(source, cancellationToken);
        if (outcome.HasPackage)
        {
            Directory.CreateDirectory(packageFolder);
            await File.WriteAllTextAsync(Path.Combine(packageFolder, "manifest.json"), "{}", cancellationToken);
        }

        return outcome;
    }
}
