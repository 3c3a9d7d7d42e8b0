namespace Avatar2D.AvatarEngine.Inference;

/// <summary>How networks are run.</summary>
public sealed record InferenceOptions
{
    /// <summary>Which provider to use.</summary>
    /// <value>Default: Auto.</value>
    public ProviderRequest Provider { get; init; } = ProviderRequest.Auto;

    /// <summary>Number of the GPU.</summary>
    /// <value>Default: 0.</value>
    public int DeviceId { get; init; }

    /// <summary>Folder in which TensorRT keeps the engines that it builds at the first start; null: they are built at every start.</summary>
    /// <value>Default: null.</value>
    public string? EngineCacheFolder { get; init; }
}
