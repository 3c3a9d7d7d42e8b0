using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.UserAgent;

namespace Avatar2D.Sip.Tests.UserAgent;

/// <summary>Accepts every call and every re-INVITE.</summary>
internal sealed class Answerer : ISipUserAgentHandler
{
    public Mailbox Mail { get; } = new();

    public ISipSessionSink? OnIncomingCall(SipSession call)
    {
        Mail.Also = e => _ = e switch
        {
            SipSessionEvent.IncomingInvite => call.Accept(Stage.Answer),
            SipSessionEvent.ReinviteReceived => call.AnswerReinvite(Stage.Answer),
            _ => SipOrder.Done,
        };
        return Mail;
    }

    public Avatar2D.Sip.Dialogs.SipBody? DescribeMedia() => null;
}
