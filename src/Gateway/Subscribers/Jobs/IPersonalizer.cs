namespace Avatar2D.Gateway.Subscribers.Jobs;

/// <summary>Makes a model of one person from their video, and judges it.</summary>
internal interface IPersonalizer
{
    /// <summary>Prepares the video, learns, measures on held-out seconds, and keeps what is better than the robust model.</summary>
    /// <param name="source">The video. It may be hostile.</param>
    /// <param name="avatarId">Whose avatar it made.</param>
    /// <param name="robust">Name of the robust model to begin with.</param>
    /// <param name="modelId">Name of the new model.</param>
    /// <param name="workFolder">Scratch folder of the job; the model is made in it.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Ends it; nothing may be left running.</param>
    /// <exception cref="RegistrationException">Something broke that is not the source's fault.</exception>
    Task<PersonalizationOutcome> PersonalizeAsync(
        string source, string avatarId, string robust, string modelId, string workFolder, IProgress<JobProgress> progress, CancellationToken cancellationToken);
}
