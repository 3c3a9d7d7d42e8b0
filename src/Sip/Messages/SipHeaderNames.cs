using System.Collections.Frozen;

namespace Avatar2D.Sip.Messages;

/// <summary>Header names in the spelling of their RFCs, and their compact forms.</summary>
public static class SipHeaderNames
{
#pragma warning disable CS1591 // The names are the RFCs' own.
    public const string Accept = "Accept";
    public const string AcceptContact = "Accept-Contact";
    public const string AcceptEncoding = "Accept-Encoding";
    public const string AcceptLanguage = "Accept-Language";
    public const string AlertInfo = "Alert-Info";
    public const string Allow = "Allow";
    public const string AllowEvents = "Allow-Events";
    public const string AuthenticationInfo = "Authentication-Info";
    public const string Authorization = "Authorization";
    public const string CallId = "Call-ID";
    public const string CallInfo = "Call-Info";
    public const string Contact = "Contact";
    public const string ContentDisposition = "Content-Disposition";
    public const string ContentEncoding = "Content-Encoding";
    public const string ContentLanguage = "Content-Language";
    public const string ContentLength = "Content-Length";
    public const string ContentType = "Content-Type";
    public const string CSeq = "CSeq";
    public const string Date = "Date";
    public const string Diversion = "Diversion";
    public const string ErrorInfo = "Error-Info";
    public const string Event = "Event";
    public const string Expires = "Expires";
    public const string From = "From";
    public const string HistoryInfo = "History-Info";
    public const string Identity = "Identity";
    public const string InReplyTo = "In-Reply-To";
    public const string Join = "Join";
    public const string MaxForwards = "Max-Forwards";
    public const string MimeVersion = "MIME-Version";
    public const string MinExpires = "Min-Expires";
    public const string MinSE = "Min-SE";
    public const string Organization = "Organization";
    public const string PAccessNetworkInfo = "P-Access-Network-Info";
    public const string PAssertedIdentity = "P-Asserted-Identity";
    public const string PAssociatedUri = "P-Associated-URI";
    public const string Path = "Path";
    public const string PCalledPartyId = "P-Called-Party-ID";
    public const string PChargingVector = "P-Charging-Vector";
    public const string PEarlyMedia = "P-Early-Media";
    public const string PPreferredIdentity = "P-Preferred-Identity";
    public const string PPreferredService = "P-Preferred-Service";
    public const string PAssertedService = "P-Asserted-Service";
    public const string Priority = "Priority";
    public const string Privacy = "Privacy";
    public const string ProxyAuthenticate = "Proxy-Authenticate";
    public const string ProxyAuthorization = "Proxy-Authorization";
    public const string ProxyRequire = "Proxy-Require";
    public const string RAck = "RAck";
    public const string Reason = "Reason";
    public const string RecordRoute = "Record-Route";
    public const string ReferredBy = "Referred-By";
    public const string ReferTo = "Refer-To";
    public const string RejectContact = "Reject-Contact";
    public const string RemotePartyId = "Remote-Party-ID";
    public const string Replaces = "Replaces";
    public const string ReplyTo = "Reply-To";
    public const string RequestDisposition = "Request-Disposition";
    public const string Require = "Require";
    public const string RetryAfter = "Retry-After";
    public const string Route = "Route";
    public const string RSeq = "RSeq";
    public const string Server = "Server";
    public const string ServiceRoute = "Service-Route";
    public const string SessionExpires = "Session-Expires";
    public const string SipETag = "SIP-ETag";
    public const string SipIfMatch = "SIP-If-Match";
    public const string Subject = "Subject";
    public const string SubscriptionState = "Subscription-State";
    public const string Supported = "Supported";
    public const string Timestamp = "Timestamp";
    public const string To = "To";
    public const string Unsupported = "Unsupported";
    public const string UserAgent = "User-Agent";
    public const string Via = "Via";
    public const string Warning = "Warning";
    public const string WwwAuthenticate = "WWW-Authenticate";
    public const string InfoPackage = "Info-Package";
    public const string RecvInfo = "Recv-Info";
#pragma warning restore CS1591

    private static readonly string[] All =
    [
        Accept, AcceptContact, AcceptEncoding, AcceptLanguage, AlertInfo, Allow, AllowEvents, AuthenticationInfo, Authorization,
        CallId, CallInfo, Contact, ContentDisposition, ContentEncoding, ContentLanguage, ContentLength, ContentType, CSeq, Date,
        Diversion, ErrorInfo, Event, Expires, From, HistoryInfo, Identity, InReplyTo, Join, MaxForwards, MimeVersion, MinExpires,
        MinSE, Organization, PAccessNetworkInfo, PAssertedIdentity, PAssociatedUri, Path, PCalledPartyId, PChargingVector,
        PEarlyMedia, PPreferredIdentity, PPreferredService, PAssertedService, Priority, Privacy, ProxyAuthenticate,
        ProxyAuthorization, ProxyRequire, RAck, Reason, RecordRoute, ReferredBy, ReferTo, RejectContact, RemotePartyId, Replaces,
        ReplyTo, RequestDisposition, Require, RetryAfter, Route, RSeq, Server, ServiceRoute, SessionExpires, SipETag, SipIfMatch,
        Subject, SubscriptionState, Supported, Timestamp, To, Unsupported, UserAgent, Via, Warning, WwwAuthenticate, InfoPackage,
        RecvInfo,
    ];

    /// <summary>Compact forms: RFC 3261 §7.3.3 and the IANA registry.</summary>
    private static readonly KeyValuePair<string, string>[] CompactForms =
    [
        new("a", AcceptContact), new("b", ReferredBy), new("c", ContentType), new("d", RequestDisposition), new("e", ContentEncoding),
        new("f", From), new("i", CallId), new("j", RejectContact), new("k", Supported), new("l", ContentLength), new("m", Contact),
        new("n", "Identity-Info"), new("o", Event), new("r", ReferTo), new("s", Subject), new("t", To), new("u", AllowEvents),
        new("v", Via), new("x", SessionExpires), new("y", Identity),
    ];

    private static readonly FrozenDictionary<string, string> Table = All
        .Select(name => new KeyValuePair<string, string>(name, name)).Concat(CompactForms)
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Table.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenDictionary<string, string> FullToCompact = CompactForms
        .ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>The compact form of a header name; null when it has none.</summary>
    public static string? Compact(string name) => FullToCompact.GetValueOrDefault(name);

    /// <summary>The RFC's spelling of a full or compact name; an unknown name comes back as it is.</summary>
    public static string Canonical(string name) => Table.GetValueOrDefault(name, name);

    /// <summary>The RFC's spelling of a full or compact name; an unknown name as a new string.</summary>
    internal static string Canonical(ReadOnlySpan<char> name) => Lookup.TryGetValue(name, out string? known) ? known : name.ToString();
}
