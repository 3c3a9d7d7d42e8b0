namespace Avatar2D.AvatarEngine.Inference;

/// <summary>Which execution provider an operator asks for.</summary>
public enum ProviderRequest
{
    /// <summary>The fastest that works: TensorRT, CUDA, CPU.</summary>
    Auto,

    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>CUDA, or the processor if that fails.</summary>
    Cuda,

    /// <summary>TensorRT, or CUDA, or the processor if those fail.</summary>
    TensorRt,
}
