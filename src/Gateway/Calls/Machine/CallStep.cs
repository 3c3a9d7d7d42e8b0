using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Gateway.Calls.Machine;

/// <summary>One transition in the making: the state so far and the actions so far, with the offer/answer steps on them.</summary>
internal sealed class CallStep(CallState state)
{
    /// <summary>The state so far.</summary>
    public CallState State { get; set; } = state;

    /// <summary>The actions so far.</summary>
    public ImmutableArray<CallAction>.Builder Actions { get; } = ImmutableArray.CreateBuilder<CallAction>();

    /// <summary>Adds an action.</summary>
    public void Do(CallAction action) => Actions.Add(action);

    /// <summary>The lines that are in the session now; the audio is always one.</summary>
    public ImmutableArray<LocalMedia> LinesInUse() =>
        State.Plan.Video is { } video && State.Sdp.Negotiated?.Video is not null ? [State.Plan.Audio, video] : [State.Plan.Audio];

    /// <summary>Opens an offer of ours; false while another exchange is open.</summary>
    public bool TryOffer(ImmutableArray<LocalMedia> lines, [NotNullWhen(true)] out SdpSession? offer)
    {
        offer = null;
        if (State.Sdp.PendingOffer is not null)
            return false;
        OfferResult result = OfferAnswer.CreateOffer(State.Sdp, State.Plan.Capabilities, lines);
        State = State with { Sdp = result.State };
        offer = result.Sdp;
        return true;
    }

    /// <summary>Makes our answer to an offer; the state is the caller's to take over.</summary>
    public bool TryAnswer(SdpSession offer, [NotNullWhen(true)] out AnswerResult? answer)
    {
        ImmutableArray<LocalMedia> lines = State.Plan.Video is { } video ? [State.Plan.Audio, video] : [State.Plan.Audio];
        return OfferAnswer.TryCreateAnswer(State.Sdp, offer, State.Plan.Capabilities, lines, out answer, out _) && answer is not null;
    }

    /// <summary>Closes our open offer with the far end's answer; on false the offer stays open.</summary>
    public bool TryTakeAnswer(ReadOnlyMemory<byte>? body, [NotNullWhen(true)] out NegotiatedSession? negotiated)
    {
        negotiated = null;
        if (body is not { } text || !SdpSession.TryParse(text.Span, out SdpSession? answer, out _) || answer is null
            || !OfferAnswer.TryProcessAnswer(State.Sdp, answer, State.Plan.Capabilities, out AnsweredOffer? result, out _) || result is null)
        {
            return false;
        }

        State = State with { Sdp = result.State };
        negotiated = result.Negotiated;
        return true;
    }

    /// <summary>Forgets our open offer: what was agreed before stands (RFC 3264 §4).</summary>
    public void RollBack() => State = State with { Sdp = OfferAnswer.AbandonOffer(State.Sdp) };
}
