using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Gateway.Calls.Machine;

/// <summary>What the call machine wants done, in the order given.</summary>
internal abstract record CallAction
{
    private CallAction()
    {
    }

    /// <summary>The picture stops at once, whatever is negotiated, or may flow again.</summary>
    public sealed record SwitchPicture(bool On) : CallAction;

    /// <summary>Show another face; nothing is negotiated anew.</summary>
    public sealed record ShowFace(CallerPicture Face) : CallAction;

    /// <summary>Answer the INVITE with 180, or with 183 and our answer.</summary>
    public sealed record Ring(SdpSession? Early = null) : CallAction;

    /// <summary>Send an UPDATE with this offer.</summary>
    public sealed record SendUpdate(SdpSession Body) : CallAction;

    /// <summary>Answer the INVITE with 200 and this description.</summary>
    public sealed record Accept(SdpSession Body) : CallAction;

    /// <summary>Answer the INVITE with the reason's SIP status.</summary>
    public sealed record Reject(CallEndReason Reason) : CallAction;

    /// <summary>Send a re-INVITE with this offer.</summary>
    public sealed record SendReinvite(SdpSession Body) : CallAction;

    /// <summary>Answer the far end's re-INVITE or UPDATE with 200 and this description.</summary>
    public sealed record AnswerReinvite(SdpSession Body) : CallAction;

    /// <summary>Refuse the far end's re-INVITE; the call stays as it was.</summary>
    public sealed record RejectReinvite(int Status) : CallAction;

    /// <summary>Send BYE.</summary>
    public sealed record Hangup(CallEndReason Reason) : CallAction;

    /// <summary>Bring the media to what was negotiated; nothing that did not change is touched.</summary>
    public sealed record ApplyMedia(NegotiatedSession Negotiated) : CallAction;

    /// <summary>The far end has confirmed what was negotiated: media may flow, and the delay to the first picture counts from here.</summary>
    public sealed record Confirmed : CallAction;

    /// <summary>The far end pressed a key and said so by INFO.</summary>
    public sealed record KeyPressed(char Key) : CallAction;

    /// <summary>Make the next picture a key frame.</summary>
    public sealed record RequestKeyFrame : CallAction;

    /// <summary>Start or restart a timer.</summary>
    public sealed record StartTimer(CallTimer Timer, TimeSpan Delay) : CallAction;

    /// <summary>Stop a timer.</summary>
    public sealed record StopTimer(CallTimer Timer) : CallAction;

    /// <summary>The call is over: close media, write the record.</summary>
    public sealed record Finish(CallEndReason Reason) : CallAction;
}
