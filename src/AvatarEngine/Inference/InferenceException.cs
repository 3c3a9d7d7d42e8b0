namespace Avatar2D.AvatarEngine.Inference;

/// <summary>A network failed while running, on the provider in use and on the processor if that was another one.</summary>
public sealed class InferenceException : Exception
{
    /// <summary>Makes the exception.</summary>
    public InferenceException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
