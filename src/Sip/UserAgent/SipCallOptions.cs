using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.UserAgent;

/// <summary>Extras of an outgoing call. Immutable.</summary>
public sealed record SipCallOptions
{
    /// <summary>Nothing extra.</summary>
    public static readonly SipCallOptions None = new();

    /// <summary>Display name in From. Default: none.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Headers to add to the INVITE, such as P-Preferred-Identity. Default: none.</summary>
    public IReadOnlyList<SipHeader> Headers { get; init; } = [];

    /// <summary>First hop of this call (loose route). Default: the outbound proxy of the user agent.</summary>
    public SipUri? Proxy { get; init; }
}
