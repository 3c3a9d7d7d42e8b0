using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Gateway.Marking;
using Avatar2D.Media;
using Avatar2D.Rtp.Sdp;
using Avatar2D.Rtp.Sessions;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>
/// The picture of one call on its sockets. Encoder and pictures are opened beside the call's loop: the first use of an avatar
/// may decode or draw for seconds, and neither BYE nor hold may wait for it. All members are called by the call's own loop, one
/// after the other, unless said otherwise.
/// </summary>
internal sealed class CallVideo : IAsyncDisposable
{
    private readonly MediaServices _services;
    private CallerPicture _shown;
    private readonly VoiceLine _voice;
    private readonly MediaWorker _worker;
    private readonly IStreamOwner _owner;
    private readonly int _maxPayloadBytes;
    private readonly VideoStream _stream;
    private readonly RtpSession _session;
    private CancellationTokenSource _opens = new();
    private Task _opening = Task.CompletedTask;
    private NegotiatedMedia? _line;
    private volatile VideoSetup? _opened;
    private bool _runs;
    private long _confirmed; // Timestamp ticks; zero before.

    /// <summary>Makes the stream on its sockets; nothing flows yet.</summary>
    /// <param name="services">What all calls share.</param>
    /// <param name="source">Canonical name in RTCP, and SSRCs.</param>
    /// <param name="ports">Taken over.</param>
    /// <param name="shown">Whose face, and its label.</param>
    /// <param name="voice">Moves its mouth; stays the caller's.</param>
    /// <param name="worker">Runs the stream.</param>
    /// <param name="owner">Told of faults, from any thread.</param>
    public CallVideo(
        MediaServices services, LocalSource source, RtpPortLease ports, CallerPicture shown, VoiceLine voice, MediaWorker worker, IStreamOwner owner)
    {
        _services = services;
        _shown = shown;
        _voice = voice;
        _worker = worker;
        _owner = owner;
        _maxPayloadBytes = services.Options.Rtp.MaxPacketBytes - RtpSession.MaxOverheadBytes;
        _stream = new VideoStream(
            services.Rtcp, new KeyFramePolicy(services.Options.Video, services.Rtcp.TimestampFrequency), owner, voice.Spare);
        _session = new RtpSession(
            new RtpSessionOptions
            {
                Cname = source.Cname,
                Ssrc = source.Ssrc,
                RetransmissionSsrc = source.RetransmissionSsrc,
                MaxPayloadBytes = _maxPayloadBytes,
                Dscp = services.Options.Rtp.VideoDscp,
                KeptPackets = 256,
                Dtls = services.Dtls,
            },
            ports, _stream, services.Rtcp, logger: services.Logger);
        _stream.Bind(_session);
    }

    /// <summary>Where the time of the picture goes. Any thread.</summary>
    public VideoTimes Times => _stream.Times;

    /// <summary>Adds the picture's figures to those of the call. Any thread.</summary>
    public CallFigures Fill(CallFigures figures)
    {
        VideoFigures pictures = _stream.Figures;
        VideoSetup? opened = _opened;
        TimeSpan? delay = pictures.FirstPicture is { } first
            ? TimeSpan.FromSeconds(Math.Max(0, first - Volatile.Read(ref _confirmed)) / (double)_services.Rtcp.TimestampFrequency) : null;
        RtpStatistics video = _session.GetStatistics();
        return figures with
        {
            Video = video,
            KeyFrameRequests = figures.KeyFrameRequests + video.KeyFrameRequestsReceived,
            Pictures = pictures,
            VideoCodec = opened?.Media.Codec?.Kind,
            Format = opened?.Format,
            FirstPictureDelay = delay,
        };
    }

    /// <summary>Brings the picture to what was negotiated; null for a line that is not there or refused.</summary>
    public async Task ApplyAsync(NegotiatedMedia? line)
    {
        NegotiatedMedia? before = _line;
        _line = line;
        if (line is null)
        {
            _session.Configure(_session.Parameters with { SendRtp = false, ReceiveRtp = false });
            await StopOpeningAsync();
            if (_runs)
                await _worker.RemoveAsync(_stream);
            _runs = false;
            return;
        }

        if ((line.ChangesSince(before) & (MediaChanges.Added | MediaChanges.Codec | MediaChanges.Limits)) != 0)
        {
            await BeginOpeningAsync(line);
        }

        _session.Configure(await RtpParameters.OfAsync(line, _session.LocalRtp.AddressFamily, _services.Clock.Time, _services.Logger));
    }

    /// <summary>Shows another face from the next picture on, as soon as it is there.</summary>
    public async Task ShowAsync(CallerPicture shown)
    {
        _shown = shown;
        if (_line is { } line)
            await BeginOpeningAsync(line);
    }

    /// <summary>A copy of the next picture; null when there is none to come. Any thread.</summary>
    public Task<I420Frame?> SnapshotAsync(CancellationToken cancellationToken) => _stream.SnapshotAsync(cancellationToken);

    /// <summary>The far end has confirmed: the picture may start, if there is one.</summary>
    public void Confirm()
    {
        if (_line is null || _runs)
            return;
        _runs = true;
        long now = _services.Rtcp.Now;
        if (_confirmed == 0)
            Volatile.Write(ref _confirmed, now);
        _session.Start();
        _worker.Add(_stream, now);
    }

    /// <summary>The next picture shall be a key frame. Any thread.</summary>
    public void RequestKeyFrame() => _stream.RequestKeyFrame();

    /// <summary>Stops the stream, says BYE in RTCP, gives ports, encoder and pictures back.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopOpeningAsync();
        _opens.Dispose();
        await _worker.RemoveAsync(_stream);
        await _session.DisposeAsync();
        _stream.Close();
    }

    private IPictureSource Labelled(IPictureSource pictures, CallerPicture shown, VideoFormat format)
    {
        string label = shown.Label ?? _services.Options.Mark.Label;
        return label.Length == 0 ? pictures
            : new LabelledPictures(pictures, new PictureLabel(label, format.Width, format.Height), format.Width, format.Height);
    }

    private async Task BeginOpeningAsync(NegotiatedMedia line)
    {
        await StopOpeningAsync();
        (CallerPicture shown, CancellationToken stop) = (_shown, _opens.Token);
        _opening = Task.Run(() => OpenAsync(line, shown, stop), CancellationToken.None);
    }

    private async Task StopOpeningAsync()
    {
        await _opens.CancelAsync();
        await _opening; // Never fails, and ends soon: only the opening of an encoder cannot be cut short.
        _opens.Dispose();
        _opens = new CancellationTokenSource();
    }

    private async Task OpenAsync(NegotiatedMedia line, CallerPicture shown, CancellationToken stop)
    {
        try
        {
            VideoFormat format = VideoSetup.FormatOf(line, _services.Options.Video);
            StageLease lease = await _services.Stages.AcquireAsync(new StageKey(shown.Avatar!, format.Width, format.Height), stop); // There is one, or there were no video ports.
            VideoSetup setup = VideoSetup.Create(
                line, format, _services.Options.Video, _maxPayloadBytes, Labelled(SpeakingPictures.Of(lease, _voice, _services.Logger), shown, format), _services.Options.Mark.MachineReadable);
            if (stop.IsCancellationRequested)
            {
                setup.Dispose();
                return;
            }

            _opened = setup;
            _stream.Use(setup);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The call, or this picture of it, is over.
        }
        catch (Exception exception) // Whatever keeps the picture from coming must not touch the voice.
        {
            _owner.OnStreamFault(isVideo: true, exception);
        }
    }
}
