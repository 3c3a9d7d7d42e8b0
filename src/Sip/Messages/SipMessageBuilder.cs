using System.Globalization;
using System.Text;

namespace Avatar2D.Sip.Messages;

/// <summary>Collects the parts of a message; not for use by two threads. Text with line breaks is refused with an exception.</summary>
/// <typeparam name="TSelf">The builder itself, for chained calls.</typeparam>
public abstract class SipMessageBuilder<TSelf>
    where TSelf : SipMessageBuilder<TSelf>
{
    private readonly List<SipHeader> _headers;

    private protected SipMessageBuilder(IEnumerable<SipHeader> headers, ReadOnlyMemory<byte> body)
    {
        _headers = [.. headers];
        Body = body;
    }

    /// <summary>The body so far.</summary>
    protected ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>The header lines so far.</summary>
    private protected IReadOnlyList<SipHeader> Headers => _headers;

    private TSelf Self => (TSelf)this;

    /// <summary>Appends a header line.</summary>
    public TSelf Add(string name, string value)
    {
        _headers.Add(Checked(name, value));
        return Self;
    }

    /// <summary>Puts a header line before all others of its name, or at the end when there is none.</summary>
    public TSelf Prepend(string name, string value)
    {
        SipHeader header = Checked(name, value);
        int at = IndexOf(header.Name);
        _headers.Insert(at < 0 ? _headers.Count : at, header);
        return Self;
    }

    /// <summary>Replaces all lines of this name by one, in the place of the first; null removes them.</summary>
    public TSelf Set(string name, string? value)
    {
        name = SipHeaderNames.Canonical(name);
        int at = IndexOf(name);
        _ = Remove(name);
        if (value is not null)
        {
            _headers.Insert(at < 0 ? _headers.Count : at, Checked(name, value));
        }

        return Self;
    }

    /// <summary>Replaces a header by a list: one line of comma-separated values; none removes it.</summary>
    public TSelf Set(string name, IEnumerable<object> values)
    {
        string joined = string.Join(", ", values);
        return Set(name, joined.Length == 0 ? null : joined);
    }

    /// <summary>Removes all lines of this name.</summary>
    public TSelf Remove(string name)
    {
        name = SipHeaderNames.Canonical(name);
        _headers.RemoveAll(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return Self;
    }

    /// <summary>Puts a Via on top: RFC 3261 §18.1.1.</summary>
    public TSelf PrependVia(ViaHeader via)
    {
        SipHeader header = Checked(SipHeaderNames.Via, via.ToString());
        int at = IndexOf(header.Name);
        _headers.Insert(at < 0 ? 0 : at, header);
        return Self;
    }

    /// <summary>Takes the top Via value away.</summary>
    public TSelf RemoveTopVia() => ReplaceTopVia(null);

    /// <summary>Replaces the top Via value, as after <see cref="ViaHeader.WithSource"/>; null takes it away.</summary>
    public TSelf ReplaceTopVia(ViaHeader? via)
    {
        int at = IndexOf(SipHeaderNames.Via);
        if (at < 0)
        {
            return via is null ? Self : PrependVia(via);
        }

        List<string> values = [];
        foreach (ReadOnlySpan<char> value in new SipValues(_headers[at].Value))
        {
            values.Add(value.ToString());
        }

        values.RemoveAt(0);
        if (via is not null)
        {
            values.Insert(0, via.ToString());
        }

        if (values.Count == 0)
        {
            _headers.RemoveAt(at);
        }
        else
        {
            _headers[at] = Checked(SipHeaderNames.Via, string.Join(", ", values));
        }

        return Self;
    }

    /// <summary>Sets From.</summary>
    public TSelf From(NameAddress value) => Set(SipHeaderNames.From, value.ToString());

    /// <summary>Sets To.</summary>
    public TSelf To(NameAddress value) => Set(SipHeaderNames.To, value.ToString());

    /// <summary>Sets Call-ID.</summary>
    public TSelf CallId(string value) => Set(SipHeaderNames.CallId, value);

    /// <summary>Sets CSeq.</summary>
    public TSelf CSeq(uint number, string method) => Set(SipHeaderNames.CSeq, new CSeqHeader(number, method).ToString());

    /// <summary>Sets Max-Forwards.</summary>
    public TSelf MaxForwards(int hops) => Set(SipHeaderNames.MaxForwards, hops.ToString(CultureInfo.InvariantCulture));

    /// <summary>Sets the one Contact.</summary>
    public TSelf Contact(NameAddress value) => Set(SipHeaderNames.Contact, value.ToString());

    /// <summary>Sets the Route values; none removes the header.</summary>
    public TSelf Routes(IEnumerable<NameAddress> values) => Set(SipHeaderNames.Route, values);

    /// <summary>Sets the body and its Content-Type; an empty body removes the type.</summary>
    public TSelf WithBody(ReadOnlyMemory<byte> body, MediaType contentType)
    {
        Body = body;
        return Set(SipHeaderNames.ContentType, body.IsEmpty ? null : contentType.ToString());
    }

    /// <summary>Sets a UTF-8 body and its Content-Type.</summary>
    public TSelf WithBody(string body, MediaType contentType) => WithBody(Encoding.UTF8.GetBytes(body), contentType);

    /// <summary>Takes the body away with all headers that describe it.</summary>
    public TSelf WithoutBody()
    {
        Body = default;
        return Remove(SipHeaderNames.ContentType).Remove(SipHeaderNames.ContentDisposition)
            .Remove(SipHeaderNames.ContentEncoding).Remove(SipHeaderNames.ContentLanguage);
    }

    /// <summary>Checks what was collected.</summary>
    /// <exception cref="InvalidOperationException">A mandatory header is missing or malformed: a bug of the caller.</exception>
    private protected (SipHeaderList Headers, CoreHeaders Core) Complete(string? method)
    {
        SipHeaderList headers = new([.. _headers]);
        return CoreHeaders.TryRead(headers, method, int.MaxValue, out CoreHeaders? core, out HeaderFault? fault)
            ? (headers, core)
            : throw new InvalidOperationException($"The SIP message is not complete: {fault.Text}.");
    }

    private static SipHeader Checked(string name, string value)
    {
        name = SipHeaderNames.Canonical(name);
        if (!SipChars.IsToken(name) || name == SipHeaderNames.ContentLength)
        {
            throw new ArgumentException("A header name is a token, and Content-Length is written from the body.", nameof(name));
        }

        SipHeader.ThrowIfBreaksLine(value);
        return new(name, value.Trim(' ', '\t'));
    }

    private int IndexOf(string canonicalName) =>
        _headers.FindIndex(header => header.Name.Equals(canonicalName, StringComparison.OrdinalIgnoreCase));
}
