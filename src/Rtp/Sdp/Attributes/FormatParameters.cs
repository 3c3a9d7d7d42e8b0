using System.Collections.Immutable;
using System.Globalization;

namespace Avatar2D.Rtp.Sdp;

/// <summary>
/// The parameters of one a=fmtp line as an ordered map: "name=value;name=value". Names are compared without case;
/// a word without "=" (telephone-event's "0-15") is a name with a null value. Equal when the text is.
/// </summary>
public sealed record FormatParameters
{
    /// <summary>No parameters: no fmtp line.</summary>
    public static readonly FormatParameters None = new([]);

    private FormatParameters(ImmutableArray<KeyValuePair<string, string?>> items) => Items = items;

    /// <summary>Name and value in the order they came.</summary>
    public ImmutableArray<KeyValuePair<string, string?>> Items { get; }

    /// <summary>True without any.</summary>
    public bool IsEmpty => Items.IsEmpty;

    /// <summary>Value of a parameter; "" for a word without "="; null when absent.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (KeyValuePair<string, string?> item in Items)
            {
                if (string.Equals(item.Key, name, StringComparison.OrdinalIgnoreCase))
                {
                    return item.Value ?? "";
                }
            }

            return null;
        }
    }

    /// <summary>Reads what stands after the payload type; never fails, empty pieces are skipped.</summary>
    public static FormatParameters Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var items = ImmutableArray.CreateBuilder<KeyValuePair<string, string?>>();
        foreach (Range range in text.AsSpan().Split(';'))
        {
            ReadOnlySpan<char> piece = text.AsSpan(range).Trim();
            if (piece.IsEmpty)
            {
                continue;
            }

            if (items.Count == SdpLimits.MaxFormatParameters)
            {
                break;
            }

            int equals = piece.IndexOf('=');
            items.Add(equals < 0
                ? new(piece.ToString(), null)
                : new(piece[..equals].Trim().ToString(), piece[(equals + 1)..].Trim().ToString()));
        }

        return items.Count == 0 ? None : new(items.ToImmutable());
    }

    /// <summary>The value as a number not below zero, or null.</summary>
    public int? Number(string name) =>
        int.TryParse(this[name], NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;

    /// <summary>True where the value is 1.</summary>
    public bool Flag(string name) => this[name] == "1";

    /// <summary>A copy with one parameter replaced in its place, or added at the end.</summary>
    public FormatParameters With(string name, string? value)
    {
        for (int i = 0; i < Items.Length; i++)
        {
            if (string.Equals(Items[i].Key, name, StringComparison.OrdinalIgnoreCase))
            {
                return new(Items.SetItem(i, new(Items[i].Key, value)));
            }
        }

        return new(Items.Add(new(name, value)));
    }

    /// <summary>A copy without a parameter.</summary>
    public FormatParameters Without(string name) =>
        new(Items.RemoveAll(item => string.Equals(item.Key, name, StringComparison.OrdinalIgnoreCase)));

    /// <inheritdoc/>
    public bool Equals(FormatParameters? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    /// <inheritdoc/>
    public override string ToString() => string.Join(';', Items.Select(i => i.Value is null ? i.Key : $"{i.Key}={i.Value}"));
}
