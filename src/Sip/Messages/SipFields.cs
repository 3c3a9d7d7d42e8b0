using System.Collections.Frozen;

namespace Avatar2D.Sip.Messages;

/// <summary>The table of known headers: name to type and parser. Use with <see cref="SipMessage.TryGet"/> and <see cref="SipMessage.GetAll"/>.</summary>
public static class SipFields
{
    private static readonly List<SipHeaderField> Registered = [];

#pragma warning disable CS1591 // The names are the RFCs' own.
    public static readonly SipHeaderField<ViaHeader> Via = List<ViaHeader>(SipHeaderNames.Via, ViaHeader.TryParse);
    public static readonly SipHeaderField<NameAddress> From = One<NameAddress>(SipHeaderNames.From, NameAddress.TryParse);
    public static readonly SipHeaderField<NameAddress> To = One<NameAddress>(SipHeaderNames.To, NameAddress.TryParse);
    public static readonly SipHeaderField<string> CallId = One<string>(SipHeaderNames.CallId, TokenSyntax.TryParseCallId);
    public static readonly SipHeaderField<CSeqHeader> CSeq = One<CSeqHeader>(SipHeaderNames.CSeq, CSeqHeader.TryParse);
    public static readonly SipHeaderField<int> MaxForwards = One<int>(SipHeaderNames.MaxForwards, SipNumber.TryParseHops);
    public static readonly SipHeaderField<NameAddress> Contact = List<NameAddress>(SipHeaderNames.Contact, NameAddress.TryParse);
    public static readonly SipHeaderField<NameAddress> Route = List<NameAddress>(SipHeaderNames.Route, NameAddress.TryParse);
    public static readonly SipHeaderField<NameAddress> RecordRoute = List<NameAddress>(SipHeaderNames.RecordRoute, NameAddress.TryParse);
    public static readonly SipHeaderField<NameAddress> Path = List<NameAddress>(SipHeaderNames.Path, NameAddress.TryParse);
    public static readonly SipHeaderField<NameAddress> ServiceRoute = List<NameAddress>(SipHeaderNames.ServiceRoute, NameAddress.TryParse);
    public static readonly SipHeaderField<NameAddress> PAssertedIdentity =
        List<NameAddress>(SipHeaderNames.PAssertedIdentity, NameAddress.TryParse);
    public static readonly SipHeaderField<NameAddress> PPreferredIdentity =
        List<NameAddress>(SipHeaderNames.PPreferredIdentity, NameAddress.TryParse);
    public static readonly SipHeaderField<NameAddress> PAssociatedUri = List<NameAddress>(SipHeaderNames.PAssociatedUri, NameAddress.TryParse);
    public static readonly SipHeaderField<NameAddress> PCalledPartyId = One<NameAddress>(SipHeaderNames.PCalledPartyId, NameAddress.TryParse);
    public static readonly SipHeaderField<NameAddress> RemotePartyId = List<NameAddress>(SipHeaderNames.RemotePartyId, NameAddress.TryParse);
    public static readonly SipHeaderField<NameAddress> Diversion = List<NameAddress>(SipHeaderNames.Diversion, NameAddress.TryParse);
    public static readonly SipHeaderField<NameAddress> HistoryInfo = List<NameAddress>(SipHeaderNames.HistoryInfo, NameAddress.TryParse);
    public static readonly SipHeaderField<NameAddress> ReferTo = One<NameAddress>(SipHeaderNames.ReferTo, NameAddress.TryParse);
    public static readonly SipHeaderField<NameAddress> ReferredBy = One<NameAddress>(SipHeaderNames.ReferredBy, NameAddress.TryParse);
    public static readonly SipHeaderField<NameAddress> ReplyTo = One<NameAddress>(SipHeaderNames.ReplyTo, NameAddress.TryParse);
    public static readonly SipHeaderField<int> Expires = One<int>(SipHeaderNames.Expires, SipNumber.TryParseInt);
    public static readonly SipHeaderField<int> MinExpires = One<int>(SipHeaderNames.MinExpires, SipNumber.TryParseInt);
    public static readonly SipHeaderField<SecondsHeader> RetryAfter = One<SecondsHeader>(SipHeaderNames.RetryAfter, SecondsHeader.TryParse);
    public static readonly SipHeaderField<SecondsHeader> SessionExpires =
        One<SecondsHeader>(SipHeaderNames.SessionExpires, SecondsHeader.TryParse);
    public static readonly SipHeaderField<SecondsHeader> MinSE = One<SecondsHeader>(SipHeaderNames.MinSE, SecondsHeader.TryParse);
    public static readonly SipHeaderField<MediaType> ContentType = One<MediaType>(SipHeaderNames.ContentType, MediaType.TryParse);
    public static readonly SipHeaderField<MediaType> Accept = List<MediaType>(SipHeaderNames.Accept, MediaType.TryParse);
    public static readonly SipHeaderField<SipValueWithParameters> ContentDisposition =
        One<SipValueWithParameters>(SipHeaderNames.ContentDisposition, SipValueWithParameters.TryParse);
    public static readonly SipHeaderField<string> ContentEncoding = Tokens(SipHeaderNames.ContentEncoding);
    public static readonly SipHeaderField<SipValueWithParameters> AcceptEncoding =
        List<SipValueWithParameters>(SipHeaderNames.AcceptEncoding, SipValueWithParameters.TryParse);
    public static readonly SipHeaderField<SipValueWithParameters> AcceptLanguage =
        List<SipValueWithParameters>(SipHeaderNames.AcceptLanguage, SipValueWithParameters.TryParse);
    public static readonly SipHeaderField<string> Require = Tokens(SipHeaderNames.Require);
    public static readonly SipHeaderField<string> ProxyRequire = Tokens(SipHeaderNames.ProxyRequire);
    public static readonly SipHeaderField<string> Supported = Tokens(SipHeaderNames.Supported);
    public static readonly SipHeaderField<string> Unsupported = Tokens(SipHeaderNames.Unsupported);
    public static readonly SipHeaderField<string> Allow = Tokens(SipHeaderNames.Allow);
    public static readonly SipHeaderField<string> AllowEvents = Tokens(SipHeaderNames.AllowEvents);
    public static readonly SipHeaderField<string> RecvInfo = Tokens(SipHeaderNames.RecvInfo);
    public static readonly SipHeaderField<SipValueWithParameters> InfoPackage =
        One<SipValueWithParameters>(SipHeaderNames.InfoPackage, SipValueWithParameters.TryParse);
    public static readonly SipHeaderField<uint> RSeq = One<uint>(SipHeaderNames.RSeq, SipNumber.TryParseUInt);
    public static readonly SipHeaderField<RAckHeader> RAck = One<RAckHeader>(SipHeaderNames.RAck, RAckHeader.TryParse);
    public static readonly SipHeaderField<ReasonHeader> Reason = List<ReasonHeader>(SipHeaderNames.Reason, ReasonHeader.TryParse);
    public static readonly SipHeaderField<DigestHeader> WwwAuthenticate = One<DigestHeader>(SipHeaderNames.WwwAuthenticate, DigestHeader.TryParse);
    public static readonly SipHeaderField<DigestHeader> ProxyAuthenticate =
        One<DigestHeader>(SipHeaderNames.ProxyAuthenticate, DigestHeader.TryParse);
    public static readonly SipHeaderField<DigestHeader> Authorization = One<DigestHeader>(SipHeaderNames.Authorization, DigestHeader.TryParse);
    public static readonly SipHeaderField<DigestHeader> ProxyAuthorization =
        One<DigestHeader>(SipHeaderNames.ProxyAuthorization, DigestHeader.TryParse);
    public static readonly SipHeaderField<SipValueWithParameters> Event =
        One<SipValueWithParameters>(SipHeaderNames.Event, SipValueWithParameters.TryParse);
    public static readonly SipHeaderField<SipValueWithParameters> SubscriptionState =
        One<SipValueWithParameters>(SipHeaderNames.SubscriptionState, SipValueWithParameters.TryParse);
    public static readonly SipHeaderField<string> Subject = One<string>(SipHeaderNames.Subject, TokenSyntax.TryParseText);
    public static readonly SipHeaderField<string> UserAgent = One<string>(SipHeaderNames.UserAgent, TokenSyntax.TryParseText);
    public static readonly SipHeaderField<string> Server = One<string>(SipHeaderNames.Server, TokenSyntax.TryParseText);
#pragma warning restore CS1591

    private static readonly FrozenDictionary<string, SipHeaderField> Table =
        Registered.ToFrozenDictionary(field => field.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>All known headers that have a typed form.</summary>
    public static IReadOnlyList<SipHeaderField> All => Registered;

    /// <summary>The typed form of a header by its full or compact name; null when it has none.</summary>
    public static SipHeaderField? Find(string name) => Table.GetValueOrDefault(SipHeaderNames.Canonical(name));

    private static SipHeaderField<T> One<T>(string name, SipValueParser<T> parser) => Register(new SipHeaderField<T>(name, false, parser));

    private static SipHeaderField<T> List<T>(string name, SipValueParser<T> parser) => Register(new SipHeaderField<T>(name, true, parser));

    private static SipHeaderField<string> Tokens(string name) => List<string>(name, TokenSyntax.TryParseToken);

    private static SipHeaderField<T> Register<T>(SipHeaderField<T> field)
    {
        Registered.Add(field);
        return field;
    }
}
