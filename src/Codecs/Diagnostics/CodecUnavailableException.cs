namespace Avatar2D.Codecs;

/// <summary>A native library or an encoder inside it is not installed; the message says what to install. Thrown at start-up only.</summary>
public sealed class CodecUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    public CodecUnavailableException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is missing and what to install.</param>
    public CodecUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is missing and what to install.</param>
    /// <param name="innerException">What the loader said.</param>
    public CodecUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
