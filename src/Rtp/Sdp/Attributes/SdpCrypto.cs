using System.Globalization;

namespace Avatar2D.Rtp.Sdp;

/// <summary>a=crypto (RFC 4568 §9.1). Holds a secret: never log it.</summary>
/// <param name="Tag">Number that an answer repeats.</param>
/// <param name="Suite">Suite such as AES_CM_128_HMAC_SHA1_80.</param>
/// <param name="KeyParameters">"inline:..." with master key and salt in base64.</param>
/// <param name="SessionParameters">What follows, or empty.</param>
public sealed record SdpCrypto(int Tag, string Suite, string KeyParameters, string SessionParameters = "")
{
    /// <summary>Reads the attribute value.</summary>
    public static bool TryParse(string value, out SdpCrypto? crypto)
    {
        ArgumentNullException.ThrowIfNull(value);
        crypto = null;
        string[] words = value.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 3 || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int tag))
        {
            return false;
        }

        crypto = new(tag, words[1], words[2], words.Length > 3 ? words[3].Trim() : "");
        return true;
    }

    /// <summary>
    /// The one master key with its salt, and the bytes that its identifier takes in each packet. False for what we cannot do:
    /// several keys, broken base64, and session parameters that change the transform (RFC 4568 §6.3); a window size hint and
    /// parameters marked as optional are read over, and so is the lifetime, which no call reaches.
    /// </summary>
    /// <param name="keyAndSalt">Key and salt, one after the other.</param>
    /// <param name="mkiBytes">0 without identifier.</param>
    public bool TryReadKey(out byte[] keyAndSalt, out int mkiBytes)
    {
        keyAndSalt = [];
        mkiBytes = 0;
        const string Inline = "inline:";
        string[] session = SessionParameters.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!session.All(word => word.StartsWith("WSH=", StringComparison.Ordinal) || word[0] == '-')
            || !KeyParameters.StartsWith(Inline, StringComparison.OrdinalIgnoreCase) || KeyParameters.Contains(';', StringComparison.Ordinal))
        {
            return false;
        }

        string[] parts = KeyParameters[Inline.Length..].Split('|');
        byte[] room = new byte[parts[0].Length];
        if (parts.Length > 3 || !Convert.TryFromBase64String(parts[0], room, out int bytes))
        {
            return false;
        }

        // MKI:length stands last; what stands between it and the key is the lifetime.
        int colon = parts.Length == 1 ? -1 : parts[^1].IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0 && (!int.TryParse(parts[^1].AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out mkiBytes)
            || mkiBytes is < 1 or > 128))
        {
            return false;
        }

        keyAndSalt = room[..bytes];
        return true;
    }

    /// <summary>True when a peer's key and ours are of one suite and the peer's can be used.</summary>
    internal bool Suits(SdpCrypto own) =>
        Suite == own.Suite && TryReadKey(out byte[] theirs, out _) && own.TryReadKey(out byte[] ours, out _) && theirs.Length == ours.Length;

    /// <summary>The attribute value, with the key.</summary>
    public string ToSdp() => SessionParameters.Length == 0 ? $"{Tag} {Suite} {KeyParameters}" : $"{Tag} {Suite} {KeyParameters} {SessionParameters}";

    /// <summary>Tag and suite only, so that no log shows a key.</summary>
    public override string ToString() => $"{Tag} {Suite}";
}
