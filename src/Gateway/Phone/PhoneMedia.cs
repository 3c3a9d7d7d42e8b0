using System.Collections.Immutable;
using System.Net;
using Avatar2D.Codecs.Files;
using Avatar2D.Codecs.Video;
using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Gateway.Options;
using Avatar2D.Rtp.Dtls;
using Avatar2D.Rtp.Receiving;
using Avatar2D.Rtp.Rtcp;
using Avatar2D.Rtp.Sdp;
using Avatar2D.Rtp.Sessions;

namespace Avatar2D.Gateway.Phone;

/// <summary>The sockets, ear, eye and mouth of the test phone.</summary>
internal sealed class PhoneMedia : IStreamOwner, IAsyncDisposable
{
    /// <summary>Ports of the phone, above the gateway's default range and below the system's own.</summary>
    private const int FirstPort = 30_000;
    private const int LastPort = 32_766;

    private readonly TestPhoneOptions _options;
    private readonly PcmClip? _speech;
    private readonly MediaClock _clock;
    private readonly RtcpClock _rtcp;
    private readonly StreamTimeline _videoTimeline = new(90_000);
    private readonly SkewMeter _skew = new();
    private readonly WireLog? _wire;
    private readonly RtpPortLease _audioPorts;
    private readonly RtpPortLease _videoPorts;
    private readonly AudioStream _audio;
    private readonly ILogger _logger;
    private readonly MediaWorker _worker;
    private readonly BouncyDtlsProvider? _dtls;
    private StreamTimeline _audioTimeline = new(8000);
    private RtpSession? _audioSession;
    private RtpSession? _videoSession;
    private PhoneVideo? _video;
    private CallRecorder? _recorder;
    private NegotiatedMedia? _audioLine;
    private int _heardRateHz;
    private bool _stopped;

    /// <summary>Rents the ports.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">None is free.</exception>
    public PhoneMedia(
        TestPhoneOptions options, PcmClip? speech, IPAddress local, MediaClock clock, RtcpClock rtcp, ILogger logger, RtpPortPool? ports = null)
    {
        _options = options;
        _wire = options.KeepWire ? new WireLog() : null;
        _speech = speech;
        _clock = clock;
        _rtcp = rtcp;
        _logger = logger;
        _worker = clock.PickWorker();
        RtpPortPool pool = ports ?? new RtpPortPool(
            new RtpPortPoolOptions { BindAddress = local, FirstPort = FirstPort, LastPort = LastPort, Quarantine = TimeSpan.Zero }, clock.Time);
        if (!pool.TryRent(out RtpPortLease? audio))
            throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.AddressAlreadyInUse);
        if (!pool.TryRent(out RtpPortLease? video))
        {
            audio.Dispose();
            throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.AddressAlreadyInUse);
        }

        _audioPorts = audio;
        _videoPorts = video;
        _dtls = options.Dtls ? new BouncyDtlsProvider(clock.Time) : null;
        LocalDtls? Dtls() => _dtls is { } dtls ? DtlsSetup.NewLocal(dtls.Fingerprint) : null;
        ImmutableArray<SdpCrypto> Keys() => options.Dtls || options.Srtp == SrtpMode.Off ? [] : SrtpSetup.NewCryptos();
        AudioLine = new LocalMedia { Kind = MediaKind.Audio, Address = local.ToString(), Port = audio.Port, Cryptos = Keys(), Dtls = Dtls() };
        VideoLine = new LocalMedia
        {
            Kind = MediaKind.Video, Address = local.ToString(), Port = video.Port, Direction = MediaDirection.RecvOnly, Cryptos = Keys(), Dtls = Dtls(),
        };
        _audio = new AudioStream(clock.Time, null, this);
    }

    /// <summary>Our audio socket.</summary>
    public LocalMedia AudioLine { get; }

    /// <summary>Our video socket.</summary>
    public LocalMedia VideoLine { get; }

    /// <summary>RTP packets heard.</summary>
    public long AudioPacketsReceived => _audioSession?.GetStatistics().PacketsReceived ?? 0;

    /// <summary>When the first decodable key frame had come.</summary>
    public long? FirstIdr => _video?.FirstIdr;

    /// <summary>All that was heard, in the order of its timestamps; null when it was not to be kept.</summary>
    public PcmClip? Heard => _wire?.Heard(_heardRateHz, _audioLine?.Codec?.ClockRateHz ?? _heardRateHz);

    /// <summary>What was on the wire; null when it was not to be kept.</summary>
    public WireRecord? Wire => _wire?.ToRecord(_rtcp, _heardRateHz, _audioTimeline, _videoTimeline);

    /// <summary>Coding of the pictures; null without any.</summary>
    public VideoCodec? VideoCoding => _video?.Codec;

    /// <summary><see cref="SkewMeter.DriftMs"/> of the call.</summary>
    public double? SkewDriftMs
    {
        get
        {
            lock (_skew)
                return _skew.DriftMs;
        }
    }

    /// <summary>Brings the media to what was negotiated.</summary>
    public async Task ApplyAsync(NegotiatedSession negotiated)
    {
        if (negotiated.Audio is { } audio)
            await ApplyAudioAsync(audio);
        if (negotiated.Video is { } video)
            await ApplyVideoAsync(video);
    }

    /// <summary>Adds the figures of the media to a report.</summary>
    public CallReport Fill(CallReport report)
    {
        RtpStatistics? audio = _audioSession?.GetStatistics();
        RtpStatistics? video = _videoSession?.GetStatistics();
        lock (_skew)
        {
            return report with
            {
                FramesReceived = _video?.Frames ?? 0,
                Fps = _video?.Fps,
                LargestGapMs = _video?.LargestGapMs,
                VideoLossPercent = LossOf(video),
                AudioLossPercent = LossOf(audio),
                AvSkewMsP50 = _skew.Percentile(0.5),
                AvSkewMsP95 = _skew.Percentile(0.95),
                AudioCodec = _audioLine?.Codec?.Kind.ToString(),
                VideoCodec = _video?.Codec.ToString(),
                VideoSize = _video?.Size,
                VideoRotationDegrees = _video?.Orientation?.RotationDegrees,
                Recording = _recorder is { Failure: null } ? _options.RecordingPath : null,
            };
        }
    }

    /// <summary>Closes sockets and recording; figures stay.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopped)
            return;
        _stopped = true;
        await _worker.RemoveAsync(_audio);
        if (_video is not null)
            await _worker.RemoveAsync(_video);
        if (_audioSession is not null)
            await _audioSession.DisposeAsync();
        if (_videoSession is not null)
            await _videoSession.DisposeAsync();
        _audioPorts.Dispose();
        _videoPorts.Dispose();
        _dtls?.Dispose();
        _audio.Close();
        _recorder?.Complete();
        _recorder?.Dispose();
        _video?.Dispose();
    }

    /// <inheritdoc/>
    public void OnAudioSilent()
    {
    }

    /// <inheritdoc/>
    public void OnKey(char key)
    {
    }

    /// <inheritdoc/>
    public void OnStreamFault(bool isVideo, Exception exception) => PhoneLog.StreamFailed(_logger, isVideo ? "video" : "audio", exception);

    private async Task ApplyAudioAsync(NegotiatedMedia line)
    {
        MediaChanges changes = line.ChangesSince(_audioLine);
        _audioLine = line;
        if (_audioSession is null)
        {
            _audioTimeline = new StreamTimeline(line.Codec!.ClockRateHz); // An accepted line has a codec.
            var sink = new PhoneAudio(_audio, _audioTimeline, _skew, _rtcp, _wire);
            _audioSession = new RtpSession(
                new RtpSessionOptions { Cname = "phone@avatar2d", MaxPayloadBytes = 4096, Dtls = _dtls }, _audioPorts, sink, _rtcp, logger: _logger);
            _audio.Bind(_audioSession);
            _audioSession.Start();
        }

        if ((changes & (MediaChanges.Added | MediaChanges.Codec)) != 0)
            _audio.Use(AudioSetup.Create(line, new JitterBufferOptions(), _rtcp.TimestampFrequency, EndpointFor));
        _audioSession.Configure(await RtpParameters.OfAsync(line, _audioSession.LocalRtp.AddressFamily, _clock.Time, _logger));
        if ((changes & MediaChanges.Added) != 0)
            _worker.Add(_audio, _rtcp.Now);
    }

    private async Task ApplyVideoAsync(NegotiatedMedia line)
    {
        if (_videoSession is null)
        {
            VideoCodec codec = line.Codec!.Kind == CodecKind.H265 ? VideoCodec.H265 : VideoCodec.H264; // An accepted line has a codec.
            _video = new PhoneVideo(codec, _rtcp, _videoTimeline, _skew, _recorder, _wire);
            _videoSession = new RtpSession(
                new RtpSessionOptions { Cname = "phone@avatar2d", Dtls = _dtls }, _videoPorts, _video, _rtcp, logger: _logger);
            _video.Bind(_videoSession);
            _videoSession.Start();
            _worker.Add(_video, _rtcp.Now);
        }

        _videoSession.Configure(await RtpParameters.OfAsync(line, _videoSession.LocalRtp.AddressFamily, _clock.Time, _logger));
    }

    private SpeechEndpoint EndpointFor(int rateHz)
    {
        _heardRateHz = rateHz;
        if (_options.RecordingPath is { } path && _recorder is null)
            _recorder = new CallRecorder(path, rateHz, _options.AcceptVideo, _audioTimeline, _videoTimeline);
        int delay = (int)(_options.SpeechDelay.TotalSeconds * rateHz);
        short[] speech = _speech is { } clip ? [.. new short[delay], .. clip.At(rateHz).Samples.Span] : [];
        return new SpeechEndpoint(
            speech,
            _options.RepeatSpeech,
            (timestamp, pcm) =>
            {
                _wire?.OnHeard(timestamp, pcm);
                _recorder?.AddAudio(timestamp, pcm, _rtcp.ToNtp(_rtcp.Now).ToDateTimeOffset());
            },
            samples => _wire?.OnSent(samples, _rtcp.Now));
    }

    private static double? LossOf(RtpStatistics? statistics)
    {
        if (statistics is not { } counts || counts.PacketsReceived + counts.PacketsLost <= 0)
            return null;
        return Math.Max(0, 100.0 * counts.PacketsLost / (counts.PacketsReceived + counts.PacketsLost));
    }
}
