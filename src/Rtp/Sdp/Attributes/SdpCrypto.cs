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

    /// <summary>The attribute value, with the key.</summary>
    public string ToSdp() => SessionParameters.Length == 0 ? $"{Tag} {Suite} {KeyParameters}" : $"{Tag} {Suite} {KeyParameters} {SessionParameters}";

    /// <summary>Tag and suite only, so that no log shows a key.</summary>
    public override string ToString() => $"{Tag} {Suite}";
}
