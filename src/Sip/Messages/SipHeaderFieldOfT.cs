using System.Diagnostics.CodeAnalysis;

namespace Avatar2D.Sip.Messages;

/// <summary>Parses one value of a header. Never throws.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public delegate bool SipValueParser<T>(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out T value);

/// <summary>A known header with the type of its values; <see cref="SipFields"/> holds them all.</summary>
/// <typeparam name="T">Type of one value.</typeparam>
public sealed class SipHeaderField<T> : SipHeaderField
{
    private readonly SipValueParser<T> _parser;

    internal SipHeaderField(string name, bool isList, SipValueParser<T> parser)
        : base(name, isList) => _parser = parser;

    /// <summary>Parses one value.</summary>
    public bool TryParse(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out T value) => _parser(text, out value);

    /// <inheritdoc/>
    public override bool IsValid(ReadOnlySpan<char> raw)
    {
        List<T> values = [];
        return TryReadLine(raw, values, int.MaxValue);
    }

    /// <summary>First well-formed value in the list.</summary>
    internal bool TryGetFirst(SipHeaderList headers, [MaybeNullWhen(false)] out T value)
    {
        for (int at = headers.IndexOf(Name, 0); at >= 0; at = headers.IndexOf(Name, at + 1))
        {
            if (!IsList)
            {
                return _parser(headers[at].Value, out value);
            }

            foreach (ReadOnlySpan<char> text in new SipValues(headers[at].Value))
            {
                if (!text.IsEmpty)
                {
                    return _parser(text, out value);
                }
            }
        }

        value = default;
        return false;
    }

    /// <summary>All values in order; null when one is malformed or there are more than <paramref name="maximum"/>.</summary>
    internal IReadOnlyList<T>? ReadAll(SipHeaderList headers, int maximum)
    {
        int at = headers.IndexOf(Name, 0);
        if (at < 0)
        {
            return [];
        }

        List<T> values = [];
        for (; at >= 0; at = headers.IndexOf(Name, at + 1))
        {
            if (!TryReadLine(headers[at].Value, values, maximum))
            {
                return null;
            }
        }

        return values;
    }

    private bool TryReadLine(ReadOnlySpan<char> raw, List<T> values, int maximum)
    {
        if (!IsList)
        {
            if (!_parser(raw, out T? only))
            {
                return false;
            }

            values.Add(only);
            return values.Count <= maximum;
        }

        foreach (ReadOnlySpan<char> text in new SipValues(raw))
        {
            // Empty list members (",,") carry nothing; the mandatory ones are refused when nothing at all is left.
            if (text.IsEmpty)
            {
                continue;
            }

            if (values.Count >= maximum || !_parser(text, out T? value))
            {
                return false;
            }

            values.Add(value);
        }

        return true;
    }
}
