namespace Avatar2D.Sip.Messages;

/// <summary>What is wrong with the headers of a message.</summary>
/// <param name="Reason">Kind of fault.</param>
/// <param name="Text">For people; holds no text from the wire.</param>
internal sealed record HeaderFault(SipRejectReason Reason, string Text);
