using System.Buffers;
using System.Globalization;
using System.Text;

namespace Avatar2D.Sip.Messages;

/// <summary>Writes messages in the form of the wire: RFC 3261 §7. Content-Length is always written, from the body.</summary>
public static class SipWriter
{
    /// <summary>Writes a whole message.</summary>
    public static void Write(SipMessage message, IBufferWriter<byte> output)
    {
        switch (message)
        {
            case SipRequest request:
                Text(output, request.Method);
                Text(output, " ");
                Text(output, request.RequestUri.ToString());
                Text(output, " SIP/2.0\r\n");
                break;
            case SipResponse response:
                WriteStatusLine(output, response.StatusCode, response.ReasonPhrase);
                break;
        }

        foreach (SipHeader header in message.Headers)
        {
            WriteHeader(output, header.Name, header.Value);
        }

        WriteEnd(output, message.Body.Span);
    }

    /// <summary>A whole message as an array.</summary>
    public static byte[] ToBytes(SipMessage message)
    {
        ArrayBufferWriter<byte> output = new(1024 + message.Body.Length);
        Write(message, output);
        return output.WrittenSpan.ToArray();
    }

    internal static void WriteStatusLine(IBufferWriter<byte> output, int statusCode, string reasonPhrase)
    {
        Text(output, "SIP/2.0 ");
        Text(output, statusCode.ToString(CultureInfo.InvariantCulture));
        Text(output, " ");
        Text(output, reasonPhrase);
        Text(output, "\r\n");
    }

    internal static void WriteHeader(IBufferWriter<byte> output, string name, string value)
    {
        Text(output, name);
        Text(output, ": ");
        Text(output, value);
        Text(output, "\r\n");
    }

    internal static void WriteEnd(IBufferWriter<byte> output, ReadOnlySpan<byte> body)
    {
        WriteHeader(output, SipHeaderNames.ContentLength, body.Length.ToString(CultureInfo.InvariantCulture));
        Text(output, "\r\n");
        output.Write(body);
    }

    private static void Text(IBufferWriter<byte> output, string text)
    {
        Span<byte> space = output.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        output.Advance(Encoding.UTF8.GetBytes(text, space));
    }
}
