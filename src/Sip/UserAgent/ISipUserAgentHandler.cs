using Avatar2D.Sip.Dialogs;
using Avatar2D.Sip.Sessions;

namespace Avatar2D.Sip.UserAgent;

/// <summary>The application above the SIP stack. Called from any thread; must not block.</summary>
public interface ISipUserAgentHandler
{
    /// <summary>
    /// A new call: gives the mailbox of its owner, or null to refuse it (503 unless the handler rejected it otherwise).
    /// <see cref="SipSessionEvent.IncomingInvite"/> comes next.
    /// </summary>
    ISipSessionSink? OnIncomingCall(SipSession call);

    /// <summary>What OPTIONS outside a dialog is told about our media; null for no body.</summary>
    SipBody? DescribeMedia();
}
