using System.Buffers;
using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.Parsing;

/// <summary>
/// Cuts a byte stream into messages: RFC 3261 §18.3, keep-alive RFC 5626 §4.4.1. One instance per connection, one thread at a time.
/// Remembers how far it has searched, so that bytes that trickle in cost linear time.
/// </summary>
public sealed class SipStreamFramer(SipLimits limits)
{
    private bool _afterSingleLineEnd;
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
    private SipFrameResult? TakeLineEnds(ref ReadOnlySequence<byte> buffer)
    {
        SequenceReader<byte> reader = new(buffer);
        if (!reader.TryPeek(out byte first))
        {
            return SipFrameResult.NeedMore;
        }

        bool isSecond = _afterSingleLineEnd;
        if (first is not ((byte)'\r' or (byte)'\n'))
        {
            _afterSingleLineEnd = false;
            return null;
        }

        if (reader.IsNext("\r\n\r\n"u8, advancePast: true))
        {
            _afterSingleLineEnd = false;
            buffer = buffer.Slice(reader.Position);
            return SipFrameResult.Ping;
        }

        if (buffer.Length is 1 or 3 && IsPartOfPing(buffer))
        {
            return SipFrameResult.NeedMore;
        }

        // A ping may come in two halves; the first looks like a pong.
        _ = reader.AdvancePastAny((byte)'\r', (byte)'\n');
        _afterSingleLineEnd = !isSecond && reader.Consumed == 2;
        buffer = buffer.Slice(reader.Position);
        return isSecond ? SipFrameResult.Ping : SipFrameResult.Pong;
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
        int lineEnd = head.IndexOf("\r\n"u8);
        HeadReader reader = new(limits);
        reader.Read(head[(lineEnd + 2)..]);
        if (FindLengthFault(reader) is { } fault)
        {
            string? method = StartLine.Read(head[..lineEnd], out _).Method;
            frame = new(null, new(fault.Reason, fault.Text, method, reader.Headers), false);
            return SipFrameResult.Rejected;
        }

        int length = reader.ContentLength;
        long total = head.Length + 2 + length;
        if (buffer.Length < total)
        {
            _frameLength = total;
            return SipFrameResult.NeedMore;
        }

        ReadOnlySequence<byte> body = buffer.Slice(head.Length + 2, length);
        buffer = buffer.Slice(total);
        _searched = 0;
        _headLength = 0;
        _frameLength = 0;
        ReadOnlySpan<byte> bytes = body.IsSingleSegment ? body.FirstSpan : body.ToArray();
        bool ok = SipParser.TryParse(head[..lineEnd], reader, bytes, limits, out SipMessage? message, out SipParseError? error);
        frame = new(message, error, true);
        return ok ? SipFrameResult.Ok : SipFrameResult.Rejected;
    }

    /// <summary>On a stream the length is mandatory (RFC 3261 §20.14); without a good one the next message cannot be found.</summary>
    private HeaderFault? FindLengthFault(HeadReader reader)
    {
        bool isLengthUnsure = reader.Fault?.Reason
            is SipRejectReason.DuplicateHeader or SipRejectReason.BadContentLength or SipRejectReason.TooManyHeaders;
        if (reader.ContentLength < 0 || isLengthUnsure)
        {
            return reader.Fault ?? new(SipRejectReason.BadContentLength, "Content-Length is missing on a stream");
        }

        return reader.ContentLength > limits.MaxBodyBytes ? new(SipRejectReason.BodyTooLarge, "The body is too large") : null;
    }
}
