namespace Avatar2D.Rtp.Sdp;

/// <summary>Algebra of <see cref="MediaDirection"/>.</summary>
public static class MediaDirections
{
    /// <summary>True when the writer sends.</summary>
    public static bool Sends(this MediaDirection direction) => (direction & MediaDirection.SendOnly) != 0;

    /// <summary>True when the writer receives.</summary>
    public static bool Receives(this MediaDirection direction) => (direction & MediaDirection.RecvOnly) != 0;

    /// <summary>The same line seen from the other end.</summary>
    public static MediaDirection Reverse(this MediaDirection direction) =>
        (direction.Sends() ? MediaDirection.RecvOnly : 0) | (direction.Receives() ? MediaDirection.SendOnly : 0);

    /// <summary>What both allow.</summary>
    public static MediaDirection Intersect(this MediaDirection direction, MediaDirection other) => direction & other;

    /// <summary>The attribute name.</summary>
    public static string ToSdp(this MediaDirection direction) => direction switch
    {
        MediaDirection.SendOnly => "sendonly",
        MediaDirection.RecvOnly => "recvonly",
        MediaDirection.SendRecv => "sendrecv",
        _ => "inactive",
    };

    /// <summary>Reads an attribute name; false for any other attribute.</summary>
    public static bool TryParse(string name, out MediaDirection direction)
    {
        switch (name)
        {
            case "sendrecv":
                direction = MediaDirection.SendRecv;
                return true;
            case "sendonly":
                direction = MediaDirection.SendOnly;
                return true;
            case "recvonly":
                direction = MediaDirection.RecvOnly;
                return true;
            case "inactive":
                direction = MediaDirection.Inactive;
                return true;
            default:
                direction = MediaDirection.SendRecv;
                return false;
        }
    }
}
