using System.Collections.Immutable;
using System.Threading.Channels;
using Avatar2D.Gateway.Calls.Machine;
using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Media;
using Avatar2D.Rtp.Sdp;
using Avatar2D.Sip.Dialogs;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;

namespace Avatar2D.Gateway.Calls;

/// <summary>
/// One call: a bounded mailbox, one loop that feeds the <see cref="CallMachine"/>, and the doing of what it says. The loop is
/// the only user of state and media.
/// </summary>
internal sealed class CallSession : ISipSessionSink
{
    /// <summary>Inputs that may wait. A call has a handful of events a second at most; more is a flood.</summary>
    private const int MailboxSize = 64;

    /// <summary>Room that only SIP's last word may use.</summary>
    private const int Reserved = 8;

    private readonly Channel<CallInput> _mailbox = Channel.CreateBounded<CallInput>(
        new BoundedChannelOptions(MailboxSize) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly SipSession _sip;
    private readonly CallMedia _media;
    private readonly CallRecordBuilder _record;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Dictionary<CallTimer, ITimer> _timers = [];
    private CallState _state;
    private CallerPicture _shown;
    private bool _finished;

    /// <summary>Makes the call; its loop starts with <see cref="RunAsync"/>.</summary>
    /// <param name="sip">Signalling.</param>
    /// <param name="plan">What the call may do.</param>
    /// <param name="media">Makes the media, given the mailbox.</param>
    /// <param name="shown">Whose face it carries, and for whom.</param>
    /// <param name="record">Collects the call detail record.</param>
    /// <param name="time">Clock of the timers.</param>
    /// <param name="logger">Log.</param>
    public CallSession(
        SipSession sip, CallPlan plan, Func<Action<CallInput>, CallMedia> media, CallerPicture shown, CallRecordBuilder record, TimeProvider time,
        ILogger logger)
    {
        _shown = shown;
        StartTime = time.GetUtcNow();
        _sip = sip;
        _record = record;
        _time = time;
        _logger = logger;
        _state = CallState.Start(plan, (ulong)time.GetUtcNow().ToUnixTimeMilliseconds());
        _media = media(Post);
    }

    /// <summary>SIP Call-ID.</summary>
    public string CallId => _sip.CallId;

    /// <summary>When its INVITE came.</summary>
    public DateTimeOffset StartTime { get; }

    /// <summary>Whose face it carries, and for whom; without avatar for a voice call.</summary>
    public CallerPicture Shown => Volatile.Read(ref _shown);

    /// <summary>Where the picture stands. Any thread.</summary>
    public PicturePhase Picture => Volatile.Read(ref _state).Picture;

    /// <summary>Counters of the media. Any thread.</summary>
    public CallFigures Figures => _media.Figures;

    /// <summary>Where the time of the picture goes; null for a call without video ports. Any thread.</summary>
    public VideoTimes? PictureTimes => _media.PictureTimes;

    /// <inheritdoc/>
    public bool Post(SipSessionEvent sessionEvent)
    {
        bool last = sessionEvent is SipSessionEvent.Terminated;
        return (last || _mailbox.Reader.Count < MailboxSize - Reserved) && _mailbox.Writer.TryWrite(new CallInput.Signal(sessionEvent));
    }

    /// <summary>Puts an input into the mailbox; one that finds it full is forgotten, as it will come again or does not matter. Any thread.</summary>
    public void Post(CallInput input)
    {
        if (_mailbox.Reader.Count < MailboxSize - Reserved)
            _mailbox.Writer.TryWrite(input);
    }

    /// <summary>Ends the call with BYE or a refusal. Any thread.</summary>
    public void End(CallEndReason reason) => Post(new CallInput.End(reason));

    /// <summary>Takes the picture off at once, or lets it on again. Any thread.</summary>
    public void SwitchPicture(bool on) => Post(new CallInput.PictureSwitched(on));

    /// <summary>Gives the call another face; it needs a picture already. Any thread.</summary>
    public void ShowFace(CallerPicture face)
    {
        Volatile.Write(ref _shown, face);
        Post(new CallInput.FaceChosen(face));
    }

    /// <summary>A copy of the next picture that the far end gets; null when there is none to come. Any thread.</summary>
    public Task<I420Frame?> SnapshotAsync(CancellationToken cancellationToken) => _media.SnapshotAsync(cancellationToken);

    /// <summary>Runs the call to its end; never throws.</summary>
    public async Task RunAsync()
    {
        Task warmUp = _media.WarmUpAsync();
        try
        {
            while (!_finished)
            {
                CallInput input = await _mailbox.Reader.ReadAsync();
                (CallState next, ImmutableArray<CallAction> actions) = CallMachine.Next(_state, input);
                Note(input, next);
                Volatile.Write(ref _state, next);
                foreach (CallAction action in actions)
                    await DoAsync(action);
            }
        }
        catch (Exception exception) // Border of the call's loop: a bug ends this call, not the gateway.
        {
            CallLog.Broken(_logger, CallId, exception);
            _sip.Hangup(CallEndReason.InternalError.Info().ReasonHeader);
            await FinishAsync(CallEndReason.InternalError);
        }

        await warmUp;
    }

    private async Task DoAsync(CallAction action)
    {
        switch (action)
        {
            case CallAction.Ring { Early: { } early }:
                _sip.Ring(183, BodyOf(early));
                break;
            case CallAction.Ring:
                _sip.Ring();
                break;
            case CallAction.SendUpdate update:
                if (_sip.SendUpdate(BodyOf(update.Body)) != SipOrder.Done)
                    Post(new CallInput.Signal(new SipSessionEvent.UpdateRefused(500, null)));
                break;
            case CallAction.Accept accept:
                if (_sip.Accept(BodyOf(accept.Body)) == SipOrder.Done) // Else the caller was faster with CANCEL.
                    _record.Answered(200);
                break;
            case CallAction.Reject reject:
                _sip.Reject(reject.Reason.Info().SipStatus);
                break;
            case CallAction.SendReinvite reinvite:
                // Another INVITE is under way on this dialog: the same as being told 500 with Retry-After.
                if (_sip.SendReinvite(BodyOf(reinvite.Body)) != SipOrder.Done)
                    Post(new CallInput.Signal(new SipSessionEvent.ReinviteRefused(500, TimeSpan.FromSeconds(1), RetryScheduled: false)));
                break;
            case CallAction.AnswerReinvite answer:
                _sip.AnswerReinvite(BodyOf(answer.Body));
                break;
            case CallAction.RejectReinvite reject:
                _sip.RejectReinvite(reject.Status);
                break;
            case CallAction.Hangup hangup:
                _sip.Hangup(hangup.Reason.Info().ReasonHeader);
                break;
            case CallAction.ApplyMedia apply:
                await _media.ApplyAsync(apply.Negotiated);
                break;
            case CallAction.Confirmed:
                _media.Confirm();
                break;
            case CallAction.SwitchPicture switching:
                await _media.SwitchPictureAsync(switching.On);
                break;
            case CallAction.ShowFace show:
                await _media.ShowAsync(show.Face);
                break;
            case CallAction.RequestKeyFrame:
                _media.RequestKeyFrame();
                break;
            case CallAction.KeyPressed pressed:
                _media.OnKey(pressed.Key);
                break;
            case CallAction.StartTimer start:
                StopTimer(start.Timer);
                _timers[start.Timer] = _time.CreateTimer(
                    _ => Post(new CallInput.TimerFired(start.Timer)), null, start.Delay, Timeout.InfiniteTimeSpan);
                break;
            case CallAction.StopTimer stop:
                StopTimer(stop.Timer);
                break;
            case CallAction.Finish finish:
                await FinishAsync(finish.Reason);
                break;
        }
    }

    private async Task FinishAsync(CallEndReason reason)
    {
        if (_finished)
            return;
        _finished = true;
        foreach (CallTimer timer in Enum.GetValues<CallTimer>())
            StopTimer(timer);
        try
        {
            await _media.DisposeAsync();
        }
        catch (Exception exception) // The record is owed, whatever became of the media.
        {
            CallLog.CloseFailed(_logger, CallId, exception);
        }

        _record.Finish(reason, _media.Figures); // What was sent until the streams stopped counts too.
        CallLog.Ended(_logger, CallId, reason.Info().Tag);
    }

    private void StopTimer(CallTimer timer)
    {
        if (_timers.Remove(timer, out ITimer? running))
            running.Dispose();
    }

    private void Note(CallInput input, CallState next)
    {
        if (_logger.IsEnabled(LogLevel.Debug))
        {
            string name = input is CallInput.Signal signal ? signal.Event.GetType().Name : input.GetType().Name;
            CallLog.Step(_logger, CallId, name, next.Phase.ToString(), next.Picture.ToString());
        }

        if (input is CallInput.Signal { Event: SipSessionEvent.Terminated { Cause: SipEndCause.RemoteBye or SipEndCause.RemoteCancel, Reason: { } reason } })
            _record.FarEndGaveReason(reason);
        if (next.Picture == PicturePhase.Refused)
            _record.PictureRefused();
        if (next.Picture != _state.Picture && _logger.IsEnabled(LogLevel.Information))
            CallLog.PictureChanged(_logger, CallId, next.Picture.ToString());
    }

    private static SipBody BodyOf(SdpSession description) => new(MediaType.Sdp, description.ToBytes());
}
