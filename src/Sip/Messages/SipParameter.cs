namespace Avatar2D.Sip.Messages;

/// <summary>One parameter: <c>;name</c> or <c>;name=value</c>.</summary>
/// <param name="Name">Name as received; compared without case.</param>
/// <param name="Value">In a header the text on the wire with its quotes, in a URI the unescaped text; null without <c>=</c>.</param>
public readonly record struct SipParameter(string Name, string? Value);
