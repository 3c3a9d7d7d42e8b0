using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.UserAgent;

/// <summary>Where this gateway registers, and as whom. Immutable.</summary>
public sealed record SipRegistrationOptions
{
    /// <summary>The registrar, as <c>sip:pbx.example.com</c>.</summary>
    public required SipUri Registrar { get; init; }

    /// <summary>The address of record, as <c>sip:100@pbx.example.com</c>.</summary>
    public required SipUri Address { get; init; }

    /// <summary>What we ask for; the registrar decides. Default 1 h.</summary>
    public TimeSpan Expires { get; init; } = TimeSpan.FromHours(1);

    /// <summary>First hop. Default: the outbound proxy of the user agent, else the registrar.</summary>
    public SipUri? Proxy { get; init; }
}
