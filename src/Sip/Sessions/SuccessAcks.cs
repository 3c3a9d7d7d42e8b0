using Avatar2D.Sip.Transactions;
using Avatar2D.Sip.Transports;

namespace Avatar2D.Sip.Sessions;

/// <summary>
/// The ACKs that we sent for 2xx, kept to be sent again for every repeated 2xx (RFC 3261 §13.2.2.4): the latest per remote tag.
/// Not for use by two threads at once.
/// </summary>
internal sealed class SuccessAcks(SipTransactionLayer transactions)
{
    private readonly Dictionary<string, (uint CSeq, SipFlow Flow, ReadOnlyMemory<byte> Bytes)> _sent = new(StringComparer.Ordinal);

    /// <summary>Sends an ACK and keeps it.</summary>
    public void Send(string remoteTag, uint cseq, SipFlow flow, ReadOnlyMemory<byte> bytes)
    {
        _sent[remoteTag] = (cseq, flow, bytes);
        transactions.Send(flow, bytes, isRequest: true, again: false, null);
    }

    /// <summary>Sends the ACK of this 2xx again; false when none was sent yet.</summary>
    public bool Repeat(string remoteTag, uint cseq)
    {
        if (!_sent.TryGetValue(remoteTag, out var ack) || ack.CSeq != cseq)
        {
            return false;
        }

        transactions.Send(ack.Flow, ack.Bytes, isRequest: true, again: true, null);
        return true;
    }
}
