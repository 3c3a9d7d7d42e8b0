using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Avatar2D.Codecs.Files;
using Avatar2D.Codecs.Video;
using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Rtp.Rtcp;
using Avatar2D.Sip.Dialogs;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.Transports;
using Avatar2D.Sip.UserAgent;

namespace Avatar2D.Gateway.Phone;

/// <summary>
/// A SIP phone without screen: calls an address, speaks a recording, takes or refuses the picture that is offered, records
/// what it hears and sees, and reports. One call each.
/// </summary>
internal sealed class TestPhone : ISipUserAgentHandler, ISipSessionSink, IAsyncDisposable
{
    /// <summary>Speech and a little more: so long the call lasts after the recording has ended.</summary>
    private static readonly TimeSpan Tail = TimeSpan.FromSeconds(1);

    /// <summary>A call in which nothing is spoken.</summary>
    private static readonly TimeSpan WithoutSpeech = TimeSpan.FromSeconds(5);

    /// <summary>So long nobody may answer the INVITE or our BYE.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(33);

    private readonly TestPhoneOptions _options;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly MediaClock _clock;
    private readonly RtcpClock _rtcp;
    private readonly Channel<SipSessionEvent> _events = Channel.CreateBounded<SipSessionEvent>(64);
    private readonly PcmClip? _speech;
    private PhoneMedia? _media;
    private SipUserAgent? _agent;

    /// <summary>Makes the phone and reads what it is to speak.</summary>
    /// <exception cref="Codecs.CodecException">The speech is no WAV file that can be read.</exception>
    /// <exception cref="IOException">The speech is not there.</exception>
    public TestPhone(TestPhoneOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        _options = options;
        _time = time;
        _loggers = loggers;
        _clock = new MediaClock(time, 1);
        _rtcp = new RtcpClock(time);
        _speech = options.SpeechPath is { } path ? WavFile.Read(path) : null;
    }

    /// <summary>By how much the A/V skew of the last minute differs from that of the first, milliseconds; null for a short call.</summary>
    public double? SkewDriftMs => _media?.SkewDriftMs;

    /// <summary>What was heard, when it was to be kept; null otherwise.</summary>
    public PcmClip? Heard => _media?.Heard;

    /// <summary>What was on the wire, when it was to be kept; null otherwise.</summary>
    public WireRecord? Wire => _media?.Wire;

    /// <summary>Coding of the pictures; null without any.</summary>
    public VideoCodec? VideoCoding => _media?.VideoCoding;

    /// <inheritdoc/>
    public ISipSessionSink? OnIncomingCall(SipSession call)
    {
        call.Reject(486);
        return null;
    }

    /// <inheritdoc/>
    public SipBody? DescribeMedia() => null;

    /// <inheritdoc/>
    public bool Post(SipSessionEvent sessionEvent) => _events.Writer.TryWrite(sessionEvent);

    /// <summary>Places the call and lives through it.</summary>
    /// <param name="target">Whom to call.</param>
    /// <param name="cancellationToken">Hangs up; the report tells what came until then.</param>
    /// <exception cref="SocketException">No port can be opened, or the target has no address.</exception>
    public async Task<CallReport> CallAsync(SipUri target, CancellationToken cancellationToken)
    {
        IPAddress local = await FacingAddressAsync(target, cancellationToken);
        var agentOptions = new SipUserAgentOptions
        {
            Product = "Avatar2D-phone",
            ContactUser = _options.User,
            ListeningPoints =
            [
                new SipListeningPoint { Protocol = SipTransportProtocol.Udp, Bind = new IPEndPoint(local, 0) },
                new SipListeningPoint { Protocol = SipTransportProtocol.Tcp, Bind = new IPEndPoint(local, 0) },
            ],
        };
        _agent = new SipUserAgent(agentOptions, this, _time, _loggers);
        await _agent.StartAsync(cancellationToken);
        _media = new PhoneMedia(_options, _speech, local, _clock, _rtcp, _loggers.CreateLogger("Avatar2D.Phone"));
        var call = new PhoneCall(_options, _media, _rtcp, local);
        SipUri from = _options.From ?? SipUri.Parse($"sip:{_options.User}@{HostText(local)}");
        SipCallOptions options = SipCallOptions.None with
        {
            Headers = _options.Asserted is { } asserted ? [new SipHeader(SipHeaderNames.PAssertedIdentity, $"<{asserted}>")] : [],
        };
        SipSession session = _agent.PlaceCall(target, from, call.Offer(), this, options);
        await LiveAsync(call, session, cancellationToken);
        await _media.DisposeAsync();
        return call.Report();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_media is not null)
            await _media.DisposeAsync();
        if (_agent is not null)
            await _agent.DisposeAsync();
        _clock.Dispose();
    }

    private async Task LiveAsync(PhoneCall call, SipSession session, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ITimer? bound = null;
        try
        {
            bound = _time.CreateTimer(_ => end.Cancel(), null, Patience, Timeout.InfiniteTimeSpan);
            while (!call.IsOver)
            {
                SipSessionEvent next = await _events.Reader.ReadAsync(end.Token);
                await call.OnAsync(next, session);
                if (next is SipSessionEvent.Answered)
                    bound.Change(DurationOf(), Timeout.InfiniteTimeSpan);
            }
        }
        catch (OperationCanceledException)
        {
            session.Hangup();
            await EndAsync(call, session);
        }
        finally
        {
            if (bound is not null)
                await bound.DisposeAsync();
        }
    }

    /// <summary>Waits for SIP's last word; without it the report tells what came until now.</summary>
    private async Task EndAsync(PhoneCall call, SipSession session)
    {
        using var patience = new CancellationTokenSource(Patience, _time);
        try
        {
            while (!call.IsOver)
                await call.OnAsync(await _events.Reader.ReadAsync(patience.Token), session);
        }
        catch (OperationCanceledException)
        {
            // Nobody answered our BYE.
        }
    }

    private TimeSpan DurationOf() =>
        _options.Duration ?? (_speech is { } speech ? _options.SpeechDelay + speech.Duration + Tail : WithoutSpeech);

    private static string HostText(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    /// <summary>Our address that faces a target.</summary>
    public static async Task<IPAddress> FacingAddressAsync(SipUri target, CancellationToken cancellationToken)
    {
        string host = (target.Host ?? "").Trim('[', ']');
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
        using var probe = new Socket(addresses[0].AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await probe.ConnectAsync(new IPEndPoint(addresses[0], target.Port ?? 5060), cancellationToken);
        return ((IPEndPoint)probe.LocalEndPoint!).Address; // Set by the connect.
    }
}
