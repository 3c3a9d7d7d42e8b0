using System.Text;
using Avatar2D.Rtp.Sdp;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Parsing;
using BenchmarkDotNet.Attributes;

namespace Avatar2D.Benchmarks;

/// <summary>Signalling: per message. It may allocate.</summary>
public class SipBenchmarks
{
    private readonly byte[] _invite = SipSamples.Invite;
    private readonly byte[] _ok = SipSamples.Ok;
    private readonly byte[] _ack = SipSamples.Ack;
    private readonly byte[] _offer = Encoding.UTF8.GetBytes(SipSamples.Offer);
    private readonly OfferAnswerState _state = OfferAnswerState.Start(42, "203.0.113.5");
    private readonly LocalMedia _audio = new() { Kind = MediaKind.Audio, Address = "203.0.113.5", Port = 20_000 };
    private readonly LocalMedia _video = new()
    {
        Kind = MediaKind.Video, Address = "203.0.113.5", Port = 20_002, Direction = MediaDirection.SendOnly, BandwidthKbps = 660,
    };

    [Benchmark(Description = "SIP parse INVITE (SDP inside)")]
    public object ParseInvite() => Parse(_invite);

    [Benchmark(Description = "SIP parse 200 (SDP inside)")]
    public object ParseOk() => Parse(_ok);

    [Benchmark(Description = "SIP parse ACK")]
    public object ParseAck() => Parse(_ack);

    [Benchmark(Description = "SDP parse (audio and video)")]
    public object ParseSdp() => ParseOffer();

    [Benchmark(Description = "SDP parse and answer")]
    public object Answer() =>
        OfferAnswer.TryCreateAnswer(_state, ParseOffer(), SdpCapabilities.Default, [_audio, _video], out AnswerResult? answer, out OfferAnswerError error)
            ? answer!.Sdp.ToBytes() : throw new InvalidOperationException(error.ToString());

    private static SipMessage Parse(byte[] datagram) =>
        SipParser.TryParse(datagram, SipLimits.Default, out SipMessage? message, out SipParseError? error)
            ? message : throw new InvalidOperationException(error.ToString());

    private SdpSession ParseOffer() =>
        SdpSession.TryParse(_offer, out SdpSession? offer, out SdpError error) ? offer! : throw new InvalidOperationException(error.ToString());
}
