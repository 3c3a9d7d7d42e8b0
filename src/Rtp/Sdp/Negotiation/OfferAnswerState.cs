using System.Collections.Immutable;

namespace Avatar2D.Rtp.Sdp;

/// <summary>The offer/answer state of one dialog. Immutable: every step of <see cref="OfferAnswer"/> gives the next one.</summary>
public sealed record OfferAnswerState
{
    private OfferAnswerState()
    {
    }

    /// <summary>User name of our o=.</summary>
    public required string UserName { get; init; }

    /// <summary>Session id of our o=.</summary>
    public required ulong SessionId { get; init; }

    /// <summary>Address of our o=, and of c= while no line lives.</summary>
    public required string Address { get; init; }

    /// <summary>Version of the last description sent; only grows.</summary>
    public ulong Version { get; init; } = 1;

    /// <summary>The last description we sent, in force or not.</summary>
    public SdpSession? LastSent { get; init; }

    /// <summary>Our description in force.</summary>
    public SdpSession? Local { get; init; }

    /// <summary>The peer's description in force.</summary>
    public SdpSession? Remote { get; init; }

    /// <summary>Our offer that waits for its answer, or null.</summary>
    public SdpSession? PendingOffer { get; init; }

    /// <summary>The outcome in force.</summary>
    public NegotiatedSession? Negotiated { get; init; }

    internal ImmutableArray<MediaSlot> Slots { get; init; } = [];

    internal ImmutableArray<MediaSlot> PendingSlots { get; init; } = [];


    /// <summary>A dialog without any description yet.</summary>
    /// <param name="sessionId">Unique for each dialog of ours; a random or time number.</param>
    /// <param name="address">Our address.</param>
    /// <param name="userName">User name of o=.</param>
    public static OfferAnswerState Start(ulong sessionId, string address, string userName = "avatar2d") =>
        new() { SessionId = sessionId, Address = address, UserName = userName };
}
