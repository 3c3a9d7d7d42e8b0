using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Transports;

namespace Avatar2D.Sip.Transactions;

/// <summary>Runs <see cref="NonInviteServerMachine"/> for one request of a peer. Any thread.</summary>
internal sealed class NonInviteServerTransaction : ServerTransaction
{
    private readonly TransactionTimer _absorb;
    private NonInviteServerState _state;
    private ReadOnlyMemory<byte> _last;

    /// <summary>Made by the layer.</summary>
    public NonInviteServerTransaction(SipTransactionLayer layer, ServerKey key, SipRequest request, SipFlow flow)
        : base(layer, key, request, flow)
    {
        _absorb = new(layer.Time, Serial, () => Post(NonInviteServerInput.TimerJ, null));
    }

    /// <inheritdoc/>
    public override bool Respond(SipResponse response) =>
        Post(response.StatusCode < 200 ? NonInviteServerInput.SendProvisional : NonInviteServerInput.SendFinal, response);

    /// <inheritdoc/>
    public override void OnRetransmission() => Post(NonInviteServerInput.Retransmission, null);

    /// <inheritdoc/>
    public override void Stop()
    {
        lock (Serial.Gate)
        {
            _absorb.DisposeNeedsLock();
        }
    }

    private bool Post(NonInviteServerInput input, SipResponse? response)
    {
        NonInviteServerActions actions;
        lock (Serial.Gate)
        {
            (_state, actions) = NonInviteServerMachine.Next(_state, input);
            if (actions != NonInviteServerActions.None)
            {
                Serial.AddNeedsLock(() => Apply(actions, response));
            }

            if (actions.HasFlag(NonInviteServerActions.ArmJ))
            {
                _absorb.ArmNeedsLock(Layer.Timers.TimerJ(Flow.IsReliable));
            }

            if (actions.HasFlag(NonInviteServerActions.Terminate))
            {
                _absorb.DisposeNeedsLock();
            }
        }

        Serial.Run();
        return actions.HasFlag(NonInviteServerActions.SendResponse);
    }

    private void Apply(NonInviteServerActions actions, SipResponse? response)
    {
        if (actions.HasFlag(NonInviteServerActions.SendResponse) && response is not null)
        {
            _last = SipWriter.ToBytes(response);
            Send(again: false);
        }

        if (actions.HasFlag(NonInviteServerActions.ResendLast))
        {
            Send(again: true);
        }

        if (actions.HasFlag(NonInviteServerActions.Terminate))
        {
            Layer.Remove(this);
        }
    }

    private void Send(bool again) =>
        Layer.Send(AnswerFlow, _last, isRequest: false, again, () => Post(NonInviteServerInput.TransportError, null));
}
