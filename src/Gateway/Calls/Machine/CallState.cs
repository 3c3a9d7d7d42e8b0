using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Gateway.Calls.Machine;

/// <summary>Whole state of a call's logic. Immutable.</summary>
internal sealed record CallState
{
    /// <summary>A call before its INVITE.</summary>
    /// <param name="plan">What it may do.</param>
    /// <param name="sessionId">Session id of our o= line, unique.</param>
    public static CallState Start(CallPlan plan, ulong sessionId) => new()
    {
        Plan = plan,
        Sdp = OfferAnswerState.Start(sessionId, plan.Audio.Address),
        Picture = plan.Video is null ? PicturePhase.Off : PicturePhase.Wanted,
    };

    /// <summary>What the call may do.</summary>
    public required CallPlan Plan { get; init; }

    /// <summary>Offer/answer state (RFC 3264); also what is negotiated now.</summary>
    public required OfferAnswerState Sdp { get; init; }

    /// <summary>The description that goes into the 200, and what it settles unless it is an offer, while the call rings.</summary>
    public (SdpSession Body, NegotiatedSession? Settles)? Prepared { get; init; }

    /// <summary>The far end has not reserved what it insists on (RFC 3312): our answer is out in a 183, its UPDATE is awaited.</summary>
    public bool WaitsForResources { get; init; }

    /// <summary>What the far end agreed to before its final answer to our re-INVITE; takes effect with that one.</summary>
    public NegotiatedSession? EarlyAnswer { get; init; }

    /// <summary>Where the call stands.</summary>
    public CallPhase Phase { get; init; }

    /// <summary>Where the picture stands.</summary>
    public PicturePhase Picture { get; init; }

    /// <summary>How often the picture was asked for.</summary>
    public int PictureAsks { get; init; }

    /// <summary>Set once this side has decided to end the call.</summary>
    public CallEndReason? EndReason { get; init; }
}
