using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Transports;

namespace Avatar2D.Sip.Transactions;

/// <summary>
/// Runs <see cref="NonInviteClientMachine"/> for one request of ours. Any thread; the user is called without a lock held.
/// </summary>
internal sealed class NonInviteClientTransaction : IClientTransaction
{
    private readonly SipTransactionLayer _layer;
    private readonly SipFlow _flow;
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly ClientUser _user;
    private readonly SerialQueue _serial = new();
    private readonly TransactionTimer _retransmit;
    private readonly TransactionTimer _deadline;
    private NonInviteClientState _state;
    private TimeSpan _interval;
    private bool _sentOnce;

    /// <summary>Made by the layer, which also starts it.</summary>
    public NonInviteClientTransaction(
        SipTransactionLayer layer, SipRequest request, ReadOnlyMemory<byte> bytes, SipFlow flow, ClientUser user)
    {
        _layer = layer;
        _flow = flow;
        _user = user;
        _bytes = bytes;
        _interval = layer.Timers.T1;
        _retransmit = new(layer.Time, _serial, () => Post(NonInviteClientInput.TimerE, null));
        _deadline = new(layer.Time, _serial, OnDeadline);
        Key = SipTransactionLayer.ClientKeyOf(request);
    }

    /// <inheritdoc/>
    public ClientKey Key { get; }

    /// <summary>Sends the request.</summary>
    public void Start() => Post(NonInviteClientInput.Start, null);

    /// <inheritdoc/>
    public void OnResponse(SipResponse response) =>
        Post(response.StatusCode < 200 ? NonInviteClientInput.Provisional : NonInviteClientInput.Final, response);

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
        NonInviteClientInput input;
        lock (_serial.Gate)
        {
            input = _state == NonInviteClientState.Completed ? NonInviteClientInput.TimerK : NonInviteClientInput.TimerF;
        }

        Post(input, null);
    }

    private void Post(NonInviteClientInput input, SipResponse? response)
    {
        lock (_serial.Gate)
        {
            var (next, actions) = NonInviteClientMachine.Next(_state, input);
            _state = next;
            if (actions != NonInviteClientActions.None)
            {
                _serial.AddNeedsLock(() => Apply(actions, response));
            }

            ApplyTimersNeedsLock(actions);
        }

        _serial.Run();
    }

    private void ApplyTimersNeedsLock(NonInviteClientActions actions)
    {
        if (actions.HasFlag(NonInviteClientActions.StopTimers))
        {
            _retransmit.StopNeedsLock();
            _deadline.StopNeedsLock();
        }

        if (actions.HasFlag(NonInviteClientActions.ArmE) && !_flow.IsReliable)
        {
            _retransmit.ArmNeedsLock(_interval);
            _interval = _layer.Timers.NextCapped(_interval);
        }

        if (actions.HasFlag(NonInviteClientActions.ArmEAtT2) && !_flow.IsReliable)
        {
            _retransmit.ArmNeedsLock(_layer.Timers.T2);
        }

        if (actions.HasFlag(NonInviteClientActions.ArmF))
        {
            _deadline.ArmNeedsLock(_layer.Timers.Giveup);
        }

        if (actions.HasFlag(NonInviteClientActions.ArmK))
        {
            _deadline.ArmNeedsLock(_layer.Timers.TimerK(_flow.IsReliable));
        }

        if (actions.HasFlag(NonInviteClientActions.Terminate))
        {
            _retransmit.DisposeNeedsLock();
            _deadline.DisposeNeedsLock();
        }
    }

    private void Apply(NonInviteClientActions actions, SipResponse? response)
    {
        if (actions.HasFlag(NonInviteClientActions.SendRequest))
        {
            _layer.Send(_flow, _bytes, isRequest: true, again: _sentOnce, () => Post(NonInviteClientInput.TransportError, null));
            _sentOnce = true;
        }

        if (actions.HasFlag(NonInviteClientActions.Terminate))
        {
            _layer.Remove(this);
        }

        if (actions.HasFlag(NonInviteClientActions.NotifyResponse))
        {
            _user(ClientOutcome.Response, response);
        }

        if (actions.HasFlag(NonInviteClientActions.NotifyTimeout))
        {
            _user(ClientOutcome.Timeout, null);
        }

        if (actions.HasFlag(NonInviteClientActions.NotifyTransportError))
        {
            _user(ClientOutcome.TransportError, null);
        }
    }
}
