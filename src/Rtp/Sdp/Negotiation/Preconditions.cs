using System.Collections.Immutable;

namespace Avatar2D.Rtp.Sdp;

/// <summary>
/// Quality-of-service preconditions with segmented status (RFC 3312 §4), as IMS handsets use them. Our own resources are
/// reserved before we speak, so only the peer's may be missing.
/// </summary>
internal static class Preconditions
{
    private const string Both = "sendrecv";

    /// <summary>What the peer has reserved on its side: none, send, recv, sendrecv; null when it uses no preconditions.</summary>
    public static string? PeerStatus(SdpMedia peer) =>
        Value(peer, "curr", "qos local ") ?? (peer.Has("des") && Strength(peer) is not null ? "none" : null);

    /// <summary>True when nothing is missing on the peer's side, or the peer does not insist on it.</summary>
    public static bool AreMet(SdpMedia peer) => PeerStatus(peer) is null or Both || Strength(peer) is not "mandatory";

    /// <summary>The attributes of our answer: status and wishes seen from our side, and a request to hear when the peer is ready.</summary>
    public static ImmutableArray<SdpAttributeLine> Answer(SdpMedia offered)
    {
        if (PeerStatus(offered) is not string status)
        {
            return [];
        }

        ImmutableArray<SdpAttributeLine> lines = Lines(status, Strength(offered) ?? "mandatory");
        return AreMet(offered) ? lines : lines.Add(new("conf", $"qos remote {Both}"));
    }

    /// <summary>The attributes of an offer of ours on a line where the peer last told its status.</summary>
    public static ImmutableArray<SdpAttributeLine> Offer(string peerStatus) => Lines(peerStatus, "mandatory");

    private static ImmutableArray<SdpAttributeLine> Lines(string peerStatus, string strength) =>
    [
        new("curr", $"qos local {Both}"),
        new("curr", $"qos remote {peerStatus}"),
        new("des", $"qos mandatory local {Both}"),
        new("des", $"qos {strength} remote {Both}"),
    ];

    /// <summary>How much the peer insists on its own side.</summary>
    private static string? Strength(SdpMedia peer)
    {
        foreach (string value in peer.AttributeValues("des"))
        {
            string[] words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is ["qos", "mandatory" or "optional" or "none", "local", ..])
            {
                return words[1];
            }
        }

        return null;
    }

    private static string? Value(SdpMedia peer, string name, string start)
    {
        foreach (string value in peer.AttributeValues(name))
        {
            string rest = value.StartsWith(start, StringComparison.Ordinal) ? value[start.Length..].Trim() : "";
            if (rest is "none" or "send" or "recv" or Both)
            {
                return rest;
            }
        }

        return null;
    }
}
