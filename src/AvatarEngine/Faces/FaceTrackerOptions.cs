namespace Avatar2D.AvatarEngine.Faces;

/// <summary>How a face is followed.</summary>
public sealed record FaceTrackerOptions
{
    /// <summary>Least presence at which a new face is taken.</summary>
    /// <value>Default: 0.6.</value>
    public float AcceptPresence { get; init; } = 0.6f;

    /// <summary>Presence below which a followed face is lost.</summary>
    /// <value>Default: 0.35, under <see cref="AcceptPresence"/> so that a doubtful face does not flicker.</value>
    public float KeepPresence { get; init; } = 0.35f;

    /// <summary>Times that a detection is refined by its own landmarks before it is taken.</summary>
    /// <value>Default: 2.</value>
    public int Refinements { get; init; } = 2;

    /// <summary>Pictures between two searches while no face is there.</summary>
    /// <value>Default: 3; a search costs several runs of the detector.</value>
    public int SearchEvery { get; init; } = 3;

    /// <summary>Smoothing of the landmarks.</summary>
    public OneEuroOptions Smoothing { get; init; } = new();
}
