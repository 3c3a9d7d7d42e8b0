using System.Collections.Immutable;

namespace Avatar2D.Rtp.Sdp;

/// <summary>The outcome of an exchange for all m-lines, in their order.</summary>
/// <param name="Media">One entry for each m-line, dead ones too.</param>
public sealed record NegotiatedSession(ImmutableArray<NegotiatedMedia> Media)
{
    /// <summary>The first living audio line, or null.</summary>
    public NegotiatedMedia? Audio => Media.FirstOrDefault(line => line is { Accepted: true, Kind: MediaKind.Audio });

    /// <summary>The first living video line, or null.</summary>
    public NegotiatedMedia? Video => Media.FirstOrDefault(line => line is { Accepted: true, Kind: MediaKind.Video });

    /// <summary>True when the peer took a video line, even if only to receive or for now inactive.</summary>
    public bool RemoteAcceptedVideo => Video is not null;

    /// <summary>True when any line lives.</summary>
    public bool AnyAccepted => Media.Any(line => line.Accepted);

    /// <summary>What differs from an earlier outcome, one entry for each m-line.</summary>
    public ImmutableArray<MediaChanges> ChangesSince(NegotiatedSession? before) =>
        [.. Media.Select(line => line.ChangesSince(before is not null && line.Index < before.Media.Length ? before.Media[line.Index] : null))];

    /// <summary>True when the exchange was a refresh: no line changed.</summary>
    public bool IsSameAs(NegotiatedSession? before) =>
        before is not null && before.Media.Length == Media.Length && ChangesSince(before).All(change => change == MediaChanges.None);
}
