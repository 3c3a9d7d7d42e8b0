using System.Globalization;

namespace Avatar2D.Rtp.Sdp;

/// <summary>a=extmap (RFC 8285 §8): the id of an RTP header extension.</summary>
/// <param name="Id">Local identifier, 1 to 14 in one-byte headers.</param>
/// <param name="Direction">Direction written after the slash; sendrecv without.</param>
/// <param name="Uri">Name of the extension.</param>
public sealed record ExtMap(int Id, MediaDirection Direction, string Uri)
{
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
}
