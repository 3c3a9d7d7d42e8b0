namespace Avatar2D.Codecs;

/// <summary>A codec library refused an operation, or a media file cannot be read or written.</summary>
public sealed class CodecException : Exception
{
    /// <summary>Creates the exception.</summary>
    public CodecException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was tried and what the library said.</param>
    public CodecException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was tried and what the library said.</param>
    /// <param name="innerException">The cause.</param>
    public CodecException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was tried and what the library said.</param>
    /// <param name="status">The library's own status number.</param>
    public CodecException(string message, int status)
        : base(message) => Status = status;

    /// <summary>The library's own status number; 0 where there is none.</summary>
    public int Status { get; }
}
