using Avatar2D.Sip.Authentication;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Resolving;
using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.Transactions;
using Avatar2D.Sip.Transports;

namespace Avatar2D.Sip.UserAgent;

/// <summary>How a <see cref="SipUserAgent"/> behaves. Immutable.</summary>
public sealed record SipUserAgentOptions
{
    /// <summary>Where SIP is heard. Default: UDP and TCP at 0.0.0.0:5060.</summary>
    public IReadOnlyList<SipListeningPoint> ListeningPoints { get; init; } =
    [
        new() { Protocol = SipTransportProtocol.Udp },
        new() { Protocol = SipTransportProtocol.Tcp },
    ];

    /// <summary>Limits of the transports.</summary>
    public SipTransportOptions Transport { get; init; } = new();

    /// <summary>Timers T1, T2, T4 and the delay of 100.</summary>
    public SipTimers Timers { get; init; } = SipTimers.Default;

    /// <summary>Every request outside a dialog goes here first (loose route). Default: straight to the target.</summary>
    public SipUri? OutboundProxy { get; init; }

    /// <summary>DNS servers for the names of SIP peers. Default: those of the system.</summary>
    public IReadOnlyList<System.Net.IPEndPoint> NameServers { get; init; } = [];

    /// <summary>Another answer to names than DNS, for tests.</summary>
    internal ISipNameService? Names { get; init; }

    /// <summary>Who we are to servers and proxies that ask (RFC 3261 §22). Default: nobody.</summary>
    public IReadOnlyList<SipCredentials> Credentials { get; init; } = [];

    /// <summary>Callers must be one of these users; null: anybody may call. Default null.</summary>
    public DigestServerOptions? Authentication { get; init; }

    /// <summary>Addresses from which calls need no credentials and no rate is kept. Default: none.</summary>
    public Func<System.Net.IPAddress, bool> IsTrusted { get; init; } = static _ => false;

    /// <summary>New calls and other requests outside a call that one address may send per second, on average. Zero: no bound. Default 0.</summary>
    public int RequestsPerSecond { get; init; }

    /// <summary>So many may come at once before <see cref="RequestsPerSecond"/> counts. Default 50.</summary>
    public int RequestBurst { get; init; } = 50;

    /// <summary>User part of our Contact. Default <c>avatar</c>.</summary>
    public string ContactUser { get; init; } = "avatar";

    /// <summary>Parameters of our Contact, as RFC 3840 has them. Default: audio and video.</summary>
    public string ContactFeatures { get; init; } = ";audio;video";

    /// <summary>Value of User-Agent in requests and of Server in responses. Default <c>Avatar2D</c>.</summary>
    public string Product { get; init; } = "Avatar2D";

    /// <summary>
    /// Option tags that we understand: Supported, and what Require may name. Default: 100rel (RFC 3262) and timer (RFC 4028).
    /// </summary>
    public IReadOnlyList<string> Supported { get; init; } = ["100rel", "timer"];

    /// <summary>Bodies of INFO that the application reads; others are refused with 415. Default: RFC 5168 media control.</summary>
    public IReadOnlyList<MediaType> InfoTypes { get; init; } = [MediaType.MediaControl];

    /// <summary>How sessions are refreshed, where both sides support timer.</summary>
    public SessionTimerSettings SessionTimer { get; init; } = new();

    /// <summary>
    /// How long our INVITE or re-INVITE may ring, and a peer's INVITE wait for us, before we end it. Default 180 s, as timer C of
    /// proxies (RFC 3261 §16.6).
    /// </summary>
    public TimeSpan NoAnswerTimeout { get; init; } = TimeSpan.FromSeconds(180);

    /// <summary>Retry-After of 503 while draining or full. Default 10 s.</summary>
    public TimeSpan OverloadRetryAfter { get; init; } = TimeSpan.FromSeconds(10);
}
