using System.Buffers;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Parsing;

namespace Avatar2D.Gateway.Fuzzing;

/// <summary>SIP: datagram and stream, every typed header, what is taken is written and read again.</summary>
internal static class SipFuzz
{
    private const int MaxFrames = 10_000;

    public static FuzzCheck Open() => Check;

    private static bool Check(Span<byte> input)
    {
        byte[] bytes = input.ToArray();
        DrainStream(bytes);
        if (!SipParser.TryParse(bytes, SipLimits.Default, out SipMessage? message, out SipParseError? error))
        {
            if (error.CanAnswer && error.TopVia is { } via)
                error.WriteAnswer(new ArrayBufferWriter<byte>(), via, "t");
            return false;
        }

        foreach (SipHeader header in message.Headers)
            _ = SipFields.Find(header.Name)?.IsValid(header.Value);
        if (!SipParser.TryParse(SipWriter.ToBytes(message), SipLimits.Default, out SipMessage? again, out SipParseError? fault))
            throw new InvalidDataException($"What was taken is refused when written: {fault.Text}");
        if (!message.Headers.SequenceEqual(again.Headers) || !message.Body.Span.SequenceEqual(again.Body.Span))
            throw new InvalidDataException("What was taken changes when it is written.");
        if (message is SipRequest request)
            _ = SipWriter.ToBytes(SipResponseBuilder.For(request, 200, "t").Build());
        return true;
    }

    private static void DrainStream(byte[] stream)
    {
        var framer = new SipStreamFramer(SipLimits.Default);
        var buffer = new ReadOnlySequence<byte>(stream);
        for (int frames = 0; frames < MaxFrames; frames++)
        {
            if (framer.TryReadMessage(ref buffer, out SipFrame frame) == SipFrameResult.NeedMore || !frame.CanContinue)
                return;
        }

        throw new InvalidDataException("The framer does not come to an end.");
    }
}
