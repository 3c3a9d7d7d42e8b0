using System.Collections;

namespace Avatar2D.Sip.Messages;

/// <summary>Immutable ordered header lines. Content-Length is not among them: the body's length says it. RFC 3261 §7.3.1.</summary>
public sealed class SipHeaderList : IReadOnlyList<SipHeader>
{
    /// <summary>No headers.</summary>
    public static readonly SipHeaderList Empty = new([]);

    private readonly SipHeader[] _items;

    internal SipHeaderList(SipHeader[] items) => _items = items;

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public SipHeader this[int index] => _items[index];

    /// <summary>Raw value of the first header with this full or compact name; null when absent.</summary>
    public string? this[string name]
    {
        get
        {
            int at = IndexOf(SipHeaderNames.Canonical(name), 0);
            return at < 0 ? null : _items[at].Value;
        }
    }

    /// <summary>True when a header with this full or compact name is there.</summary>
    public bool Contains(string name) => IndexOf(SipHeaderNames.Canonical(name), 0) >= 0;

    /// <summary>Raw values of all lines with this full or compact name, in order.</summary>
    public IEnumerable<string> Values(string name)
    {
        name = SipHeaderNames.Canonical(name);
        for (int at = IndexOf(name, 0); at >= 0; at = IndexOf(name, at + 1))
        {
            yield return _items[at].Value;
        }
    }

    /// <inheritdoc/>
    public IEnumerator<SipHeader> GetEnumerator() => ((IEnumerable<SipHeader>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    /// <summary>Index of the next line with this canonical name, or -1.</summary>
    internal int IndexOf(string canonicalName, int start)
    {
        for (int i = start; i < _items.Length; i++)
        {
            string name = _items[i].Name;
            if (ReferenceEquals(name, canonicalName) || name.Equals(canonicalName, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }
}
