using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Transports;

namespace Avatar2D.Sip.Transactions;

/// <summary>
/// Runs <see cref="InviteClientMachine"/> for one INVITE of ours. Any thread; the user is called without a lock held.
/// </summary>
internal sealed class InviteClientTransaction : IClientTransaction
{
    private readonly SipTransactionLayer _layer;
    private readonly SerialQueue _serial = new();
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly ClientUser _user;
    private readonly TransactionTimer _retransmit;
    private readonly TransactionTimer _deadline;
    private InviteClientState _state;
    private TimeSpan _interval;
    private bool _sentOnce;
    private bool _cancelWanted;
    private bool _cancelSent;

    /// <summary>Made by the layer, which also starts it.</summary>
    public InviteClientTransaction(
        SipTransactionLayer layer, SipRequest request, ReadOnlyMemory<byte> bytes, SipFlow flow, ClientUser user)
    {
        _layer = layer;
        _user = user;
        Request = request;
        Flow = flow;
        _bytes = bytes;
        _interval = layer.Timers.T1;
        _retransmit = new(layer.Time, _serial, () => Post(InviteClientInput.TimerA, null));
        _deadline = new(layer.Time, _serial, OnDeadline);
        Key = SipTransactionLayer.ClientKeyOf(request);
    }

    /// <inheritdoc/>
    public ClientKey Key { get; }

    /// <summary>The INVITE.</summary>
    public SipRequest Request { get; }

    /// <summary>Where it went.</summary>
    public SipFlow Flow { get; }

    /// <summary>Sends the INVITE.</summary>
    public void Start() => Post(InviteClientInput.Start, null);

    /// <inheritdoc/>
    public void OnResponse(SipResponse response) => Post(
        response.StatusCode switch
        {
            < 200 => InviteClientInput.Provisional,
            < 300 => InviteClientInput.Success,
            _ => InviteClientInput.Failure,
        },
        response);

    /// <summary>
    /// Sends CANCEL once, now or after the first provisional response (RFC 3261 §9.1); useless after a final one.
    /// </summary>
    public void Cancel()
    {
        lock (_serial.Gate)
        {
            if (_cancelWanted || _state is not (InviteClientState.Idle or InviteClientState.Calling or InviteClientState.Proceeding))
            {
                return;
            }

            _cancelWanted = true;
            CancelIfPossibleNeedsLock();
        }

        _serial.Run();
    }

    /// <summary>The user lost interest: end within 64*T1 even if the peer never answers.</summary>
    public void Abandon() => Post(InviteClientInput.Abandon, null);

    /// <inheritdoc/>
    public void Stop()
    {
        lock (_serial.Gate)
        {
            _retransmit.DisposeNeedsLock();
            _deadline.DisposeNeedsLock();
        }
    }

    private void OnDeadline()
    {
        InviteClientInput input;
        lock (_serial.Gate)
        {
            input = _state switch
            {
                InviteClientState.Calling => InviteClientInput.TimerB,
                InviteClientState.Proceeding => InviteClientInput.TimerAbandon,
                InviteClientState.Completed => InviteClientInput.TimerD,
                _ => InviteClientInput.TimerM,
            };
        }

        Post(input, null);
    }

    private void Post(InviteClientInput input, SipResponse? response)
    {
        lock (_serial.Gate)
        {
            var (next, actions) = InviteClientMachine.Next(_state, input);
            _state = next;
            if (actions != InviteClientActions.None)
            {
                _serial.AddNeedsLock(() => Apply(actions, response));
            }

            ApplyTimersNeedsLock(actions);
            if (input == InviteClientInput.Provisional)
            {
                CancelIfPossibleNeedsLock();
            }
        }

        _serial.Run();
    }

    private void CancelIfPossibleNeedsLock()
    {
        if (_cancelWanted && !_cancelSent && _state == InviteClientState.Proceeding)
        {
            _cancelSent = true;
            ApplyTimersNeedsLock(InviteClientActions.ArmAbandon);
            _serial.AddNeedsLock(() => _layer.SendCancel(this));
        }
    }

    private void ApplyTimersNeedsLock(InviteClientActions actions)
    {
        if (actions.HasFlag(InviteClientActions.StopTimers))
        {
            _retransmit.StopNeedsLock();
            _deadline.StopNeedsLock();
        }

        if (actions.HasFlag(InviteClientActions.ArmA) && !Flow.IsReliable)
        {
            _retransmit.ArmNeedsLock(_interval);
            _interval *= 2; // timer A grows without limit; timer B ends it (§17.1.1.2)
        }

        if (actions.HasFlag(InviteClientActions.ArmB) || actions.HasFlag(InviteClientActions.ArmM))
        {
            _deadline.ArmNeedsLock(_layer.Timers.Giveup);
        }

        if (actions.HasFlag(InviteClientActions.ArmAbandon) && _state == InviteClientState.Proceeding)
        {
            _deadline.ArmNeedsLock(_layer.Timers.Giveup);
        }

        if (actions.HasFlag(InviteClientActions.ArmD))
        {
            _deadline.ArmNeedsLock(_layer.Timers.TimerD(Flow.IsReliable));
        }

        if (actions.HasFlag(InviteClientActions.Terminate))
        {
            _retransmit.DisposeNeedsLock();
            _deadline.DisposeNeedsLock();
        }
    }

    private void Apply(InviteClientActions actions, SipResponse? response)
    {
        if (actions.HasFlag(InviteClientActions.SendRequest))
        {
            _layer.Send(Flow, _bytes, isRequest: true, again: _sentOnce, () => Post(InviteClientInput.TransportError, null));
            _sentOnce = true;
        }

        if (actions.HasFlag(InviteClientActions.SendAck) && response is not null)
        {
            _layer.Send(Flow, SipTransactionLayer.FailureAck(Request, response), isRequest: true, again: false,
                () => Post(InviteClientInput.TransportError, null));
        }

        // Out of the table before the user hears of the end: what the user does next finds the place free.
        if (actions.HasFlag(InviteClientActions.Terminate))
        {
            _layer.Remove(this);
        }

        if (actions.HasFlag(InviteClientActions.NotifyResponse))
        {
            _user(ClientOutcome.Response, response);
        }

        if (actions.HasFlag(InviteClientActions.NotifyTimeout))
        {
            _user(ClientOutcome.Timeout, null);
        }

        if (actions.HasFlag(InviteClientActions.NotifyTransportError))
        {
            _user(ClientOutcome.TransportError, null);
        }
    }
}
