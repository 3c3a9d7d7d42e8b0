using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.Parsing;

/// <summary>What the framer took from the stream.</summary>
/// <param name="Message">The message; null unless the outcome is Ok.</param>
/// <param name="Error">The reason; null unless the outcome is Rejected.</param>
/// <param name="CanContinue">False when the end of the refused message is unknown: answer if possible, then close.</param>
public readonly record struct SipFrame(SipMessage? Message, SipParseError? Error, bool CanContinue);
