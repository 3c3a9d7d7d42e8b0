using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Avatar2D.Sip.Messages;

/// <summary>Immutable ordered parameters of a header value or URI; names compare without case. RFC 3261 §7.3.1, §19.1.1.</summary>
public sealed class SipParameters : IReadOnlyList<SipParameter>, IEquatable<SipParameters>
{
    /// <summary>Most parameters taken from the wire in one value; a value with more is refused.</summary>
    public const int MaxCount = 128;

    /// <summary>No parameters.</summary>
    public static readonly SipParameters Empty = new([]);

    /// <summary>No parameters of a URI.</summary>
    internal static readonly SipParameters EmptyOfUri = new([], isOfUri: true);

    private readonly SipParameter[] _items;

    /// <summary>In a URI quotes are characters as any other.</summary>
    private readonly bool _isOfUri;

    internal SipParameters(SipParameter[] items, bool isOfUri = false)
    {
        _items = items;
        _isOfUri = isOfUri;
    }

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public SipParameter this[int index] => _items[index];

    /// <summary>The value of a parameter without quotes; null when absent or without value (<see cref="Contains"/> tells which).</summary>
    public string? this[string name] =>
        Find(name) is var at and >= 0 && _items[at].Value is { } value ? (_isOfUri ? value : SipChars.Unquote(value)) : null;

    /// <summary>True when the parameter is there, with or without value.</summary>
    public bool Contains(string name) => Find(name) >= 0;

    /// <summary>These parameters with one set (in its place, or appended). Null means no value; a header value that is no token is quoted.</summary>
    public SipParameters With(string name, string? value)
    {
        string? raw = value is null || _isOfUri || IsPlain(value) ? value : SipChars.Quote(value);
        return WithRaw(name, raw);
    }

    /// <summary>These parameters with one set to text that is written as it is.</summary>
    internal SipParameters WithRaw(string name, string? raw)
    {
        SipHeader.ThrowIfBreaksLine(name);
        SipHeader.ThrowIfBreaksLine(raw);
        int at = Find(name);
        SipParameter item = new(name, raw);
        if (at < 0)
        {
            return new([.. _items, item], _isOfUri);
        }

        SipParameter[] items = [.. _items];
        items[at] = item;
        return new(items, _isOfUri);
    }

    /// <summary>These parameters without one.</summary>
    public SipParameters Without(string name) =>
        Find(name) < 0 ? this : new([.. _items.Where(item => !item.Name.Equals(name, StringComparison.OrdinalIgnoreCase))], _isOfUri);

    /// <inheritdoc/>
    public IEnumerator<SipParameter> GetEnumerator() => ((IEnumerable<SipParameter>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    /// <summary>The same parameters in the same order and writing.</summary>
    public bool Equals(SipParameters? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SipParameters);

    /// <inheritdoc/>
    public override int GetHashCode() => _items.Length == 0 ? 0 : HashCode.Combine(_items.Length, _items[0]);

    /// <summary>Header form: <c>;name=value;name</c>.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        AppendTo(text);
        return text.ToString();
    }

    /// <summary>Reads <c>*(SEMI generic-param)</c> up to the end of the value; an empty parameter is an error.</summary>
    internal static bool TryRead(ref SipScanner scanner, [NotNullWhen(true)] out SipParameters? parameters) =>
        TryRead(ref scanner, ';', out parameters);

    /// <summary>Reads parameters that each follow <paramref name="separator"/>, up to the end of the value.</summary>
    internal static bool TryRead(ref SipScanner scanner, char separator, [NotNullWhen(true)] out SipParameters? parameters)
    {
        parameters = Empty;
        List<SipParameter>? items = null;
        while (scanner.TryTakeSeparator(separator))
        {
            if (items is { Count: >= MaxCount } || !TryReadOne(ref scanner, out SipParameter item))
            {
                parameters = null;
                return false;
            }

            (items ??= []).Add(item);
        }

        if (!scanner.SkipToEnd())
        {
            parameters = null;
            return false;
        }

        parameters = items is null ? Empty : new([.. items]);
        return true;
    }

    /// <summary>Reads <c>name</c> or <c>name = value</c>.</summary>
    internal static bool TryReadOne(ref SipScanner scanner, out SipParameter parameter)
    {
        parameter = default;
        if (!scanner.TryTakeToken(out ReadOnlySpan<char> name))
        {
            return false;
        }

        if (!scanner.TryTakeSeparator('='))
        {
            parameter = new(Intern(name), null);
            return true;
        }

        ReadOnlySpan<char> value;
        if (scanner.Current == '"')
        {
            if (!scanner.TryTakeQuoted(out value))
            {
                return false;
            }
        }
        else
        {
            value = scanner.TakeUntil(SipChars.ParameterEnd);
            if (value.IsEmpty)
            {
                return false;
            }
        }

        parameter = new(Intern(name), value.ToString());
        return true;
    }

    internal void AppendTo(StringBuilder text)
    {
        foreach (SipParameter item in _items)
        {
            text.Append(';').Append(item.Name);
            if (item.Value is { } value)
            {
                text.Append('=').Append(value);
            }
        }
    }

    /// <summary>Names that come in nearly every message need no new string.</summary>
    internal static string Intern(ReadOnlySpan<char> name) => name switch
    {
        "branch" => "branch",
        "tag" => "tag",
        "rport" => "rport",
        "received" => "received",
        "lr" => "lr",
        "transport" => "transport",
        "user" => "user",
        "expires" => "expires",
        _ => name.ToString(),
    };

    private static bool IsPlain(string value) => value.Length > 0 && !value.AsSpan().ContainsAny(SipChars.ParameterEnd);

    private int Find(string name)
    {
        for (int i = 0; i < _items.Length; i++)
        {
            if (_items[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }
}
