using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.Dialogs;

/// <summary>A message body with its type. Immutable.</summary>
/// <param name="ContentType">Media type.</param>
/// <param name="Content">The bytes; not changed after.</param>
public sealed record SipBody(MediaType ContentType, ReadOnlyMemory<byte> Content)
{
    /// <summary>A session description.</summary>
    public static SipBody Sdp(string text) => new(MediaType.Sdp, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>The content as UTF-8 text.</summary>
    public string Text => System.Text.Encoding.UTF8.GetString(Content.Span);

    /// <summary>The body of a message; null when it has none.</summary>
    internal static SipBody? Of(SipMessage message) =>
        message.Body.IsEmpty ? null : new(message.ContentType ?? MediaType.Sdp, message.Body);
}
