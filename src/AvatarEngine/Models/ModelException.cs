namespace Avatar2D.AvatarEngine.Models;

/// <summary>A model cannot be loaded; the message says which file and what is wrong with it.</summary>
public sealed class ModelException : Exception
{
    /// <summary>Makes the exception.</summary>
    public ModelException(ModelFault fault, string message, Exception? inner = null)
        : base(message, inner) => Fault = fault;

    /// <summary>The kind of trouble.</summary>
    public ModelFault Fault { get; }
}
