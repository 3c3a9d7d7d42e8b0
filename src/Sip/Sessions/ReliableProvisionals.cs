using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.Sessions;

/// <summary>
/// Acknowledges the reliable provisional responses to our INVITEs by PRACK: RFC 3262 §4. Runs inside the session's order.
/// </summary>
internal sealed class ReliableProvisionals(SessionRunner runner, SessionOutbound outbound)
{
    private uint _lastRSeq;

    /// <summary>The early dialogs of our first INVITE.</summary>
    public EarlyDialogs Early { get; } = new();

    /// <summary>A new re-INVITE begins: its responses are counted anew.</summary>
    public void Restart() => _lastRSeq = 0;

    /// <summary>The response wants to be acknowledged (§4).</summary>
    public static bool IsReliable(SipResponse response) => response.RSeq is > 0
        && response.Require.Contains("100rel", StringComparer.OrdinalIgnoreCase);

    /// <summary>Acknowledges a response to the first INVITE in the early dialog of its sender; false when it was repeated or is out of order.</summary>
    public bool TryAcknowledgeEarly(SipRequest invite, SipResponse response)
    {
        if (!Early.TryTake(invite, response, response.RSeq ?? 0, out var isNew) || Early.Find(response.ToTag) is not { } dialog)
        {
            return false;
        }

        if (isNew)
        {
            runner.Host.Enter(runner, dialog.Key);
        }

        var (next, prack) = dialog.NextRequest(SipMethods.Prack);
        Early.Keep(next);
        SendPrack(prack, response, next.NextHop);
        return true;
    }

    /// <summary>Acknowledges a response to a re-INVITE; false when it was repeated or is out of order.</summary>
    public bool TryAcknowledge(SipResponse response)
    {
        var rseq = response.RSeq ?? 0;
        if ((_lastRSeq != 0 && rseq != _lastRSeq + 1) || runner.Dialog is not { } dialog)
        {
            return false;
        }

        _lastRSeq = rseq;
        var (next, prack) = dialog.WithTarget(response.Contact).NextRequest(SipMethods.Prack);
        runner.Dialog = next;
        SendPrack(prack, response, next.NextHop);
        return true;
    }

    private void SendPrack(SipRequestBuilder prack, SipResponse response, SipUri hop)
    {
        prack.Set(SipHeaderNames.RAck, new RAckHeader(response.RSeq ?? 0, response.CSeq.Number, response.CSeq.Method).ToString());
        outbound.SendOther(prack, SipMethods.Prack, hop, static (_, _) => { }); // repeated by its transaction; without it the callee gives up
    }
}
