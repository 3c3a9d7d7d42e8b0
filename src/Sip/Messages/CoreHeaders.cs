using System.Diagnostics.CodeAnalysis;

namespace Avatar2D.Sip.Messages;

/// <summary>
/// The headers that every element must understand, parsed once when a message is made, by the parser and by the builders alike.
/// A message object therefore always has a good Via, From, To, Call-ID and CSeq: RFC 3261 §8.1.1.
/// </summary>
internal sealed class CoreHeaders
{
    private static readonly string[] Singles =
    [
        SipHeaderNames.From, SipHeaderNames.To, SipHeaderNames.CallId, SipHeaderNames.CSeq, SipHeaderNames.MaxForwards,
        SipHeaderNames.ContentType,
    ];

    public required IReadOnlyList<ViaHeader> Vias { get; init; }

    public required NameAddress From { get; init; }

    public required NameAddress To { get; init; }

    public required string CallId { get; init; }

    public required CSeqHeader CSeq { get; init; }

    public int? MaxForwards { get; init; }

    public required IReadOnlyList<NameAddress> Contacts { get; init; }

    /// <summary>True for <c>Contact: *</c>.</summary>
    public bool IsWildcardContact { get; init; }

    public required IReadOnlyList<NameAddress> Routes { get; init; }

    public required IReadOnlyList<NameAddress> RecordRoutes { get; init; }

    /// <summary>Reads and checks them. <paramref name="method"/> is the request's method, null for a response.</summary>
    public static bool TryRead(
        SipHeaderList headers,
        string? method,
        int maxValues,
        [NotNullWhen(true)] out CoreHeaders? core,
        [NotNullWhen(false)] out HeaderFault? fault)
    {
        core = null;
        fault = FindDuplicate(headers);
        if (fault is not null
            || !TryOne(headers, SipFields.From, out NameAddress? from, out fault)
            || !TryOne(headers, SipFields.To, out NameAddress? to, out fault)
            || !TryOne(headers, SipFields.CallId, out string? callId, out fault)
            || !TryOne(headers, SipFields.CSeq, out CSeqHeader cseq, out fault)
            || !TryMany(headers, SipFields.Via, maxValues, out IReadOnlyList<ViaHeader>? vias, out fault)
            || !TryHops(headers, out int? hops, out fault)
            || !TryMany(headers, SipFields.Route, maxValues, out IReadOnlyList<NameAddress>? routes, out fault)
            || !TryMany(headers, SipFields.RecordRoute, maxValues, out IReadOnlyList<NameAddress>? recordRoutes, out fault))
        {
            return false;
        }

        bool wildcard = headers[SipHeaderNames.Contact] is "*";
        IReadOnlyList<NameAddress>? contacts = [];
        if (!wildcard && !TryMany(headers, SipFields.Contact, maxValues, out contacts, out fault))
        {
            return false;
        }

        if (vias.Count == 0)
        {
            fault = Missing(SipHeaderNames.Via);
            return false;
        }

        if (method is not null && method != cseq.Method)
        {
            fault = new(SipRejectReason.MethodMismatch, "CSeq names another method than the request");
            return false;
        }

        core = new()
        {
            Vias = vias,
            From = from,
            To = to,
            CallId = callId,
            CSeq = cseq,
            MaxForwards = hops,
            Contacts = contacts,
            IsWildcardContact = wildcard,
            Routes = routes,
            RecordRoutes = recordRoutes,
        };
        return true;
    }

    private static HeaderFault? FindDuplicate(SipHeaderList headers)
    {
        foreach (string name in Singles)
        {
            int first = headers.IndexOf(name, 0);
            if (first >= 0 && headers.IndexOf(name, first + 1) >= 0)
            {
                return new(SipRejectReason.DuplicateHeader, $"{name} stands more than once");
            }
        }

        return null;
    }

    private static bool TryOne<T>(
        SipHeaderList headers, SipHeaderField<T> field, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out HeaderFault? fault)
    {
        int at = headers.IndexOf(field.Name, 0);
        if (at >= 0 && field.TryParse(headers[at].Value, out value) && value is not null)
        {
            fault = null;
            return true;
        }

        value = default;
        fault = at < 0 ? Missing(field.Name) : Bad(field.Name);
        return false;
    }

    private static bool TryMany<T>(
        SipHeaderList headers,
        SipHeaderField<T> field,
        int maxValues,
        [NotNullWhen(true)] out IReadOnlyList<T>? values,
        [NotNullWhen(false)] out HeaderFault? fault)
    {
        values = field.ReadAll(headers, maxValues);
        fault = values is null ? Bad(field.Name) : null;
        return values is not null;
    }

    private static bool TryHops(SipHeaderList headers, out int? hops, [NotNullWhen(false)] out HeaderFault? fault)
    {
        hops = null;
        fault = null;
        int at = headers.IndexOf(SipHeaderNames.MaxForwards, 0);
        if (at < 0)
        {
            return true;
        }

        if (!SipFields.MaxForwards.TryParse(headers[at].Value, out int value))
        {
            fault = Bad(SipHeaderNames.MaxForwards);
            return false;
        }

        hops = value;
        return true;
    }

    private static HeaderFault Missing(string name) => new(SipRejectReason.MissingHeader, $"{name} is missing");

    private static HeaderFault Bad(string name) => new(SipRejectReason.BadHeaderValue, $"{name} is malformed or has too many values");
}
