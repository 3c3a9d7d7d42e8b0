namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>How large a data set of synthetic people is.</summary>
public sealed record SpokenDatasetOptions
{
    /// <summary>Drawn or rendered people.</summary>
    public required int People { get; init; }

    /// <summary>Seconds of each person; the last clip goes on to the end of its sentences.</summary>
    public double SecondsPerPerson { get; init; } = 60;

    /// <summary>Draws people, order of sentences and acting.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>People made at the same time.</summary>
    public int Jobs { get; init; } = 1;
}
