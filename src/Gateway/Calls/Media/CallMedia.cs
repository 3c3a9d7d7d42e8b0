using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Gateway.Calls.Machine;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Rtp.Receiving;
using Avatar2D.Rtp.Sdp;
using Avatar2D.Rtp.Sessions;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>
/// The media of one call: brings streams, codecs and sockets to what was negotiated and touches nothing that did not change.
/// All members are called by the call's own loop, one after the other, unless said otherwise.
/// </summary>
internal sealed class CallMedia : IStreamOwner, IAsyncDisposable
{
    private readonly MediaServices _services;
    private readonly Action<CallInput> _post;
    private readonly string? _avatar;
    private readonly MediaWorker _worker;
    private readonly AudioStream _audio;
    private readonly RtpSession _audioSession;
    private readonly VideoStream? _video;
    private readonly RtpSession? _videoSession;
    private NegotiatedMedia? _audioLine;
    private NegotiatedMedia? _videoLine;
    private CodecKind? _videoCodec;
    private VideoFormat? _format;
    private bool _audioRuns;
    private bool _videoRuns;
    private long? _pictureConfirmed;
    private long _signalledKeyFrameRequests;

    /// <summary>Makes the streams on their sockets; nothing flows yet.</summary>
    /// <param name="services">What all calls share.</param>
    /// <param name="cname">Canonical name in RTCP, the same for both streams.</param>
    /// <param name="audio">Audio ports; taken over.</param>
    /// <param name="video">Video ports, taken over; null for a call that gets no picture.</param>
    /// <param name="avatar">Whose face; null without picture.</param>
    /// <param name="post">The call's mailbox; any thread.</param>
    public CallMedia(
        MediaServices services, string cname, RtpPortLease audio, RtpPortLease? video, string? avatar, Action<CallInput> post)
    {
        _services = services;
        _post = post;
        _avatar = avatar;
        _worker = services.Clock.PickWorker();
        int maxPayload = services.Options.Rtp.MaxPacketBytes - Rtp.Packets.RtpHeader.SizeBytes;
        _audio = new AudioStream(services.Clock.Time, services.Options.Rtp.Timeout, this);

        // Opus may need more than a video packet in theory; 1,275 bytes at 510 kbit/s never come up at our bit rates.
        _audioSession = new RtpSession(
            new RtpSessionOptions { Cname = cname, MaxPayloadBytes = 4096, Dscp = 46 }, audio, _audio, services.Rtcp, logger: services.Logger);
        _audio.Bind(_audioSession);
        if (video is null)
            return;
        _video = new VideoStream(services.Rtcp, new KeyFramePolicy(services.Options.Video, services.Rtcp.TimestampFrequency), this);
        _videoSession = new RtpSession(
            new RtpSessionOptions { Cname = cname, MaxPayloadBytes = maxPayload, Dscp = 34 }, video, _video, services.Rtcp, logger: services.Logger);
        _video.Bind(_videoSession);
    }

    /// <summary>Where the time of the picture goes; null for a call without video ports. Any thread.</summary>
    public VideoTimes? PictureTimes => _video?.Times;

    /// <summary>Counters at this moment.</summary>
    public CallFigures Figures
    {
        get
        {
            VideoFigures pictures = _video?.Figures ?? default;
            RtpStatistics? video = _videoSession?.GetStatistics();
            TimeSpan? delay = pictures.FirstPicture is { } first && _pictureConfirmed is { } confirmed
                ? TimeSpan.FromSeconds(Math.Max(0, first - confirmed) / (double)_services.Rtcp.TimestampFrequency) : null;
            return new CallFigures
            {
                Audio = _audioSession.GetStatistics(),
                Video = video,
                KeyFrameRequests = (video?.KeyFrameRequestsReceived ?? 0) + Interlocked.Read(ref _signalledKeyFrameRequests),
                Pictures = pictures,
                AudioCodec = _audioLine?.Codec?.Kind,
                VideoCodec = _videoCodec,
                Format = _format,
                FirstPictureDelay = delay,
            };
        }
    }

    /// <summary>Loads the avatar's pictures at the usual size while the phone still rings; failures show later.</summary>
    public async Task WarmUpAsync()
    {
        if (_avatar is not { } avatar)
            return;
        try
        {
            var key = new StageKey(avatar, _services.Options.Video.Width, _services.Options.Video.Height);
            using StageLease lease = await _services.Stages.AcquireAsync(key, CancellationToken.None);
        }
        catch (Exception exception) // The picture is asked for again when it is needed; then the failure is told.
        {
            CallLog.WarmUpFailed(_services.Logger, avatar, exception.Message);
        }
    }

    /// <summary>Brings the media to what was negotiated.</summary>
    /// <exception cref="Codecs.CodecException">The audio codec cannot be opened.</exception>
    public async Task ApplyAsync(NegotiatedSession negotiated)
    {
        await ApplyAudioAsync(negotiated.Audio);
        if (_video is not null)
            await ApplyVideoAsync(negotiated.Video);
    }

    /// <summary>The far end has confirmed: the picture may start, if there is one.</summary>
    public void Confirm()
    {
        if (_video is null || _videoLine is null || _videoRuns)
            return;
        _videoRuns = true;
        long now = _services.Rtcp.Now;
        _pictureConfirmed ??= now;
        _videoSession!.Start(); // Set together with _video.
        _worker.Add(_video, now);
    }

    /// <summary>The far end asked by SIP: the next picture shall be a key frame. Any thread.</summary>
    public void RequestKeyFrame()
    {
        Interlocked.Increment(ref _signalledKeyFrameRequests);
        _video?.RequestKeyFrame();
    }

    /// <inheritdoc/>
    public void OnAudioSilent() => _post(new CallInput.AudioSilent());

    /// <inheritdoc/>
    public void OnKey(char key) => CallLog.KeyPressed(_services.Logger);

    /// <inheritdoc/>
    public void OnStreamFault(bool isVideo, Exception exception)
    {
        CallLog.StreamFailed(_services.Logger, isVideo ? "video" : "audio", exception);
        _post(isVideo ? new CallInput.PictureFailed() : new CallInput.End(CallEndReason.MediaFailure));
    }

    /// <summary>Stops the streams, says BYE in RTCP, gives ports and pictures back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _worker.RemoveAsync(_audio);
        if (_video is not null)
            await _worker.RemoveAsync(_video);
        await _audioSession.DisposeAsync();
        if (_videoSession is not null)
            await _videoSession.DisposeAsync();
        _audio.Close();
        _video?.Close();
    }

    private async Task ApplyAudioAsync(NegotiatedMedia? line)
    {
        NegotiatedMedia? before = _audioLine;
        _audioLine = line ?? before;
        if (line is null)
        {
            _audioSession.Configure(_audioSession.Parameters with { SendRtp = false, ReceiveRtp = false });
            return;
        }

        MediaChanges changes = line.ChangesSince(before);
        if ((changes & (MediaChanges.Added | MediaChanges.Codec | MediaChanges.Limits)) != 0)
        {
            var jitter = new JitterBufferOptions
            {
                MinimumDelay = TimeSpan.FromMilliseconds(_services.Options.Rtp.JitterMinMs),
                MaximumDelay = TimeSpan.FromMilliseconds(_services.Options.Rtp.JitterMaxMs),
            };
            _audio.Use(AudioSetup.Create(line, jitter, _services.Rtcp.TimestampFrequency, _services.Return.EndpointFor));
        }

        _audioSession.Configure(await RtpParameters.OfAsync(line));
        _audio.Touch();
        if (_audioRuns)
            return;
        _audioRuns = true;
        _audioSession.Start();
        _worker.Add(_audio, _services.Rtcp.Now);
    }

    private async Task ApplyVideoAsync(NegotiatedMedia? line)
    {
        NegotiatedMedia? before = _videoLine;
        _videoLine = line;
        if (line is null)
        {
            _videoSession!.Configure(_videoSession.Parameters with { SendRtp = false, ReceiveRtp = false });
            if (_videoRuns)
                await _worker.RemoveAsync(_video!);
            _videoRuns = false;
            return;
        }

        try
        {
            MediaChanges changes = line.ChangesSince(before);
            if ((changes & (MediaChanges.Added | MediaChanges.Codec | MediaChanges.Limits)) != 0)
                _video!.Use(await OpenVideoAsync(line));
            _videoSession!.Configure(await RtpParameters.OfAsync(line));
        }
        catch (Exception exception) // Whatever keeps the picture from coming must not touch the voice.
        {
            _videoLine = null;
            OnStreamFault(isVideo: true, exception);
        }
    }

    private async Task<VideoSetup> OpenVideoAsync(NegotiatedMedia line)
    {
        VideoFormat format = VideoSetup.FormatOf(line, _services.Options.Video);
        string avatar = _avatar ?? throw new InvalidOperationException("A call with video ports has an avatar.");
        StageLease lease = await _services.Stages.AcquireAsync(new StageKey(avatar, format.Width, format.Height), CancellationToken.None);
        int maxPayload = _services.Options.Rtp.MaxPacketBytes - Rtp.Packets.RtpHeader.SizeBytes;
        VideoSetup setup = VideoSetup.Create(line, format, _services.Options.Video, maxPayload, new StagePictures(lease));
        _format = format;
        _videoCodec = line.Codec?.Kind;
        return setup;
    }
}
