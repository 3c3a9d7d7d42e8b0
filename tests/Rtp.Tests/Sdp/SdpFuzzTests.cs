using System.Text;
using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Rtp.Tests.Sdp;

/// <summary>Seeded mutations of real bodies through the whole of it: nothing throws, and what is accepted can be written and answered.</summary>
public class SdpFuzzTests
{
    private static readonly string[] Bodies = [.. SdpSamples.All.Select(row => row.Data.Item2)];

    private static readonly string[] Words =
    [
        "m=video 4 RTP/AVP 97", "m=audio 0 RTP/AVP", "c=IN IP4 0.0.0.0", "a=sendonly", "a=rtpmap:97 H264/90000", "a=fmtp:97 ;;=;", "b=AS:99999999999",
        "a=imageattr:97 recv [x=[1:1:9],y=[[[", "a=rtcp:", "a=ptime:999999", "a=rtcp-fb:* nack pli", "=", ":", "65536", "-1", "\0", "é", "[", "]", ",",
        "a=fmtp:97 profile-level-id=ffffff;packetization-mode=1;max-mbps=2147483647;max-fs=2147483647;max-br=2147483647", "a=framerate:0.0001",
        "a=rtpmap:128 x/1", "a=rtpmap:96 opus/48000/255", "a=mid:x", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x", "RTP/SAVP", "telephone-event/8000",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Mutations_ParseAnswerAndProcess_NeverThrow(int seed)
    {
        var random = new Random(seed);
        int accepted = 0;
        for (int round = 0; round < 2500; round++)
        {
            byte[] body = Mutate(Encoding.UTF8.GetBytes(Bodies[random.Next(Bodies.Length)]), random);
            if (SdpSession.TryParse(body, out SdpSession? session, out SdpError error))
            {
                accepted++;
                Assert.Equal(SdpRejection.None, error.Reason);
                Use(session!, random);
            }
            else
            {
                Assert.NotEqual(SdpRejection.None, error.Reason);
            }
        }

        // Mutations that never parse would test nothing.
        Assert.InRange(accepted, 200, 2500);
    }

    [Fact]
    public void Parse_LargestBodies_CostBoundedMemory()
    {
        string[] bodies =
        [
            "v=0\no=- 1 1 IN IP4 h\n" + string.Concat(Enumerable.Repeat("a=" + new string('x', 60) + "\n", 1000)),
            "v=0\no=- 1 1 IN IP4 h\nm=video 4 RTP/AVP 97\na=rtpmap:97 H264/90000\na=fmtp:97 " + string.Concat(Enumerable.Repeat(";", 4000)) + "\n",
            "v=0\no=- 1 1 IN IP4 h\nm=video 4 RTP/AVP 97\na=imageattr:97 recv " + new string('[', 4000) + "\n",
        ];
        foreach (string body in bodies)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(body);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.True(SdpSession.TryParse(bytes, out SdpSession? session, out _));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 40 * bytes.Length);
            Use(session!, new Random(1));
        }
    }

    private static void Use(SdpSession session, Random random)
    {
        string text = session.ToString();
        if (SdpSession.TryParse(text, out SdpSession? again, out _))
        {
            Assert.Equal(text, again!.ToString());
        }

        OfferAnswerState state = Negotiation.Start();
        LocalMedia[] wanted = random.Next(2) == 0 ? [Negotiation.Audio()] : [Negotiation.Audio(), Negotiation.Video()];
        if (OfferAnswer.TryCreateAnswer(state, session, Negotiation.Capabilities, [.. wanted], out AnswerResult? answer, out _))
        {
            Assert.Equal(session.Media.Length, answer!.Sdp.Media.Length);
            Check(answer.Negotiated);
            state = answer.State;
        }

        OfferResult offer = Negotiation.Offer(state, Negotiation.Audio(), Negotiation.Video());
        if (OfferAnswer.TryProcessAnswer(offer.State, session, Negotiation.Capabilities, out AnsweredOffer? result, out _))
        {
            Check(result!.Negotiated);
        }
    }

    private static void Check(NegotiatedSession session)
    {
        foreach (NegotiatedMedia line in session.Media.Where(line => line.Accepted))
        {
            Assert.NotNull(line.Codec);
            Assert.NotNull(line.RemoteRtp);
            Assert.InRange(line.PacketTimeMs, 10, 60);
            if (line.Limits is VideoLimits limits)
            {
                VideoFormat format = VideoFormatPicker.Pick(limits, VideoPreference.Default);
                Assert.True(format is { Width: > 0, Height: > 0, FrameRate: >= 1, BitrateBps: > 0 }, format.ToString());
            }
        }
    }

    private static byte[] Mutate(byte[] body, Random random)
    {
        var bytes = new List<byte>(body);
        for (int count = random.Next(1, 6); count > 0; count--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 30), bytes.Count - at - 1));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]));
                    break;
                case 3:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes("\r\n" + Words[random.Next(Words.Length)] + "\r\n"));
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 200), bytes.Count - at)));
                    break;
                case 5:
                    bytes.RemoveRange(at + 1, bytes.Count - at - 1);
                    break;
                default:
                    bytes[at] = (byte)"0123456789=:;/ \r\n"[random.Next(17)];
                    break;
            }
        }

        return [.. bytes];
    }
}
