namespace Avatar2D.Gateway.Commands;

/// <summary>Exit codes of every verb.</summary>
internal static class ExitCode
{
    /// <summary>Done, and all checks held.</summary>
    public const int Success = 0;

    /// <summary>The call or a check failed.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage or configuration.</summary>
    public const int Usage = 2;

    /// <summary>Something is missing on the machine; the message says how to install it.</summary>
    public const int Missing = 3;
}
