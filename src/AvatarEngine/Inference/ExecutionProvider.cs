namespace Avatar2D.AvatarEngine.Inference;

/// <summary>What computes the networks.</summary>
public enum ExecutionProvider
{
    /// <summary>This machine's processor, one thread per call.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU by CUDA. Compiled and its choice tested; never run on a GPU yet.</summary>
    Cuda,

    /// <summary>An NVIDIA GPU by TensorRT. Compiled and its choice tested; never run on a GPU yet.</summary>
    TensorRt,
}
