using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Sip.Sessions;

namespace Avatar2D.Gateway.Calls.Machine;

/// <summary>What can happen to a call.</summary>
internal abstract record CallInput
{
    private CallInput()
    {
    }

    /// <summary>SIP says something.</summary>
    public sealed record Signal(SipSessionEvent Event) : CallInput;

    /// <summary>A timer ran out.</summary>
    public sealed record TimerFired(CallTimer Timer) : CallInput;

    /// <summary>Neither RTP nor RTCP came on the audio line for the time-out.</summary>
    public sealed record AudioSilent : CallInput;

    /// <summary>Somebody on this side ends the call: drain, operator, broken media.</summary>
    public sealed record End(CallEndReason Reason) : CallInput;

    /// <summary>Somebody on this side takes the picture off, or lets it on again.</summary>
    public sealed record PictureSwitched(bool On) : CallInput;

    /// <summary>Somebody on this side gives the call another face.</summary>
    public sealed record FaceChosen(CallerPicture Face) : CallInput;

    /// <summary>The picture cannot be made any more (encoder or avatar failed): the call goes on without it.</summary>
    public sealed record PictureFailed : CallInput;
}
