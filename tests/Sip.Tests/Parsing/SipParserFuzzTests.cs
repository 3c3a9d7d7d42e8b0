using System.Buffers;
using System.Text;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Parsing;
using Avatar2D.Sip.Tests.Torture;

namespace Avatar2D.Sip.Tests.Parsing;

public sealed class SipParserFuzzTests
{
    private const int Mutations = 30_000;

    private static readonly byte[][] Corpus =
    [
        .. Rfc4475ValidMessages.Cases.Select(item => item.Bytes), .. Rfc4475InvalidMessages.Cases.Select(item => item.Bytes),
        .. Rfc4475UpperLayerMessages.Cases.Select(item => item.Bytes), .. Rfc5118Messages.Cases.Select(item => item.Bytes),
        SipSamples.Options("WWW-Authenticate: Digest realm=\"a\", nonce=\"b\"\r\nSession-Expires: 90 (x) ;refresher=uac\r\nRAck: 1 2 INVITE\r\n", "abc"),
    ];

    /// <summary>Inputs that once failed, or that a reviewer wants to keep; Latin-1 text.</summary>
    public static TheoryData<string> Regressions => new()
    {
        "\r",
        "\r\n\r",
        " \r\n\r\n",
        ":\r\n\r\n",
        "A\r\n\r\n",
        "A B C\r\n\r\n",
        "SIP/2.0\r\n\r\n",
        "SIP/2.0 200\r\n \r\n\r\n",
        "OPTIONS sip:a SIP/2.0\r\n :\r\n\r\n",
        "OPTIONS sip:a SIP/2.0\r\nVia:\r\n \r\n\t\r\n\r\n",
        "OPTIONS sip:[::] SIP/2.0\r\nl:\r\nl: 1\r\n\r\n",
        "OPTIONS sip:[:::] SIP/2.0\r\nv: SIP/2.0/UDP [:::::]:1\r\n\r\n",
        "OPTIONS sip:%@a SIP/2.0\r\nTo: \"\\\r\nFrom: <\r\nm: \\\r\n\r\n",
        "\u00ff\u00fe sip:a SIP/2.0\r\n\u00ff: \u00ff\r\n\r\n",
    };

    [Fact]
    public void TryParse_Mutations_NeverThrowAndWriteBackWhatTheyTake()
    {
        SipMutator mutator = new(4475, Corpus);
        int taken = 0;
        for (int i = 0; i < Mutations; i++)
        {
            byte[] bytes = mutator.Next();
            try
            {
                taken += Check(bytes) ? 1 : 0;
            }
            catch (Exception failure)
            {
                Assert.Fail($"Mutation {i}: {failure.Message}\n{Encoding.Latin1.GetString(bytes)}\n{failure.StackTrace}");
            }
        }

        // Were all refused or all taken, the mutations would show nothing.
        Assert.InRange(taken, Mutations / 20, Mutations * 19 / 20);
    }

    [Fact]
    public void TryReadMessage_MutatedStreams_EndInEveryCase()
    {
        SipMutator mutator = new(5118, Corpus);
        for (int i = 0; i < Mutations / 6; i++)
        {
            Drain([.. mutator.Next(), .. mutator.Next()], 1 + (i % 97));
        }
    }

    [Theory]
    [MemberData(nameof(Regressions))]
    public void TryParse_SavedInput_DoesNotThrow(string latin1)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(latin1);

        Assert.False(Check(bytes));
        Drain(bytes, 1);
    }

    /// <summary>Parses, touches every typed value, and checks that writing and parsing again gives the same. True when taken.</summary>
    private static bool Check(byte[] bytes)
    {
        if (!SipParser.TryParse(bytes, SipLimits.Default, out SipMessage? message, out SipParseError? error))
        {
            if (error.CanAnswer)
            {
                error.WriteAnswer(new ArrayBufferWriter<byte>(), error.TopVia!, "t");
            }

            return false;
        }

        foreach (SipHeader header in message.Headers)
        {
            _ = SipFields.Find(header.Name)?.IsValid(header.Value);
        }

        Assert.True(SipParser.TryParse(SipWriter.ToBytes(message), SipLimits.Default, out SipMessage? again, out SipParseError? fault), fault?.Text);
        Assert.Equal(message.Headers, again.Headers);
        Assert.Equal(message.Body.ToArray(), again.Body.ToArray());
        Assert.Equal(message.Vias, again.Vias);
        Rewrite(message.From);
        Rewrite(message.To);
        foreach (ViaHeader via in message.Vias)
        {
            Assert.True(ViaHeader.TryParse(via.ToString(), out ViaHeader? same) && same.Equals(via), via.ToString());
        }

        foreach (NameAddress contact in message.Contacts)
        {
            Rewrite(contact);
        }

        if (message is SipRequest request)
        {
            _ = SipWriter.ToBytes(SipResponseBuilder.For(request, 200, "t").Build());
        }

        return true;
    }

    private static void Rewrite(NameAddress address)
    {
        Assert.True(NameAddress.TryParse(address.ToString(), out NameAddress? same), address.ToString());
        Assert.Equal(address, same);
    }

    private static void Drain(byte[] stream, int pieceBytes)
    {
        SipStreamFramer framer = new(SipLimits.Default);
        int taken = 0;
        for (int end = 0; end < stream.Length;)
        {
            end = Math.Min(stream.Length, end + pieceBytes);
            ReadOnlySequence<byte> buffer = new(stream, taken, end - taken);
            for (int calls = 0; ; calls++)
            {
                Assert.True(calls < 200, "The framer does not move.");
                long before = buffer.Length;
                SipFrameResult result = framer.TryReadMessage(ref buffer, out SipFrame frame);
                if (result == SipFrameResult.NeedMore)
                {
                    break;
                }

                if (!frame.CanContinue)
                {
                    return;
                }

                Assert.True(buffer.Length < before);
            }

            taken = end - (int)buffer.Length;
        }
    }
}
