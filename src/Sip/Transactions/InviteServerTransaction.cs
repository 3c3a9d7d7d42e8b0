using Avatar2D.Sip.Diagnostics;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Transports;

namespace Avatar2D.Sip.Transactions;

/// <summary>
/// Runs <see cref="InviteServerMachine"/> for one INVITE of a peer. Any thread; the user is called without a lock held.
/// </summary>
internal sealed class InviteServerTransaction : ServerTransaction
{
    private readonly TransactionTimer _retransmit;
    private readonly TransactionTimer _deadline;
    private InviteServerState _state;
    private TimeSpan _interval;
    private ReadOnlyMemory<byte> _last;

    /// <summary>Made by the layer.</summary>
    public InviteServerTransaction(SipTransactionLayer layer, ServerKey key, SipRequest request, SipFlow flow)
        : base(layer, key, request, flow)
    {
        _interval = layer.Timers.T1;
        _retransmit = new(layer.Time, Serial, () => Post(InviteServerInput.TimerG));
        _deadline = new(layer.Time, Serial, OnDeadline);
    }

    /// <summary>Who takes the CANCEL of this INVITE; null when it was refused without a session.</summary>
    public Action<ServerTransaction>? Canceled { get; set; }

    /// <summary>Starts the wait for the user's first answer.</summary>
    public void Start()
    {
        if (Layer.Timers.TryingDelay <= TimeSpan.Zero)
        {
            Post(InviteServerInput.TimerTrying);
            return;
        }

        lock (Serial.Gate)
        {
            if (_state == InviteServerState.Trying)
            {
                _deadline.ArmNeedsLock(Layer.Timers.TryingDelay);
            }
        }
    }

    /// <inheritdoc/>
    public override bool Respond(SipResponse response) => Post(
        response.StatusCode switch
        {
            < 200 => InviteServerInput.SendProvisional,
            < 300 => InviteServerInput.SendSuccess,
            _ => InviteServerInput.SendFailure,
        },
        response);

    /// <inheritdoc/>
    public override void OnRetransmission() => Post(InviteServerInput.Retransmission);

    /// <summary>ACK with our branch; true when it belongs to a 2xx and goes to the user.</summary>
    public bool OnAck() => Post(InviteServerInput.Ack, null, InviteServerActions.NotifyAck);

    /// <inheritdoc/>
    public override void Stop()
    {
        lock (Serial.Gate)
        {
            _retransmit.DisposeNeedsLock();
            _deadline.DisposeNeedsLock();
        }
    }

    private void OnDeadline()
    {
        InviteServerInput input;
        lock (Serial.Gate)
        {
            input = _state switch
            {
                InviteServerState.Trying => InviteServerInput.TimerTrying,
                InviteServerState.Completed => InviteServerInput.TimerH,
                InviteServerState.Confirmed => InviteServerInput.TimerI,
                _ => InviteServerInput.TimerL,
            };
        }

        Post(input);
    }

    private bool Post(
        InviteServerInput input,
        SipResponse? response = null,
        InviteServerActions asked = InviteServerActions.SendResponse)
    {
        InviteServerActions actions;
        lock (Serial.Gate)
        {
            (_state, actions) = InviteServerMachine.Next(_state, input);
            if (actions != InviteServerActions.None)
            {
                Serial.AddNeedsLock(() => Apply(actions, response));
            }

            ApplyTimersNeedsLock(actions);
        }

        Serial.Run();
        return (actions & asked) != 0;
    }

    private void ApplyTimersNeedsLock(InviteServerActions actions)
    {
        if (actions.HasFlag(InviteServerActions.StopTimers))
        {
            _retransmit.StopNeedsLock();
            _deadline.StopNeedsLock();
        }

        if (actions.HasFlag(InviteServerActions.ArmG) && !Flow.IsReliable)
        {
            _retransmit.ArmNeedsLock(_interval);
            _interval = Layer.Timers.NextCapped(_interval);
        }

        if (actions.HasFlag(InviteServerActions.ArmH) || actions.HasFlag(InviteServerActions.ArmL))
        {
            _deadline.ArmNeedsLock(Layer.Timers.Giveup);
        }

        if (actions.HasFlag(InviteServerActions.ArmI))
        {
            _deadline.ArmNeedsLock(Layer.Timers.TimerI(Flow.IsReliable));
        }

        if (actions.HasFlag(InviteServerActions.Terminate))
        {
            _retransmit.DisposeNeedsLock();
            _deadline.DisposeNeedsLock();
        }
    }

    private void Apply(InviteServerActions actions, SipResponse? response)
    {
        if (actions.HasFlag(InviteServerActions.SendTrying))
        {
            Send(SipTransactionLayer.Trying(Request), again: false);
        }

        if (actions.HasFlag(InviteServerActions.SendResponse) && response is not null)
        {
            Send(SipWriter.ToBytes(response), again: false);
        }

        if (actions.HasFlag(InviteServerActions.ResendLast))
        {
            Send(_last, again: true);
        }

        if (actions.HasFlag(InviteServerActions.Terminate))
        {
            Layer.Remove(this);
        }

        if (actions.HasFlag(InviteServerActions.NotifyTimeout))
        {
            SipLog.FailureNotAcknowledged(Layer.Logger, Request.CallId);
        }
    }

    private void Send(ReadOnlyMemory<byte> bytes, bool again)
    {
        _last = bytes;
        Layer.Send(AnswerFlow, bytes, isRequest: false, again, () => Post(InviteServerInput.TransportError));
    }
}
