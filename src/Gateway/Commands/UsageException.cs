namespace Avatar2D.Gateway.Commands;

/// <summary>Wrong usage or configuration, found at start-up: each line is printed by itself and the program ends with exit code 2.</summary>
internal sealed class UsageException : Exception
{
    /// <summary>One mistake.</summary>
    public UsageException(string message)
        : base(message) => Lines = [message];

    /// <summary>All mistakes at once.</summary>
    public UsageException(IReadOnlyList<string> lines)
        : base(string.Join(Environment.NewLine, lines)) => Lines = lines;

    /// <summary>What to print.</summary>
    public IReadOnlyList<string> Lines { get; }
}
