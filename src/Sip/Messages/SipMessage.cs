using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Avatar2D.Sip.Messages;

/// <summary>
/// Immutable SIP message: RFC 3261 §7. Made by the parser or a builder, so its mandatory headers are always good.
/// Safe to share between threads.
/// </summary>
public abstract class SipMessage
{
    private readonly CoreHeaders _core;

    private protected SipMessage(SipHeaderList headers, CoreHeaders core, ReadOnlyMemory<byte> body)
    {
        Headers = headers;
        _core = core;
        Body = body;
    }

    /// <summary>All header lines in order, but Content-Length.</summary>
    public SipHeaderList Headers { get; }

    /// <summary>Body bytes; Content-Length is written from them.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The body as UTF-8 text.</summary>
    public string BodyText => Encoding.UTF8.GetString(Body.Span);

    /// <summary>All Via values, the newest hop first.</summary>
    public IReadOnlyList<ViaHeader> Vias => _core.Vias;

    /// <summary>The newest Via.</summary>
    public ViaHeader TopVia => _core.Vias[0];

    /// <summary>From.</summary>
    public NameAddress From => _core.From;

    /// <summary>To.</summary>
    public NameAddress To => _core.To;

    /// <summary>Tag of From; null only from RFC 2543 peers.</summary>
    public string? FromTag => _core.From.Tag;

    /// <summary>Tag of To; null outside a dialog.</summary>
    public string? ToTag => _core.To.Tag;

    /// <summary>Call-ID, compared with case.</summary>
    public string CallId => _core.CallId;

    /// <summary>CSeq.</summary>
    public CSeqHeader CSeq => _core.CSeq;

    /// <summary>Max-Forwards, 0 to 255; null when absent.</summary>
    public int? MaxForwards => _core.MaxForwards;

    /// <summary>All Contact values; empty for <c>Contact: *</c>.</summary>
    public IReadOnlyList<NameAddress> Contacts => _core.Contacts;

    /// <summary>The first Contact; null when absent.</summary>
    public NameAddress? Contact => _core.Contacts.Count > 0 ? _core.Contacts[0] : null;

    /// <summary>True for <c>Contact: *</c>: RFC 3261 §10.2.2.</summary>
    public bool IsWildcardContact => _core.IsWildcardContact;

    /// <summary>All Route values in order.</summary>
    public IReadOnlyList<NameAddress> Routes => _core.Routes;

    /// <summary>All Record-Route values in order.</summary>
    public IReadOnlyList<NameAddress> RecordRoutes => _core.RecordRoutes;

    /// <summary>Expires in seconds; null when absent or malformed.</summary>
    public int? Expires => Number(SipFields.Expires);

    /// <summary>Min-Expires in seconds; null when absent or malformed.</summary>
    public int? MinExpires => Number(SipFields.MinExpires);

    /// <summary>Retry-After; null when absent or malformed.</summary>
    public SecondsHeader? RetryAfter => First(SipFields.RetryAfter);

    /// <summary>Session-Expires; null when absent or malformed. RFC 4028.</summary>
    public SecondsHeader? SessionExpires => First(SipFields.SessionExpires);

    /// <summary>Min-SE; null when absent or malformed. RFC 4028.</summary>
    public SecondsHeader? MinSE => First(SipFields.MinSE);

    /// <summary>Content-Type; null when absent or malformed.</summary>
    public MediaType? ContentType => First(SipFields.ContentType);

    /// <summary>Option tags that the peer must understand.</summary>
    public IReadOnlyList<string> Require => GetAll(SipFields.Require);

    /// <summary>Option tags that a proxy must understand.</summary>
    public IReadOnlyList<string> ProxyRequire => GetAll(SipFields.ProxyRequire);

    /// <summary>Option tags that the sender supports.</summary>
    public IReadOnlyList<string> Supported => GetAll(SipFields.Supported);

    /// <summary>Option tags that were not understood.</summary>
    public IReadOnlyList<string> Unsupported => GetAll(SipFields.Unsupported);

    /// <summary>Methods that the sender takes.</summary>
    public IReadOnlyList<string> Allow => GetAll(SipFields.Allow);

    /// <summary>RSeq; null when absent or malformed. RFC 3262.</summary>
    public uint? RSeq => TryGet(SipFields.RSeq, out uint value) ? value : null;

    /// <summary>RAck; null when absent or malformed. RFC 3262.</summary>
    public RAckHeader? RAck => TryGet(SipFields.RAck, out RAckHeader value) ? value : null;

    /// <summary>The first Reason; null when absent or malformed. RFC 3326.</summary>
    public ReasonHeader? Reason => First(SipFields.Reason);

    /// <summary>P-Asserted-Identity, at most a sip and a tel URI. RFC 3325.</summary>
    public IReadOnlyList<NameAddress> PAssertedIdentity => GetAll(SipFields.PAssertedIdentity);

    /// <summary>Challenges of a server.</summary>
    public IReadOnlyList<DigestHeader> WwwAuthenticate => GetAll(SipFields.WwwAuthenticate);

    /// <summary>Challenges of a proxy.</summary>
    public IReadOnlyList<DigestHeader> ProxyAuthenticate => GetAll(SipFields.ProxyAuthenticate);

    /// <summary>Credentials for servers.</summary>
    public IReadOnlyList<DigestHeader> Authorization => GetAll(SipFields.Authorization);

    /// <summary>Credentials for proxies.</summary>
    public IReadOnlyList<DigestHeader> ProxyAuthorization => GetAll(SipFields.ProxyAuthorization);

    /// <summary>The first value of a known header; false when absent or malformed.</summary>
    public bool TryGet<T>(SipHeaderField<T> field, [MaybeNullWhen(false)] out T value) => field.TryGetFirst(Headers, out value);

    /// <summary>All values of a known header; empty when absent or when one of them is malformed.</summary>
    public IReadOnlyList<T> GetAll<T>(SipHeaderField<T> field) => field.ReadAll(Headers, int.MaxValue) ?? [];

    /// <summary>True when Supported or Require names the option tag.</summary>
    public bool Supports(string optionTag) =>
        Supported.Contains(optionTag, StringComparer.OrdinalIgnoreCase) || Require.Contains(optionTag, StringComparer.OrdinalIgnoreCase);

    private T? First<T>(SipHeaderField<T> field)
        where T : class => TryGet(field, out T? value) ? value : null;

    private int? Number(SipHeaderField<int> field) => TryGet(field, out int value) ? value : null;
}
