namespace Avatar2D.AvatarEngine.Avatars;

/// <summary>An avatar package cannot be used; the message says which file, what is wrong with it and what to do.</summary>
public sealed class AvatarException : Exception
{
    /// <summary>Makes the exception.</summary>
    public AvatarException(AvatarFault fault, string message, Exception? inner = null)
        : base(message, inner) => Fault = fault;

    /// <summary>The kind of trouble.</summary>
    public AvatarFault Fault { get; }
}
