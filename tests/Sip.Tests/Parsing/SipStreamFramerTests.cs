using System.Buffers;
using System.Text;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Parsing;

namespace Avatar2D.Sip.Tests.Parsing;

public sealed class SipStreamFramerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(10_000)]
    public void TryReadMessage_BytesInPieces_GivesTheSameMessages(int pieceBytes)
    {
        byte[] stream = [.. SipSamples.Options(body: "abc"), .. SipSamples.Options(), .. SipSamples.Options("X: y\r\n", "d\r\n\r\ne")];
        SipStreamFramer framer = new(SipLimits.Default);
        List<string> bodies = [];
        int taken = 0;
        for (int end = 0; end < stream.Length;)
        {
            end = Math.Min(stream.Length, end + pieceBytes);
            ReadOnlySequence<byte> buffer = Sequence(stream.AsMemory(taken, end - taken), pieceBytes);
            while (framer.TryReadMessage(ref buffer, out SipFrame frame) is var result && result != SipFrameResult.NeedMore)
            {
                Assert.Equal(SipFrameResult.Ok, result);
                bodies.Add(frame.Message!.BodyText);
            }

            taken = end - (int)buffer.Length;
        }

        Assert.Equal(["abc", "", "d\r\n\r\ne"], bodies);
        Assert.Equal(stream.Length, taken);
    }

    [Fact]
    public void TryReadMessage_DoubleLineEnd_IsAPing()
    {
        SipStreamFramer framer = new(SipLimits.Default);
        ReadOnlySequence<byte> buffer = new([.. "\r\n\r\n"u8, .. SipSamples.Options()]);

        Assert.Equal(SipFrameResult.Ping, framer.TryReadMessage(ref buffer, out _));
        Assert.Equal(SipFrameResult.Ok, framer.TryReadMessage(ref buffer, out _));
        Assert.True(buffer.IsEmpty);
    }

    [Fact]
    public void TryReadMessage_SingleLineEnd_IsAPong()
    {
        SipStreamFramer framer = new(SipLimits.Default);
        ReadOnlySequence<byte> buffer = new([13, 10]);

        Assert.Equal(SipFrameResult.Pong, framer.TryReadMessage(ref buffer, out _));
        Assert.True(buffer.IsEmpty);
    }

    [Fact]
    public void TryReadMessage_PingInTwoHalves_IsStillAPing()
    {
        SipStreamFramer framer = new(SipLimits.Default);
        ReadOnlySequence<byte> first = new([13, 10]);
        ReadOnlySequence<byte> second = new([13, 10]);

        Assert.Equal(SipFrameResult.Pong, framer.TryReadMessage(ref first, out _));
        Assert.Equal(SipFrameResult.Ping, framer.TryReadMessage(ref second, out _));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void TryReadMessage_BrokenLineEnd_WaitsForMore(int length)
    {
        SipStreamFramer framer = new(SipLimits.Default);
        ReadOnlySequence<byte> buffer = new("\r\n\r\n"u8[..length].ToArray());

        Assert.Equal(SipFrameResult.NeedMore, framer.TryReadMessage(ref buffer, out _));
        Assert.Equal(length, buffer.Length);
    }

    [Theory]
    [InlineData("Content-Length: 0\r\n", "", SipRejectReason.BadContentLength)]
    [InlineData("Content-Length: 0", "Content-Length: -5", SipRejectReason.BadContentLength)]
    [InlineData("Content-Length: 0", "Content-Length: 0\r\nl: 5", SipRejectReason.DuplicateHeader)]
    [InlineData("Content-Length: 0", "Content-Length: 999999999", SipRejectReason.BodyTooLarge)]
    public void TryReadMessage_LengthThatCannotBeTrusted_EndsTheConnection(string old, string other, SipRejectReason reason)
    {
        SipStreamFramer framer = new(SipLimits.Default);
        ReadOnlySequence<byte> buffer = new(SipSamples.Changed(old, other));

        Assert.Equal(SipFrameResult.Rejected, framer.TryReadMessage(ref buffer, out SipFrame frame));

        Assert.Equal(reason, frame.Error!.Reason);
        Assert.True(frame.Error.CanAnswer);
        Assert.False(frame.CanContinue);
    }

    [Theory]
    [InlineData("SIP/2.0\r\nVia", "SIP/9.0\r\nVia", SipRejectReason.UnsupportedVersion)]
    [InlineData("Max-Forwards: 70", "no colon", SipRejectReason.BadHeaderLine)]
    public void TryReadMessage_BadMessageWithGoodLength_ContinuesBehindIt(string old, string other, SipRejectReason reason)
    {
        SipStreamFramer framer = new(SipLimits.Default);
        ReadOnlySequence<byte> buffer = new([.. SipSamples.Changed(old, other), .. SipSamples.Options()]);

        Assert.Equal(SipFrameResult.Rejected, framer.TryReadMessage(ref buffer, out SipFrame frame));
        Assert.Equal(reason, frame.Error!.Reason);
        Assert.True(frame.CanContinue);
        Assert.Equal(SipFrameResult.Ok, framer.TryReadMessage(ref buffer, out _));
    }

    [Fact]
    public void TryReadMessage_HeadWithoutEnd_IsRefusedAtTheLimit()
    {
        SipStreamFramer framer = new(new SipLimits { MaxHeadBytes = 100 });
        ReadOnlySequence<byte> buffer = new(new byte[100].Select(_ => (byte)'a').ToArray());
        Assert.Equal(SipFrameResult.NeedMore, framer.TryReadMessage(ref buffer, out _));

        buffer = new(Encoding.ASCII.GetBytes(new string('a', 101)));
        Assert.Equal(SipFrameResult.Rejected, framer.TryReadMessage(ref buffer, out SipFrame frame));
        Assert.Equal(SipRejectReason.HeadTooLarge, frame.Error!.Reason);
        Assert.False(frame.CanContinue);
    }

    internal static ReadOnlySequence<byte> Sequence(ReadOnlyMemory<byte> bytes, int pieceBytes)
    {
        Piece first = new(bytes[..Math.Min(pieceBytes, bytes.Length)], 0);
        Piece last = first;
        for (int at = pieceBytes; at < bytes.Length; at += pieceBytes)
        {
            last = last.Append(bytes.Slice(at, Math.Min(pieceBytes, bytes.Length - at)));
        }

        return new(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        public Piece Append(ReadOnlyMemory<byte> memory)
        {
            Piece next = new(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
