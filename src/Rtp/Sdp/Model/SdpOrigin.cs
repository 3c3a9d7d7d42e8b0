using System.Globalization;

namespace Avatar2D.Rtp.Sdp;

/// <summary>The o= line (RFC 8866 §5.2). Numbers stay text: peers send more than 64 bits.</summary>
/// <param name="UserName">User name; may hold blanks (Cisco gateways), which the RFC forbids.</param>
/// <param name="SessionId">Session id, digits.</param>
/// <param name="SessionVersion">Version, digits; grows with each change.</param>
/// <param name="AddressType">IP4 or IP6.</param>
/// <param name="Address">Address or host name of the creator.</param>
public sealed record SdpOrigin(string UserName, string SessionId, string SessionVersion, string AddressType, string Address)
{
    /// <summary>Net type, IN everywhere in practice.</summary>
    public string NetType { get; init; } = "IN";

    /// <inheritdoc/>
    public override string ToString() => $"o={UserName} {SessionId} {SessionVersion} {NetType} {AddressType} {Address}";

    /// <summary>The version as a number; false above 64 bits.</summary>
    public bool TryGetVersion(out ulong version) =>
        ulong.TryParse(SessionVersion, NumberStyles.None, CultureInfo.InvariantCulture, out version);

    internal static bool TryParse(string text, out SdpOrigin? origin)
    {
        origin = null;
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        // From the right, so that a user name with blanks stays whole; a missing user name is read as "-".
        int first = words.Length - 5;
        if (first < 0 || !IsNumber(words[first]) || !IsNumber(words[first + 1]))
        {
            return false;
        }

        string user = first == 0 ? "-" : string.Join(' ', words[..first]);
        origin = new(user, words[first], words[first + 1], words[first + 3], words[first + 4]) { NetType = words[first + 2] };
        return true;
    }

    private static bool IsNumber(string word) => word.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
}
