using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Transactions;

namespace Avatar2D.Sip.Sessions;

/// <summary>
/// Repeats our 2xx to an INVITE until its ACK, on every transport, from T1 doubling to T2, 64*T1 at most (RFC 3261 §13.3.1.4).
/// Used from one thread at a time; timers call back from any.
/// </summary>
internal sealed class SuccessRepeater(TimeProvider time, SipTimers timers, Action repeatDue, Action timedOut)
{
    private ITimer? _repeat;
    private ITimer? _deadline;
    private TimeSpan _interval;
    private ServerTransaction? _invite;
    private SipResponse? _success;

    /// <summary>CSeq of the INVITE whose ACK is awaited, or was the last to be; null before the first.</summary>
    public uint? AwaitedCSeq { get; private set; }

    /// <summary>Begins after the first transmission.</summary>
    public void Start(ServerTransaction invite, SipResponse success)
    {
        Stop();
        _invite = invite;
        _success = success;
        AwaitedCSeq = invite.Request.CSeq.Number;
        _interval = timers.T1;
        _repeat = time.CreateTimer(static state => ((Action)state!)(), repeatDue, _interval, Timeout.InfiniteTimeSpan); // given here
        _deadline = time.CreateTimer(static state => ((Action)state!)(), timedOut, timers.Giveup, Timeout.InfiniteTimeSpan); // too
    }

    /// <summary>Sends it once more and arms the next time; nothing after <see cref="Stop"/>.</summary>
    public void Repeat()
    {
        if (_repeat is null || _invite is null || _success is null)
        {
            return;
        }

        _invite.Respond(_success);
        _interval = timers.NextCapped(_interval);
        _repeat.Change(_interval, Timeout.InfiniteTimeSpan);
    }

    /// <summary>ACK came, or the session is over.</summary>
    public void Stop()
    {
        _repeat?.Dispose();
        _deadline?.Dispose();
        _repeat = null;
        _deadline = null;
        _invite = null;
        _success = null;
    }
}
