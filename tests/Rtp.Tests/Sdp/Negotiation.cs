using System.Collections.Immutable;
using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Rtp.Tests.Sdp;

/// <summary>Short words for the exchanges in tests.</summary>
internal static class Negotiation
{
    public static readonly SdpCapabilities Capabilities = SdpCapabilities.Default;

    public static OfferAnswerState Start() => OfferAnswerState.Start(42, "10.9.9.9");

    public static LocalMedia Audio(int port = 20_000, MediaDirection direction = MediaDirection.SendRecv) =>
        new() { Kind = MediaKind.Audio, Address = "10.9.9.9", Port = port, Direction = direction };

    public static LocalMedia Video(int port = 20_002, MediaDirection direction = MediaDirection.SendOnly) =>
        new() { Kind = MediaKind.Video, Address = "10.9.9.9", Port = port, Direction = direction, BandwidthKbps = 768 };

    public static AnswerResult Answer(OfferAnswerState state, SdpSession offer, params LocalMedia[] wanted)
    {
        Assert.True(OfferAnswer.TryCreateAnswer(state, offer, Capabilities, [.. wanted], out AnswerResult? result, out OfferAnswerError error), error.ToString());
        SdpSession sdp = SdpSamples.Parse(result!.Sdp.ToString());
        Assert.Equal(offer.Media.Select(line => line.Media), sdp.Media.Select(line => line.Media));
        return result;
    }

    public static AnswerResult Answer(OfferAnswerState state, string offer, params LocalMedia[] wanted) =>
        Answer(state, SdpSamples.Parse(offer), wanted);

    public static OfferResult Offer(OfferAnswerState state, params LocalMedia[] wanted) =>
        OfferAnswer.CreateOffer(state, Capabilities, [.. wanted]);

    public static AnsweredOffer Process(OfferAnswerState state, SdpSession answer)
    {
        Assert.True(OfferAnswer.TryProcessAnswer(state, answer, Capabilities, out AnsweredOffer? result, out OfferAnswerError error), error.ToString());
        return result!;
    }

    public static AnsweredOffer Process(OfferAnswerState state, string answer) => Process(state, SdpSamples.Parse(answer));

    /// <summary>An audio call that a peer with PCMU began, with the avatar's video offered and taken.</summary>
    public static AnsweredOffer WithVideo(string videoLines = VideoAnswer)
    {
        AnswerResult call = Answer(Start(), SdpSamples.SippAudio, Audio());
        OfferResult offer = Offer(call.State, Audio(), Video());
        return Process(offer.State, SdpSamples.SippAudio + videoLines);
    }

    public const string VideoAnswer =
        "m=video 7000 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 profile-level-id=42e01f;packetization-mode=1\r\n" +
        "a=rtcp-fb:96 nack pli\r\na=rtcp-fb:96 ccm fir\r\na=recvonly\r\n";

    public static ulong Version(SdpSession session)
    {
        Assert.True(session.Origin.TryGetVersion(out ulong version));
        return version;
    }

    public static ImmutableArray<string> Lines(SdpMedia media) => [.. media.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries)];
}
