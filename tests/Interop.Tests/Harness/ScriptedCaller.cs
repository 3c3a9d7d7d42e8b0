using System.Collections.Concurrent;
using System.Net;
using Avatar2D.Sip.Dialogs;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.Transports;
using Avatar2D.Sip.UserAgent;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Interop.Tests.Harness;

/// <summary>
/// A caller without media of its own: offers G.711, keeps the gateway's re-INVITE until the test answers it, so that the
/// picture goes to whom the test wants.
/// </summary>
internal sealed class ScriptedCaller : ISipUserAgentHandler, ISipSessionSink, IAsyncDisposable
{
    private readonly SipUserAgent _agent;
    private readonly ConcurrentQueue<SipSessionEvent> _events = new();
    private readonly int _audioPort = FreePorts.Range(2);
    private readonly string _audioTransport;
    private SipSession? _session;

    private volatile string _offer = "";

    /// <summary>Makes a caller on a port of its own.</summary>
    /// <param name="key">Key of an SRTP call, "inline:..." for AES_CM_128_HMAC_SHA1_80; null: plain RTP.</param>
    public ScriptedCaller(string? key = null)
    {
        _audioTransport = key is null ? "RTP/AVP 0\r\n" : $"RTP/SAVP 0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 {key}\r\n";
        _agent = new SipUserAgent(
            new SipUserAgentOptions
            {
                Product = "interop-caller",
                ContactUser = "caller",
                ListeningPoints = [new SipListeningPoint { Protocol = SipTransportProtocol.Udp, Bind = new IPEndPoint(IPAddress.Loopback, 0) }],
            },
            this,
            TimeProvider.System,
            NullLoggerFactory.Instance);
    }

    /// <summary>m=audio of all our descriptions.</summary>
    private string AudioSection => $"m=audio {_audioPort} {_audioTransport}a=sendrecv\r\n";

    /// <summary>Calls and waits for the answer.</summary>
    public async Task CallAsync(IPEndPoint gateway)
    {
        await _agent.StartAsync();
        if (!SipUri.TryParse($"sip:avatar@{gateway}", out SipUri? target) || !SipUri.TryParse("sip:caller@127.0.0.1", out SipUri? from))
            throw new InvalidOperationException("No SIP URI.");
        _session = _agent.PlaceCall(target, from, SipBody.Sdp(Session(1) + AudioSection), this);
        await SeenAsync<SipSessionEvent.Answered>("the call to be answered");
    }

    /// <summary>The SDP of the gateway's re-INVITE.</summary>
    public async Task<string> OfferAsync()
    {
        await SeenAsync<SipSessionEvent.ReinviteReceived>("the re-INVITE");
        return _offer;
    }

    /// <summary>Answers the re-INVITE and waits for the ACK.</summary>
    /// <param name="video">m=video and its lines.</param>
    public async Task AnswerAsync(string video)
    {
        _session?.AnswerReinvite(SipBody.Sdp(Session(2) + AudioSection + video));
        await SeenAsync<SipSessionEvent.AckReceived>("the ACK of the re-INVITE");
    }

    private Task SeenAsync<T>(string what)
        where T : SipSessionEvent => Until.TrueAsync(() => _events.Any(seen => seen is T), what, () => string.Join('\n', _events));

    /// <summary>Hangs up and waits for the end.</summary>
    public Task HangUpAsync()
    {
        _session?.Hangup();
        return SeenAsync<SipSessionEvent.Terminated>("the call to end");
    }

    /// <inheritdoc/>
    public ISipSessionSink? OnIncomingCall(SipSession call) => null;

    /// <inheritdoc/>
    public SipBody? DescribeMedia() => null;

    /// <inheritdoc/>
    public bool Post(SipSessionEvent sessionEvent)
    {
        if (sessionEvent is SipSessionEvent.ReinviteReceived { Body: { } body })
            _offer = body.Text;
        _events.Enqueue(sessionEvent);
        return true;
    }

    public ValueTask DisposeAsync() => _agent.DisposeAsync();

    private static string Session(int version) =>
        $"v=0\r\no=caller 1 {version} IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n";
}
