namespace Avatar2D.AvatarEngine.Faces;

/// <summary>Smoothing that follows the speed: still things are held steady, quick ones are not delayed.</summary>
public sealed record OneEuroOptions
{
    /// <summary>Cutoff at rest, Hz.</summary>
    /// <value>Default: 2. Lower is steadier and lags more.</value>
    public float RestHz { get; init; } = 2;

    /// <summary>Hz that the cutoff grows by per unit a second.</summary>
    /// <value>Default: 8; the unit of points is the eye distance.</value>
    public float PerSpeed { get; init; } = 8;

    /// <summary>Cutoff of the speed's own smoothing, Hz.</summary>
    /// <value>Default: 2.</value>
    public float SpeedHz { get; init; } = 2;
}
