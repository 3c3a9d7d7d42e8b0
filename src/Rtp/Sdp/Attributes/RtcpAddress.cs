using System.Globalization;

namespace Avatar2D.Rtp.Sdp;

/// <summary>a=rtcp (RFC 3605): where RTCP goes when that is not the next port.</summary>
/// <param name="Port">RTCP port.</param>
/// <param name="Address">Address, or null for the one of c=.</param>
public sealed record RtcpAddress(int Port, string? Address)
{
    /// <summary>Reads "port [IN IP4 address]".</summary>
    public static bool TryParse(string? value, out RtcpAddress? rtcp)
    {
        rtcp = null;
        string[] words = (value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port > 65_535)
        {
            return false;
        }

        rtcp = new(port, words.Length >= 4 ? words[3] : null);
        return true;
    }
}
