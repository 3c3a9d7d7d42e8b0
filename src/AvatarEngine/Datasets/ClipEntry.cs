namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>What is known of a clip before it is prepared; the fields of training/split.json and, for synthetic clips, their truth.</summary>
public sealed record ClipEntry
{
    /// <summary>Where it comes from; with / as __ it is the name of its folder.</summary>
    public required string Path { get; init; }

    /// <summary>Who is seen.</summary>
    public required string Person { get; init; }

    /// <summary><c>train</c>: may enter committed weights; <c>measure</c>: never.</summary>
    public required string Licence { get; init; }

    /// <summary>What it is for.</summary>
    public required ClipUse Use { get; init; }

    /// <summary>How it was made, when it is synthetic.</summary>
    public SyntheticTruth? Synthetic { get; init; }
}
