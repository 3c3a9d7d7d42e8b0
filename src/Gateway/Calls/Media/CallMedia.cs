using System.Net;
using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Gateway.Calls.Machine;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Media;
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
    private readonly CallerPicture _shown;
    private readonly MediaWorker _worker;
    private readonly VoiceLine? _voice;
    private readonly AudioStream _audio;
    private readonly RtpSession _audioSession;
    private readonly CallVideo? _video;
    private readonly CancellationTokenSource _over = new();
    private NegotiatedMedia? _audioLine;
    private bool _audioRuns;
    private long _signalledKeyFrameRequests;
    private long _keys;
    private volatile bool _pictureFailed;
    private bool _pictureOff;
    private bool _familyWarned;

    /// <summary>Makes the streams on their sockets; nothing flows yet.</summary>
    /// <param name="services">What all calls share.</param>
    /// <param name="source">Canonical name in RTCP, the same for both streams, and the SSRCs of the picture.</param>
    /// <param name="audio">Audio ports; taken over.</param>
    /// <param name="video">Video ports, taken over; null for a call that gets no picture.</param>
    /// <param name="shown">Whose face; without avatar for a call without picture.</param>
    /// <param name="post">The call's mailbox; any thread.</param>
    public CallMedia(
        MediaServices services, LocalSource source, RtpPortLease audio, RtpPortLease? video, CallerPicture shown, Action<CallInput> post)
    {
        _services = services;
        _post = post;
        _shown = shown;
        _worker = services.Clock.PickWorker();
        if (video is not null && shown.Avatar is not null)
            _voice = new VoiceLine(services.Options.Engine.Delay, services.Rtcp.TimestampFrequency);
        _audio = new AudioStream(services.Clock.Time, services.Options.Rtp.Timeout, this, _voice);

        // Opus may need more than a video packet in theory; 1,275 bytes at 510 kbit/s never come up at our bit rates.
        _audioSession = new RtpSession(
            new RtpSessionOptions { Cname = source.Cname, MaxPayloadBytes = 4096, Dscp = services.Options.Rtp.VoiceDscp, Dtls = services.Dtls },
            audio, _audio, services.Rtcp, logger: services.Logger);
        _audio.Bind(_audioSession);
        if (_voice is not null)
            _video = new CallVideo(services, source, video!, shown, _voice, _worker, this); // Both are there, or there was no voice line.
    }

    /// <summary>Where the time of the picture goes; null for a call without video ports. Any thread.</summary>
    public VideoTimes? PictureTimes => _video?.Times;

    /// <summary>Counters at this moment. Any thread.</summary>
    public CallFigures Figures
    {
        get
        {
            var voice = new CallFigures
            {
                Audio = _audioSession.GetStatistics(),
                AudioCodec = _audioLine?.Codec?.Kind,
                JitterDelay = _audio.Active?.Jitter.GetStatistics().Target,
                KeyFrameRequests = Interlocked.Read(ref _signalledKeyFrameRequests),
                Keys = Interlocked.Read(ref _keys),
            };
            return _video?.Fill(voice) ?? voice;
        }
    }

    /// <summary>
    /// Loads the avatar's pictures at the usual size while the phone still rings; failures show later. Ends at the latest
    /// when the media are disposed.
    /// </summary>
    public async Task WarmUpAsync()
    {
        if (_shown.Avatar is not { } avatar)
            return;
        try
        {
            var key = new StageKey(avatar, _services.Options.Video.Width, _services.Options.Video.Height);
            using StageLease lease = await _services.Stages.AcquireAsync(key, _over.Token);
        }
        catch (OperationCanceledException)
        {
            // A short call.
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
        WarnOfOtherFamily(negotiated);
        await ApplyAudioAsync(negotiated.Audio);
        if (_video is not null)
            await _video.ApplyAsync(_pictureFailed || _pictureOff ? null : negotiated.Video);
    }

    /// <summary>Stops the picture before signalling has said so to the far end, or lets the next exchange start it again.</summary>
    public async Task SwitchPictureAsync(bool on)
    {
        _pictureOff = !on;
        if (_pictureOff && _video is not null)
            await _video.ApplyAsync(null);
    }

    /// <summary>Shows another face, if there is a picture at all.</summary>
    public Task ShowAsync(CallerPicture shown) => _video?.ShowAsync(shown) ?? Task.CompletedTask;

    /// <summary>A copy of the next picture; null when there is none to come. Any thread.</summary>
    public Task<I420Frame?> SnapshotAsync(CancellationToken cancellationToken) => _video?.SnapshotAsync(cancellationToken) ?? Task.FromResult<I420Frame?>(null);

    /// <summary>The far end has confirmed: the picture may start, if there is one.</summary>
    public void Confirm() => _video?.Confirm();

    /// <summary>The far end asked by SIP: the next picture shall be a key frame. Any thread.</summary>
    public void RequestKeyFrame()
    {
        Interlocked.Increment(ref _signalledKeyFrameRequests);
        _video?.RequestKeyFrame();
    }

    /// <inheritdoc/>
    public void OnAudioSilent() => _post(new CallInput.AudioSilent());

    /// <inheritdoc/>
    public void OnKey(char key)
    {
        Interlocked.Increment(ref _keys);
        CallLog.KeyPressed(_services.Logger);
    }

    /// <inheritdoc/>
    public void OnStreamFault(bool isVideo, Exception exception)
    {
        CallLog.StreamFailed(_services.Logger, isVideo ? "video" : "audio", exception);
        _pictureFailed |= isVideo;
        _post(isVideo ? new CallInput.PictureFailed() : new CallInput.End(CallEndReason.MediaFailure));
    }

    /// <summary>Stops the streams, says BYE in RTCP, gives ports and pictures back; the figures stay. Once.</summary>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        if (_video is not null)
            await _video.DisposeAsync();
        await _worker.RemoveAsync(_audio);
        await _audioSession.DisposeAsync();
        _audio.Close();
        _voice?.Close();
        _over.Dispose();
    }

    /// <summary>Once a call: the far end's address is of a family that our sockets cannot send to.</summary>
    private void WarnOfOtherFamily(NegotiatedSession negotiated)
    {
        IPEndPoint local = _audioSession.LocalRtp;
        foreach (NegotiatedMedia? line in new[] { negotiated.Audio, negotiated.Video })
        {
            if (_familyWarned || line?.RemoteRtp?.ToIPEndPoint() is not { } remote || remote.AddressFamily == local.AddressFamily
                || remote.Address.Equals(IPAddress.Any) || remote.Address.Equals(IPAddress.IPv6Any))
            {
                continue;
            }

            _familyWarned = true;
            CallLog.OtherFamily(_services.Logger, line.Kind == MediaKind.Video ? "the picture" : "the sound", remote.Address.ToString(), local.ToString());
        }
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
            _audio.Use(AudioSetup.Create(line, jitter, _services.Rtcp.TimestampFrequency, rate => _services.Return.EndpointFor(rate, _voice?.Delay ?? TimeSpan.Zero)));
        }

        _audioSession.Configure(
            await RtpParameters.OfAsync(line, _audioSession.LocalRtp.AddressFamily, _services.Clock.Time, _services.Logger));
        _audio.Touch();
        if (_audioRuns)
            return;
        _audioRuns = true;
        _audioSession.Start();
        _worker.Add(_audio, _services.Rtcp.Now);
    }
}
