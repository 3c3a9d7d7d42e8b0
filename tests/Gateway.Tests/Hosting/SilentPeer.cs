using System.Net;
using System.Threading.Channels;
using Avatar2D.Sip.Dialogs;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.Transports;
using Avatar2D.Sip.UserAgent;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Gateway.Tests.Hosting;

/// <summary>A caller that makes one offer, acknowledges, and never sends a packet of sound.</summary>
internal sealed class SilentPeer : ISipUserAgentHandler, ISipSessionSink, IAsyncDisposable
{
    public const string AudioOffer =
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 39998 RTP/AVP 0\r\n";

    public const string VideoOffer =
        AudioOffer + "m=video 39996 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 profile-level-id=42e01f;packetization-mode=1\r\n";

    private readonly Channel<SipSessionEvent> _events = Channel.CreateUnbounded<SipSessionEvent>();
    private readonly SipUserAgent _agent;

    public SilentPeer() => _agent = new SipUserAgent(
        new SipUserAgentOptions { ListeningPoints = [new SipListeningPoint { Bind = new IPEndPoint(IPAddress.Loopback, 0) }] },
        this,
        TimeProvider.System,
        NullLoggerFactory.Instance);

    /// <summary>A bound on hanging, never on speed.</summary>
    public static TimeSpan Patience => TimeSpan.FromSeconds(60);

    public SipSession? Session { get; private set; }

    public async Task CallAsync(IPEndPoint gateway, string offer = AudioOffer, string user = "peer", params SipHeader[] headers)
    {
        await _agent.StartAsync();
        Session = _agent.PlaceCall(
            SipUri.Parse($"sip:avatar@{gateway}"), SipUri.Parse($"sip:{user}@127.0.0.1"), SipBody.Sdp(offer), this, new SipCallOptions { Headers = headers });
    }

    public async Task<T> WaitForAsync<T>()
        where T : SipSessionEvent
    {
        using var bound = new CancellationTokenSource(Patience);
        while (true)
        {
            if (await _events.Reader.ReadAsync(bound.Token) is T wanted)
                return wanted;
        }
    }

    public bool Post(SipSessionEvent sessionEvent) => _events.Writer.TryWrite(sessionEvent);

    public ISipSessionSink? OnIncomingCall(SipSession call) => null;

    public SipBody? DescribeMedia() => null;

    public ValueTask DisposeAsync() => _agent.DisposeAsync();
}
