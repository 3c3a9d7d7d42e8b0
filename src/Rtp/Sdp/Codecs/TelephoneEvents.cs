using System.Globalization;

namespace Avatar2D.Rtp.Sdp;

/// <summary>The set of event codes in the fmtp of telephone-event (RFC 4733 §2.4.1), codes 0 to 127.</summary>
/// <param name="Bits">Bit n stands for event n.</param>
public readonly record struct TelephoneEvents(UInt128 Bits)
{
    /// <summary>0 to 15: DTMF, what an absent fmtp means.</summary>
    public static TelephoneEvents Dtmf { get; } = new(0xFFFF);

    /// <summary>True when the event may be sent to the writer.</summary>
    public bool Contains(int code) => code is >= 0 and < 128 && (Bits >> code & 1) == 1;

    /// <summary>What both know.</summary>
    public TelephoneEvents Intersect(TelephoneEvents other) => new(Bits & other.Bits);

    /// <summary>Reads "0-11,16" or "events=0-15"; without any readable code it is <see cref="Dtmf"/>.</summary>
    public static TelephoneEvents From(FormatParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        UInt128 bits = 0;
        foreach (KeyValuePair<string, string?> item in parameters.Items)
        {
            foreach (string part in (item.Value ?? item.Key).Split(','))
            {
                int dash = part.IndexOf('-', StringComparison.Ordinal);
                if (TryCode(dash < 0 ? part : part[..dash], out int first) && TryCode(part[(dash + 1)..], out int last))
                {
                    for (int code = first; code <= Math.Min(last, 127); code++)
                    {
                        bits |= UInt128.One << code;
                    }
                }
            }
        }

        return bits == 0 ? Dtmf : new(bits);
    }

    /// <summary>The list as fmtp writes it, such as "0-15,32".</summary>
    public override string ToString()
    {
        var ranges = new List<string>();
        for (int code = 0; code < 128; code++)
        {
            if (Contains(code))
            {
                int first = code;
                while (Contains(code + 1))
                {
                    code++;
                }

                ranges.Add(first == code ? Codec.Text(first) : $"{Codec.Text(first)}-{Codec.Text(code)}");
            }
        }

        return string.Join(',', ranges);
    }

    private static bool TryCode(string text, out int code) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out code) && code <= 255;
}
