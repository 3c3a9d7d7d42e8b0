namespace Avatar2D.Gateway.Options;

/// <summary>
/// All settings of the gateway, one section each. The defaults stand here and nowhere else; config/gateway.json is
/// generated from these types (a test keeps it equal). Immutable: a running call keeps the instance it started with.
/// </summary>
public sealed record GatewayOptions
{
    /// <summary>SIP signalling: where it listens and what it says about itself.</summary>
    public SipOptions Sip { get; init; } = new();

    /// <summary>RTP and RTCP: addresses, ports, jitter buffer, time-outs.</summary>
    public RtpOptions Rtp { get; init; } = new();

    /// <summary>The voice part of a call.</summary>
    public AudioOptions Audio { get; init; } = new();

    /// <summary>The picture that joins a call.</summary>
    public VideoOptions Video { get; init; } = new();

    /// <summary>How pictures say that they were generated.</summary>
    public MarkOptions Mark { get; init; } = new();

    /// <summary>Whose face is shown.</summary>
    public AvatarOptions Avatar { get; init; } = new();

    /// <summary>What makes the avatar speak.</summary>
    public EngineOptions Engine { get; init; } = new();

    /// <summary>Limits of calls.</summary>
    public CallOptions Calls { get; init; } = new();

    /// <summary>Call detail records.</summary>
    public CdrOptions Cdr { get; init; } = new();

    /// <summary>The HTTP side: health, metrics, API.</summary>
    public HttpOptions Http { get; init; } = new();

    /// <summary>Where subscribers, avatars, consents and jobs are kept.</summary>
    public StoreOptions Store { get; init; } = new();

    /// <summary>An object store that several nodes share.</summary>
    public ObjectStoreOptions ObjectStore { get; init; } = new();

    /// <summary>Limits of the provisioning API.</summary>
    public ApiOptions Api { get; init; } = new();

    /// <summary>Signed tokens as keys of the API.</summary>
    public TokenOptions Tokens { get; init; } = new();

    /// <summary>Work that is done beside the calls.</summary>
    public JobOptions Jobs { get; init; } = new();

    /// <summary>How long things are kept that no call needs.</summary>
    public RetentionOptions Retention { get; init; } = new();
}
