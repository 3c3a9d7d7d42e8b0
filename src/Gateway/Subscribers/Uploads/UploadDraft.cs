namespace Avatar2D.Gateway.Subscribers.Uploads;

/// <summary>What a new upload says about itself.</summary>
internal sealed record UploadDraft
{
    /// <summary>Name of the avatar for people.</summary>
    public string Name { get; init; } = "avatar";

    /// <summary>Size of the whole file.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>SHA-256 of the whole file, hexadecimal; checked at the end when given.</summary>
    public string? Sha256 { get; init; }
}
