using System.Collections.Immutable;

namespace Avatar2D.Rtp.Sdp;

/// <summary>Look-ups shared by session and media level.</summary>
internal static class SdpAttributes
{
    public static string? Find(ImmutableArray<SdpAttributeLine> attributes, string name)
    {
        foreach (SdpAttributeLine attribute in attributes)
        {
            if (attribute.Name == name)
            {
                return attribute.Value ?? "";
            }
        }

        return null;
    }

    public static IEnumerable<string> FindAll(ImmutableArray<SdpAttributeLine> attributes, string name)
    {
        foreach (SdpAttributeLine attribute in attributes)
        {
            if (attribute.Name == name)
            {
                yield return attribute.Value ?? "";
            }
        }
    }

    /// <summary>The last direction wins: peers that edit SDP in place append theirs.</summary>
    public static MediaDirection? Direction(ImmutableArray<SdpAttributeLine> attributes)
    {
        for (int i = attributes.Length - 1; i >= 0; i--)
        {
            if (attributes[i].Value is null && MediaDirections.TryParse(attributes[i].Name, out MediaDirection direction))
            {
                return direction;
            }
        }

        return null;
    }

    public static int? ToInt(long? value) => value is long number and <= int.MaxValue ? (int)number : null;

    public static long? Bandwidth(ImmutableArray<SdpBandwidth> bandwidths, string type)
    {
        foreach (SdpBandwidth bandwidth in bandwidths)
        {
            if (bandwidth.Type == type)
            {
                return bandwidth.Value;
            }
        }

        return null;
    }
}
