using System.Net;
using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Rtp.Rtcp;
using Avatar2D.Rtp.Sessions;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.Transports;
using Avatar2D.Sip.UserAgent;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Gateway.Phone;

/// <summary>Many test phones in one process: one SIP stack and a few media threads serve them all, each call has ports of its own.</summary>
internal sealed class PhoneFarm : ISipUserAgentHandler, IAsyncDisposable
{
    /// <summary>Ports of the phones: above the gateway's default range.</summary>
    private const int FirstPort = 30_000;
    private const int LastPort = 60_999;

    private readonly TestPhoneOptions _options;
    private readonly TimeProvider _time;
    private readonly IPAddress _local;
    private readonly PcmClip? _speech;
    private readonly MediaClock _clock;
    private readonly RtcpClock _rtcp;
    private readonly RtpPortPool _ports;
    private readonly SipUserAgent _agent;
    private readonly SipUri _from;

    /// <summary>Makes the farm; <see cref="StartAsync"/> opens its SIP port.</summary>
    /// <param name="options">Of every phone, but for the picture.</param>
    /// <param name="local">Address that faces the gateway.</param>
    /// <param name="time">Clock.</param>
    /// <param name="loggers">Where to log.</param>
    /// <exception cref="Codecs.CodecException">The speech is no WAV file that can be read.</exception>
    public PhoneFarm(TestPhoneOptions options, IPAddress local, TimeProvider time, ILoggerFactory loggers)
    {
        _options = options;
        _time = time;
        _local = local;
        _speech = options.SpeechPath is { } path ? WavFile.Read(path) : null;
        _clock = new MediaClock(time, Environment.ProcessorCount);
        _rtcp = new RtcpClock(time);
        _ports = new RtpPortPool(
            new RtpPortPoolOptions { BindAddress = local, FirstPort = FirstPort, LastPort = LastPort, Quarantine = TimeSpan.FromSeconds(1) }, time);
        SipListeningPoint Point(SipTransportProtocol protocol) => new() { Protocol = protocol, Bind = new IPEndPoint(local, 0) };
        _agent = new SipUserAgent(
            new SipUserAgentOptions
            {
                Product = "Avatar2D-phones",
                ContactUser = options.User,
                ListeningPoints = [Point(SipTransportProtocol.Udp), Point(SipTransportProtocol.Tcp)],
            },
            this, time, loggers);
        _from = new SipUri(options.User, local.ToString());
    }

    /// <summary>Opens the SIP port.</summary>
    public ValueTask StartAsync(CancellationToken cancellationToken) => _agent.StartAsync(cancellationToken);

    /// <summary>One call from its INVITE to its end.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">No port is free.</exception>
    public async Task<FarmOutcome> CallAsync(SipUri target, FarmScript script, CancellationToken cancellationToken)
    {
        TestPhoneOptions options = _options with { AcceptVideo = script.HasPicture };
        await using var media = new PhoneMedia(options, _speech, _local, _clock, _rtcp, NullLogger.Instance, _ports);
        var call = new FarmCall(new PhoneCall(options, media, _rtcp, _local), media, _time);
        return await call.RunAsync(_agent, target, _from, script, cancellationToken);
    }

    /// <inheritdoc/>
    public ISipSessionSink? OnIncomingCall(SipSession call)
    {
        call.Reject(486);
        return null;
    }

    /// <inheritdoc/>
    public Sip.Dialogs.SipBody? DescribeMedia() => null;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        _clock.Dispose();
    }
}
