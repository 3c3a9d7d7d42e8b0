using System.Net;
using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Calls;
using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Gateway.Options;
using Avatar2D.Rtp.Dtls;
using Avatar2D.Rtp.Rtcp;
using Avatar2D.Sip.Transports;
using Avatar2D.Sip.UserAgent;

namespace Avatar2D.Gateway.Hosting;

/// <summary>
/// The whole gateway as one hosted service: puts the parts together, opens the ports, and at the stop drains: new calls get
/// 503, running ones may end by themselves until the bound, the rest gets BYE, the records are written.
/// </summary>
internal sealed class GatewayHost : IHostedLifecycleService, IAsyncDisposable
{
    /// <summary>After BYE was sent to the last calls, so long is waited for their ends.</summary>
    private static readonly TimeSpan ByeTime = TimeSpan.FromSeconds(5);

    private readonly GatewayOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly MediaClock _clock;
    private readonly CdrWriter _cdr;
    private readonly SipUserAgent _sip;
    private readonly AvatarCatalog _avatars;
    private readonly BouncyDtlsProvider? _dtls;
    private bool _started;
    private bool _drained;
    private bool _stopped;

    /// <summary>Puts the parts together; nothing is opened yet.</summary>
    /// <param name="options">Valid settings.</param>
    /// <param name="avatars">The avatars that can be shown.</param>
    /// <param name="time">Clock of everything.</param>
    /// <param name="loggers">Where to log.</param>
    /// <param name="pictures">Says what picture a caller's call carries; null: the settings alone do.</param>
    public GatewayHost(
        GatewayOptions options, AvatarCatalog avatars, TimeProvider time, ILoggerFactory loggers, ICallerPictures? pictures = null)
    {
        _options = options;
        _time = time;
        _avatars = avatars;
        _logger = loggers.CreateLogger("Avatar2D.Gateway");
        _clock = new MediaClock(time, Environment.ProcessorCount);
        _cdr = new CdrWriter(options.Cdr, time, loggers.CreateLogger<CdrWriter>());
        _dtls = options.Rtp.Srtp == SrtpMode.Off ? null : new BouncyDtlsProvider(time);
        var services = new MediaServices
        {
            Options = options,
            Clock = _clock,
            Rtcp = new RtcpClock(time),
            Stages = avatars.Stages,
            Return = new AudioReturn(options.Audio),
            Dtls = _dtls,
            Logger = _logger,
        };
        Ports = new MediaAddresses(options, time);
        Calls = new CallRegistry(
            services, Ports, new CallPlanner(options, new Random(), _dtls?.Fingerprint), _cdr, pictures ?? new SettingsPictures(options.Avatar), avatars.Exists);
        ISipStreamSecurity? tls = SipSetup.TlsFrom(options.Sip, time, loggers.CreateLogger("Avatar2D.Sip"));
        _sip = new SipUserAgent(SipSetup.From(options.Sip, options.Video.Enabled), Calls, time, loggers, security: tls);
    }

    /// <summary>Removes the records of calls that ended before a time (<see cref="CdrWriter.Expire"/>).</summary>
    public int ExpireRecords(DateTimeOffset before) => _cdr.Expire(before);

    /// <summary>All calls.</summary>
    public CallRegistry Calls { get; }

    /// <summary>The media ports.</summary>
    public MediaAddresses Ports { get; }

    /// <summary>No new calls are taken.</summary>
    public bool IsDraining => _sip.IsDraining;

    /// <summary>The registration at a PBX; null when none is set.</summary>
    public SipRegistration? Registration { get; private set; }

    /// <summary>Where SIP is heard, in the order of the settings.</summary>
    public IReadOnlyList<IPEndPoint> SipEndPoints => _sip.LocalEndPoints;

    /// <summary>SIP sessions that still live, ended ones that wait for their last response included.</summary>
    public int SipSessions => _sip.ActiveSessions;

    /// <summary>SIP dialogs that a request can find.</summary>
    public int SipDialogs => _sip.ActiveDialogs;

    /// <summary>SIP transactions; ended ones wait up to 64*T1 for what comes late (RFC 3261 §17).</summary>
    public int SipTransactions => _sip.ActiveTransactions;

    /// <summary>Streams on the media threads.</summary>
    public int MediaTasks => _clock.TaskCount;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _sip.StartAsync(cancellationToken);
        if (SipSetup.RegistrationFrom(_options.Sip) is { } registration)
            Registration = _sip.Register(registration);
        _started = true;
        if (_options.Video.Enabled && _avatars.Exists(_options.Avatar.Default))
        {
            var key = new StageKey(_options.Avatar.Default, _options.Video.Width, _options.Video.Height);
            using StageLease warm = await _avatars.Stages.AcquireAsync(key, cancellationToken);
            HostLog.AvatarReady(_logger, key.Avatar, key.Width, key.Height);
        }
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Drains. It runs before any service is stopped, so that HTTP still answers meanwhile.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (_drained)
            return;
        _drained = true;
        _sip.Drain();
        if (_started)
            HostLog.Draining(_logger, Calls.Count, _options.Calls.DrainSeconds);
        if (!await EndedWithinAsync(_options.Calls.Drain, cancellationToken))
        {
            Calls.EndAll(CallEndReason.Shutdown);
            await EndedWithinAsync(ByeTime, CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_stopped)
            return;
        _stopped = true;
        await StoppingAsync(cancellationToken);
        await _sip.DisposeAsync();
        await _cdr.DisposeAsync();
        _clock.Dispose();
        _dtls?.Dispose();
        if (_started)
            HostLog.Stopped(_logger);
    }

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync(new CancellationToken(canceled: true));

    private async Task<bool> EndedWithinAsync(TimeSpan bound, CancellationToken cancellationToken)
    {
        try
        {
            await Calls.WhenAllEndedAsync().WaitAsync(bound, _time, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return Calls.Count == 0;
        }
    }
}
