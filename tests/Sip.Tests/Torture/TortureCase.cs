using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.Tests.Torture;

/// <summary>A message of an RFC with what must come of it.</summary>
/// <param name="Name">The RFC's name of the message.</param>
/// <param name="Section">Section of the RFC.</param>
/// <param name="Outcome">What the parser does.</param>
/// <param name="Status">What a server answers, by the parser's word or by what <see cref="TortureVerdict"/> sees; 0 for no answer.</param>
/// <param name="Reason">Why it is refused; null when it is not.</param>
/// <param name="Text">The message in the markup of RFC 4475 §2.</param>
public sealed record TortureCase(
    string Name, string Section, TortureOutcome Outcome, int Status, SipRejectReason? Reason, string Text)
{
    /// <summary>The bytes on the wire.</summary>
    public byte[] Bytes => TortureText.Expand(Text);

    /// <inheritdoc/>
    public override string ToString() => $"{Section} {Name}";
}
