using System.Buffers;
using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.Parsing;

/// <summary>
/// Cuts a byte stream into messages: RFC 3261 §18.3, keep-alive RFC 5626 §4.4.1. One instance per connection, one thread at a time.
/// Remembers how far it has searched, so that bytes that trickle in cost linear time.
/// </summary>
public sealed class SipStreamFramer(SipLimits limits)
{
    private long _searched;
    private long _headLength;
    private long _frameLength;

    /// <summary>
    /// Takes the next message from the front of <paramref name="buffer"/>, which is moved past what was taken.
    /// After NeedMore, call again with the same bytes and more behind them.
    /// </summary>
    public SipFrameResult TryReadMessage(ref ReadOnlySequence<byte> buffer, out SipFrame frame)
    {
        frame = new(null, null, true);
        if (_searched == 0 && TakeLineEnds(ref buffer) is { } keepAlive)
        {
            return keepAlive;
        }

        if (buffer.Length < _frameLength)
        {
            return SipFrameResult.NeedMore;
        }

        long head = FindHeadEnd(buffer);
        if (head < 0)
        {
            if (buffer.Length <= limits.MaxHeadBytes)
            {
                return SipFrameResult.NeedMore;
            }

            frame = new(null, new(SipRejectReason.HeadTooLarge, "The head is too large"), false);
            return SipFrameResult.Rejected;
        }

        return TakeMessage(ref buffer, head, out frame);
    }

    /// <summary>Takes CRLFs before a message. Null when a message begins here.</summary>
    private static SipFrameResult? TakeLineEnds(ref ReadOnlySequence<byte> buffer)
    {
        SequenceReader<byte> reader = new(buffer);
        if (!reader.TryPeek(out byte first))
        {
            return SipFrameResult.NeedMore;
        }

        if (first is not ((byte)'\r' or (byte)'\n'))
        {
            return null;
        }

        if (reader.IsNext("\r\n\r\n"u8, advancePast: true))
        {
            buffer = buffer.Slice(reader.Position);
            return SipFrameResult.Ping;
        }

        if (reader.Remaining < 4 && IsPartOfPing(buffer) && buffer.Length != 2)
        {
            return SipFrameResult.NeedMore;
        }

        _ = reader.AdvancePastAny((byte)'\r', (byte)'\n');
        buffer = buffer.Slice(reader.Position);
        return SipFrameResult.Pong;
    }

    private static bool IsPartOfPing(ReadOnlySequence<byte> buffer)
    {
        Span<byte> bytes = stackalloc byte[4];
        int length = (int)buffer.Length;
        buffer.CopyTo(bytes);
        return "\r\n\r\n"u8.StartsWith(bytes[..length]);
    }

    /// <summary>Length of the head with its last line end, or -1 while its end has not come.</summary>
    private long FindHeadEnd(ReadOnlySequence<byte> buffer)
    {
        if (_headLength > 0)
        {
            return _headLength;
        }

        long from = Math.Max(0, _searched - 3);
        SequenceReader<byte> reader = new(buffer.Slice(from));
        while (reader.TryAdvanceTo((byte)'\r', advancePastDelimiter: false))
        {
            if (reader.IsNext("\r\n\r\n"u8))
            {
                _headLength = from + reader.Consumed + 2;
                _searched = _headLength;
                return _headLength;
            }

            reader.Advance(1);
        }

        _searched = buffer.Length;
        return -1;
    }

    private SipFrameResult TakeMessage(ref ReadOnlySequence<byte> buffer, long headLength, out SipFrame frame)
    {
        frame = new(null, null, true);
        if (headLength > limits.MaxHeadBytes)
        {
            frame = new(null, new(SipRejectReason.HeadTooLarge, "The head is too large"), false);
            return SipFrameResult.Rejected;
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent((int)headLength);
        try
        {
            Span<byte> head = rented.AsSpan(0, (int)headLength);
            buffer.Slice(0, headLength).CopyTo(head);
            return TakeMessage(ref buffer, head, out frame);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private SipFrameResult TakeMessage(ref ReadOnlySequence<byte> buffer, ReadOnlySpan<byte> head, out SipFrame frame)
    {
        frame = new(null, null, true);
        HeadReader reader = new(limits);
        reader.Read(head[(head.IndexOf("\r\n"u8) + 2)..]);

        // On a stream the length is mandatory (RFC 3261 §20.14); without a good one the next message cannot be found.
        if (reader.ContentLength < 0 || reader.Fault is not null || reader.ContentLength > limits.MaxBodyBytes)
        {
            string? method = StartLine.Read(head[..head.IndexOf("\r\n"u8)], out _).Method;
            HeaderFault fault = reader.Fault ?? (reader.ContentLength < 0
                ? new(SipRejectReason.BadContentLength, "Content-Length is missing on a stream")
                : new(SipRejectReason.BodyTooLarge, "The body is too large"));
            frame = new(null, new(fault.Reason, fault.Text, method, reader.Headers), false);
            return SipFrameResult.Rejected;
        }

        long total = head.Length + 2 + reader.ContentLength;
        if (buffer.Length < total)
        {
            _frameLength = total;
            return SipFrameResult.NeedMore;
        }

        byte[] body = buffer.Slice(head.Length + 2, reader.ContentLength).ToArray();
        buffer = buffer.Slice(total);
        _searched = 0;
        _headLength = 0;
        _frameLength = 0;
        bool ok = SipParser.TryParse(head, body, limits, out SipMessage? message, out SipParseError? error);
        frame = new(message, error, true);
        return ok ? SipFrameResult.Ok : SipFrameResult.Rejected;
    }
}
