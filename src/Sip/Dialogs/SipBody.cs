using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.Dialogs;

/// <summary>A message body with its type. Immutable.</summary>
/// <param name="ContentType">Media type.</param>
/// <param name="Content">The bytes; not changed after.</param>
public sealed record SipBody(MediaType ContentType, ReadOnlyMemory<byte> Content)
{
    /// <summary>The content as UTF-8 text.</summary>
    public string Text => System.Text.Encoding.UTF8.GetString(Content.Span);

    /// <summary>A session description.</summary>
    public static SipBody Sdp(string text) => new(MediaType.Sdp, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>
    /// The body of a message, null when it has none. Of a multipart body the session description, if one is in it. A body without
    /// a type is taken for SDP.
    /// </summary>
    internal static SipBody? Of(SipMessage message)
    {
        if (message.Body.IsEmpty)
        {
            return null;
        }

        var type = message.ContentType ?? MediaType.Sdp;
        return type.Type.Equals("multipart", StringComparison.OrdinalIgnoreCase)
            && MultipartBody.TryFind(message.Body, type, MediaType.Sdp, out var sdp)
                ? new(MediaType.Sdp, sdp)
                : new(type, message.Body);
    }

    /// <summary>The message has no body, or one that is or holds a session description without an encoding: we can read it (RFC 3261 §8.2.3).</summary>
    internal static bool CanRead(SipMessage message) => Of(message) is not { } body || (body.ContentType.Is(MediaType.Sdp)
        && (message.Headers[SipHeaderNames.ContentEncoding] is not { } encoding
            || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)));
}
