using System.Diagnostics.CodeAnalysis;

namespace Avatar2D.Sip.Messages;

/// <summary>One header line: RFC 3261 §7.3.</summary>
/// <param name="Name">Full name in the spelling of its RFC for known headers, as received for others.</param>
/// <param name="Value">Raw value, unfolded, without white space around it.</param>
public readonly record struct SipHeader(string Name, string Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Value}";

    /// <summary>Refuses text that would end a line and so smuggle headers into a message.</summary>
    internal static void ThrowIfBreaksLine(string? text)
    {
        if (text is not null && text.AsSpan().ContainsAny(SipChars.LineBreak))
        {
            Throw();
        }
    }

    [DoesNotReturn]
    private static void Throw() => throw new ArgumentException("The text of a SIP message part may hold no line break.");
}
