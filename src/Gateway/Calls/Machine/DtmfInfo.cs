using System.Buffers.Text;
using System.Text;
using Avatar2D.Sip.Messages;

namespace Avatar2D.Gateway.Calls.Machine;

/// <summary>
/// Keys in INFO, as phones and PBXs without telephone events send them. No RFC describes them; "Signal=5" and a Duration line is what
/// the makers agree on (application/dtmf-relay), or the bare key (application/dtmf).
/// </summary>
internal static class DtmfInfo
{
    /// <summary>application/dtmf-relay.</summary>
    public static readonly MediaType Relay = new("application", "dtmf-relay", SipParameters.Empty);

    /// <summary>application/dtmf.</summary>
    public static readonly MediaType Plain = new("application", "dtmf", SipParameters.Empty);

    /// <summary>Keys by their event codes (RFC 4733 §3.2), which some write instead.</summary>
    private const string Keys = "0123456789*#ABCD";

    /// <summary>Reads the key; false for another type or a body that names none.</summary>
    /// <param name="contentType">Content-Type as it came.</param>
    /// <param name="body">The body.</param>
    /// <param name="key">0 to 9, *, #, A to D.</param>
    public static bool TryRead(string contentType, ReadOnlySpan<byte> body, out char key)
    {
        key = default;
        return MediaType.TryParse(contentType, out MediaType? type) && (type.Is(Relay) || type.Is(Plain)) && TryReadKey(Value(body), out key);
    }

    /// <summary>What follows "Signal=", or all of the body.</summary>
    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> body)
    {
        foreach (Range line in body.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> text = body[line].Trim(" \t\r"u8);
            if (text.Length > 6 && Ascii.EqualsIgnoreCase(text[..6], "Signal"u8) && text[6..].TrimStart(" \t"u8) is [(byte)'=', .. var value])
                return value.Trim(" \t"u8);
        }

        return body.Trim(" \t\r\n"u8);
    }

    private static bool TryReadKey(ReadOnlySpan<byte> value, out char key)
    {
        key = default;
        if (Utf8Parser.TryParse(value, out int code, out int read) && read == value.Length && value[0] is not ((byte)'+' or (byte)'-')
            && value.Length <= 2 && code < Keys.Length)
        {
            key = Keys[code];
            return true;
        }

        int at = value.Length == 1 ? Keys.IndexOf(char.ToUpperInvariant((char)value[0]), StringComparison.Ordinal) : -1;
        if (at >= 0)
            key = Keys[at];
        return at >= 0;
    }
}
