namespace Avatar2D.Gateway.Subscribers.Jobs;

/// <summary>Makes an avatar package of a source.</summary>
internal interface IAvatarRegistrar
{
    /// <summary>Looks at a source and, when every check passes, makes its package.</summary>
    /// <param name="source">File, and what its first bytes say it is. It may be hostile.</param>
    /// <param name="kind">Photo or video.</param>
    /// <param name="avatarId">Name of the package.</param>
    /// <param name="packageFolder">Where the package is to be made; not there yet.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Ends it; nothing may be left running.</param>
    /// <exception cref="RegistrationException">Something broke that is not the source's fault, or the source broke the process.</exception>
    Task<RegistrationOutcome> RegisterAsync(
        string source, AvatarKind kind, string avatarId, string packageFolder, IProgress<JobProgress> progress, CancellationToken cancellationToken);
}
