using System.Globalization;

namespace Avatar2D.Rtp.Sdp;

/// <summary>a=extmap (RFC 8285 §8): the id of an RTP header extension.</summary>
/// <param name="Id">Local identifier, 1 to 14 in one-byte headers.</param>
/// <param name="Direction">Direction written after the slash; sendrecv without.</param>
/// <param name="Uri">Name of the extension.</param>
public sealed record ExtMap(int Id, MediaDirection Direction, string Uri)
{
    /// <summary>How the camera was held (CVO), one byte a picture: 3GPP TS 26.114 §7.4.5.</summary>
    public const string VideoOrientation = "urn:3gpp:video-orientation";

    /// <summary>Identifiers of one-byte headers (RFC 8285 §4.2).</summary>
    internal bool IsOneByte => Id is >= 1 and <= 14;

    /// <summary>Reads the attribute value.</summary>
    public static bool TryParse(string value, out ExtMap? map)
    {
        ArgumentNullException.ThrowIfNull(value);
        map = null;
        string[] words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2)
        {
            return false;
        }

        int slash = words[0].IndexOf('/', StringComparison.Ordinal);
        var direction = MediaDirection.SendRecv;
        if (slash >= 0 && !MediaDirections.TryParse(words[0][(slash + 1)..], out direction))
        {
            return false;
        }

        if (!int.TryParse(slash < 0 ? words[0] : words[0][..slash], NumberStyles.None, CultureInfo.InvariantCulture, out int id))
        {
            return false;
        }

        map = new(id, direction, words[1]);
        return true;
    }

    /// <summary>The attribute value.</summary>
    public override string ToString() => Direction == MediaDirection.SendRecv
        ? string.Create(CultureInfo.InvariantCulture, $"{Id} {Uri}")
        : string.Create(CultureInfo.InvariantCulture, $"{Id}/{Direction.ToSdp()} {Uri}");
}
