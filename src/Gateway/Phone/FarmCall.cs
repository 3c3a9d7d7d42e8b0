using System.Threading.Channels;
using Avatar2D.Sip.Dialogs;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.UserAgent;

namespace Avatar2D.Gateway.Phone;

/// <summary>One call of the farm: lives by its script, answers what comes.</summary>
internal sealed class FarmCall(PhoneCall call, PhoneMedia media, TimeProvider time) : ISipSessionSink
{
    private const string FastUpdate = "<?xml version=\"1.0\"?><media_control><vc_primitive><to_encoder><picture_fast_update/></to_encoder></vc_primitive></media_control>";

    /// <summary>So long the answer to BYE or CANCEL may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly Channel<object> _events = Channel.CreateBounded<object>(256); // SipSessionEvent or FarmStep.

    /// <inheritdoc/>
    public bool Post(SipSessionEvent sessionEvent) => _events.Writer.TryWrite(sessionEvent);

    /// <summary>Places the call and lives through it.</summary>
    public async Task<FarmOutcome> RunAsync(SipUserAgent agent, SipUri target, SipUri from, FarmScript script, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        SipSession session = agent.PlaceCall(target, from, call.Offer(), this);
        var timers = new List<ITimer>();
        bool hungUp = false;
        long? answered = null;
        using var patience = new CancellationTokenSource();
        try
        {
            timers.AddRange(script.Steps.Select(step => time.CreateTimer(_ => _events.Writer.TryWrite(step.Step), null, step.At, Timeout.InfiniteTimeSpan)));
            await using CancellationTokenRegistration end = cancellationToken.Register(() => _events.Writer.TryWrite(FarmStep.HangUp));
            while (!call.IsOver)
            {
                switch (await _events.Reader.ReadAsync(patience.Token))
                {
                    case SipSessionEvent sipEvent:
                        if (sipEvent is SipSessionEvent.Answered)
                            answered = time.GetTimestamp();
                        await call.OnAsync(sipEvent, session);
                        break;
                    case FarmStep.HangUp:
                        hungUp = true;
                        session.Hangup();
                        patience.CancelAfter(Patience);
                        break;
                    case FarmStep step:
                        Do(step, session);
                        break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody answered our BYE: the report says so.
        }
        finally
        {
            foreach (ITimer timer in timers)
                await timer.DisposeAsync();
        }

        long heard = media.AudioPacketsReceived;
        await media.DisposeAsync();
        return new FarmOutcome(call.Report(), hungUp && call.IsOver, heard, time.GetElapsedTime(start), answered is { } up ? time.GetElapsedTime(up) : null);
    }

    private void Do(FarmStep step, SipSession session)
    {
        switch (step)
        {
            case FarmStep.AskKeyFrame:
                session.SendInfo(new SipBody(MediaType.MediaControl, System.Text.Encoding.UTF8.GetBytes(FastUpdate)));
                break;
            case FarmStep.Hold:
                call.Change(session, isHeld: true, hasPicture: null);
                break;
            case FarmStep.DropPicture:
                call.Change(session, isHeld: null, hasPicture: false);
                break;
            default:
                call.Change(session, isHeld: step == FarmStep.Resume ? false : null, hasPicture: null);
                break;
        }
    }
}
