namespace Avatar2D.Sip.Parsing;

/// <summary>Largest sizes that are taken from the network. Parameters of one value are capped by <see cref="Messages.SipParameters.MaxCount"/>.</summary>
public sealed record SipLimits
{
    /// <summary>The defaults below.</summary>
    public static readonly SipLimits Default = new();

    /// <summary>Start line in bytes; longer gives 414.</summary>
    public int MaxStartLineBytes { get; init; } = 4096;

    /// <summary>One header with its folded lines, in bytes. Identity and long Via chains fit.</summary>
    public int MaxHeaderBytes { get; init; } = 8192;

    /// <summary>Number of header lines.</summary>
    public int MaxHeaders { get; init; } = 256;

    /// <summary>Values of one list header, over all of its lines.</summary>
    public int MaxValues { get; init; } = 128;

    /// <summary>Start line and all headers, in bytes.</summary>
    public int MaxHeadBytes { get; init; } = 64 * 1024;

    /// <summary>Body in bytes; larger gives 413.</summary>
    public int MaxBodyBytes { get; init; } = 256 * 1024;
}
