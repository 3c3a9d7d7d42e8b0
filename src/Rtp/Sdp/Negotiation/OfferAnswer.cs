using System.Collections.Immutable;

namespace Avatar2D.Rtp.Sdp;

/// <summary>
/// Offer and answer (RFC 3264) as pure functions on <see cref="OfferAnswerState"/>. Our m-lines are never removed or
/// moved; the version of o= grows by one when the text changes and only then.
/// </summary>
public static class OfferAnswer
{
    /// <summary>
    /// Our offer with exactly the wanted lines alive: lines of the session that are not wanted get port 0, new ones take
    /// a dead slot or stand at the end.
    /// </summary>
    /// <exception cref="InvalidOperationException">An offer is open: a bug of the caller.</exception>
    public static OfferResult CreateOffer(OfferAnswerState state, SdpCapabilities capabilities, ImmutableArray<LocalMedia> wanted)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(capabilities);
        ThrowIfPending(state);
        return OfferBuilder.Build(state, capabilities, wanted);
    }

    /// <summary>
    /// The description in force once more, as a session timer wants it (RFC 4028 §7.4): same text, same version. Lines that
    /// the peer refused stay dead, so that a refresh never asks for video again.
    /// </summary>
    /// <exception cref="InvalidOperationException">An offer is open, or nothing is in force yet: a bug of the caller.</exception>
    public static OfferResult CreateRefresh(OfferAnswerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        ThrowIfPending(state);
        if (state.Local is null)
        {
            throw new InvalidOperationException("No description is in force yet.");
        }

        SdpSession session = state.Local with
        {
            Media = [.. state.Local.Media.Zip(state.Slots, (line, slot) =>
                slot.Active ? line : MediaLineWriter.Dead(slot.Media, slot.Protocol, slot.Formats, slot.Mid))],
        };
        (OfferAnswerState after, SdpSession sdp) = SessionWriter.Stamp(state, session);
        return new(after with { PendingOffer = sdp, PendingSlots = state.Slots }, sdp);
    }

    /// <summary>
    /// Our answer. The wanted lines are what we have sockets for: each serves the first offered line of its kind that we
    /// can take, all else is refused with port 0. False with the reason, and the state as it was, when nothing can be taken.
    /// </summary>
    public static bool TryCreateAnswer(
        OfferAnswerState state,
        SdpSession offer,
        SdpCapabilities capabilities,
        ImmutableArray<LocalMedia> wanted,
        out AnswerResult? result,
        out OfferAnswerError error)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(offer);
        ArgumentNullException.ThrowIfNull(capabilities);
        result = null;
        if (state.PendingOffer is not null)
        {
            error = OfferAnswerError.OfferPending;
            return false;
        }

        result = AnswerBuilder.Build(state, offer, capabilities, wanted);
        error = result is null ? OfferAnswerError.NothingAcceptable : OfferAnswerError.None;
        return result is not null;
    }

    /// <summary>
    /// Takes the peer's answer to our open offer. False with the reason when it is no answer to it; the offer then stays
    /// open until <see cref="AbandonOffer"/>. The answer repeated in a 200 after a reliable 183 gives
    /// <see cref="OfferAnswerError.NoOfferPending"/>: ignore it (RFC 6337 §2.2).
    /// </summary>
    public static bool TryProcessAnswer(
        OfferAnswerState state, SdpSession answer, SdpCapabilities capabilities, out AnsweredOffer? result, out OfferAnswerError error)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(capabilities);
        result = null;
        error = state.PendingOffer is null ? OfferAnswerError.NoOfferPending : AnswerReader.Check(state.PendingOffer, answer);
        if (error != OfferAnswerError.None)
        {
            return false;
        }

        result = AnswerReader.Read(state, answer, capabilities);
        return true;
    }

    /// <summary>
    /// Our offer was refused as a whole (488, 491, timeout): the session goes on as before it. Its version stays used,
    /// so that no version ever stands for two texts.
    /// </summary>
    public static OfferAnswerState AbandonOffer(OfferAnswerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state with { PendingOffer = null, PendingSlots = [] };
    }

    private static void ThrowIfPending(OfferAnswerState state)
    {
        if (state.PendingOffer is not null)
        {
            throw new InvalidOperationException("An offer of ours is open.");
        }
    }
}
