namespace Avatar2D.Gateway.Subscribers.Jobs;

/// <summary>Registers in the process of a <see cref="SourceWorker"/>.</summary>
internal sealed class WorkerRegistrar(SourceWorker worker) : IAvatarRegistrar
{
    /// <summary>The hidden verb that the worker process runs.</summary>
    public const string Verb = "register-source";

    /// <inheritdoc/>
    public Task<RegistrationOutcome> RegisterAsync(
        string source, AvatarKind kind, string avatarId, string packageFolder, IProgress<JobProgress> progress, CancellationToken cancellationToken) =>
        worker.RunAsync(Verb, ["--source", source, "--kind", kind.ToString(), "--name", avatarId, "--out", packageFolder], progress, cancellationToken);
}
