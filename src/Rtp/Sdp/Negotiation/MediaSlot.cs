using System.Collections.Immutable;

namespace Avatar2D.Rtp.Sdp;

/// <summary>What the session remembers of one m-line: slots are never removed or moved (RFC 3264 §8).</summary>
internal sealed record MediaSlot
{
    /// <summary>The media word.</summary>
    public required string Media { get; init; }

    /// <summary>Transport in use.</summary>
    public required string Protocol { get; init; }

    /// <summary>True while the line has a port.</summary>
    public bool Active { get; init; }

    /// <summary>Formats as last written; a dead line repeats them.</summary>
    public ImmutableArray<string> Formats { get; init; } = ["0"];

    /// <summary>a=mid, where the peer named the line.</summary>
    public string? Mid { get; init; }

    /// <summary>Our formats in our last description.</summary>
    public ImmutableArray<PayloadFormat> Ours { get; init; } = [];

    /// <summary>True when the line was agreed with SRTP keys.</summary>
    public bool Encrypted { get; init; }

    /// <summary>DTLS-SRTP as agreed; null without it.</summary>
    public NegotiatedDtls? Dtls { get; init; }

    /// <summary>Our format that is in use, or null.</summary>
    public PayloadFormat? Current { get; init; }

    /// <summary>Every dynamic payload type that either side gave a meaning on this line, newest meaning only.</summary>
    public ImmutableArray<PayloadFormat> Bindings { get; init; } = [];

    /// <summary>Identifier of the video orientation, which keeps its meaning for the session (RFC 8285 §5); null before it was agreed.</summary>
    public int? OrientationId { get; init; }

    /// <summary>What the peer last said of its reserved resources; null where it uses no preconditions.</summary>
    public string? PeerPrecondition { get; init; }

    /// <summary>Agreed packet time; null before the first exchange.</summary>
    public int? PacketTimeMs { get; init; }

    /// <summary>Our line in an open offer or in the last exchange.</summary>
    public LocalMedia? Local { get; init; }

    /// <summary>Its place in the list of wanted lines; -1 when dead.</summary>
    public int LocalIndex { get; init; } = -1;

    public MediaKind Kind => Media switch
    {
        "audio" => MediaKind.Audio,
        "video" => MediaKind.Video,
        _ => MediaKind.Other,
    };

    /// <summary>Adds the meaning of payload types.</summary>
    public MediaSlot Bind(IEnumerable<PayloadFormat> formats)
    {
        ImmutableArray<PayloadFormat> bindings = Bindings;
        foreach (PayloadFormat format in formats)
        {
            if (!format.IsStatic && format.EncodingName.Length > 0)
            {
                bindings = bindings.RemoveAll(old => old.PayloadType == format.PayloadType).Add(format);
            }
        }

        return this with { Bindings = bindings };
    }
}
