using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Avatar2D.Sip.Diagnostics;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.Transactions;
using Avatar2D.Sip.Transports;

namespace Avatar2D.Sip.UserAgent;

/// <summary>
/// Sends requests: what is too long for UDP first without the headers that a peer in a dialog knows already, then over TCP, and
/// over UDP after all where the peer takes no TCP (RFC 3261 §18.1.1). A session interval that is too small for the far end is made
/// larger (RFC 4028 §7.3). Any thread.
/// </summary>
internal sealed class RequestSender(
    SipTransportOptions options, MessageDresser dresser, SipTransportLayer transport, SipTransactionLayer transactions)
{
    // Bounded, as addresses come from outside; cleared whole when full: the worst is one more try over TCP.
    private const int MaxKnown = 4_096;
    private static readonly TimeSpan KnownFor = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<IPEndPoint, long> _onlyUdp = new();

    /// <summary>Sends a request.</summary>
    public void Send(OutgoingRequest request) => Send(request with { User = Retrying(request) }, request.Flow);

    // Takes the answers of a request that may be sent once more with other headers.
    private ClientUser Retrying(OutgoingRequest request) => (outcome, response) =>
    {
        if (response is not null && request.NextCSeq is { } nextCSeq && Amended(request, response) is { } again)
        {
            nextCSeq(cseq =>
            {
                again.Builder.CSeq(cseq, again.Method);
                Send(again);
            });
            return;
        }

        request.User(outcome, response);
    };

    private static OutgoingRequest? Amended(OutgoingRequest request, SipResponse response)
    {
        if (response.StatusCode != 422 || response.MinSE is not { } minimum || request.IsAmended)
        {
            return null;
        }

        var builder = request.Builder.Copy();
        builder.Set(SipHeaderNames.MinSE, minimum.ToString()).Set(SipHeaderNames.SessionExpires, minimum.Seconds.ToString(CultureInfo.InvariantCulture));
        return request with { Builder = builder, IsAmended = true };
    }

    private void Send(OutgoingRequest request, SipFlow flow)
    {
        var message = dresser.Complete(request.Builder.Copy(), request.Method, flow);
        var bytes = SipWriter.ToBytes(message);
        if (!IsTooLong(bytes, flow))
        {
            Start(request, message, bytes, flow, request.User);
            return;
        }

        if (message.ToTag is not null)
        {
            message = message.ToBuilder().Remove(SipHeaderNames.Allow).Remove(SipHeaderNames.UserAgent).Build();
            bytes = SipWriter.ToBytes(message);
        }

        if (!IsTooLong(bytes, flow) || Wider(flow) is not { } tcp)
        {
            Start(request, message, bytes, flow, request.User);
            return;
        }

        // Contact stays on UDP: the peer need not take up TCP for its own requests.
        var wide = dresser.Complete(request.Builder.Copy(), request.Method, tcp, contactFlow: flow);
        Start(request, wide, SipWriter.ToBytes(wide), tcp, (outcome, response) =>
        {
            if (outcome != ClientOutcome.TransportError)
            {
                request.User(outcome, response);
                return;
            }

            Remember(flow.Destination.Remote);
            Start(request, message, bytes, flow, request.User);
        });
    }

    private bool IsTooLong(byte[] bytes, SipFlow flow) =>
        flow.Protocol == SipTransportProtocol.Udp && options.MaxUdpRequestBytes > 0 && bytes.Length > options.MaxUdpRequestBytes;

    private SipFlow? Wider(SipFlow flow)
    {
        var remote = flow.Destination.Remote;
        var refused = _onlyUdp.TryGetValue(remote, out var since) && transactions.Time.GetElapsedTime(since) < KnownFor;
        return flow.IsPinned || refused ? null : transport.FlowTo(SipTransportProtocol.Tcp, remote, flow.Destination.Host);
    }

    private void Remember(IPEndPoint remote)
    {
        if (_onlyUdp.Count >= MaxKnown)
        {
            _onlyUdp.Clear();
        }

        _onlyUdp[remote] = transactions.Time.GetTimestamp();
        SipLog.OnlyUdp(transactions.Logger, remote);
    }

    private void Start(OutgoingRequest request, SipRequest message, byte[] bytes, SipFlow flow, ClientUser user)
    {
        if (request.Method == SipMethods.Invite)
        {
            transactions.SendInvite(message, bytes, flow, user, request.Started);
        }
        else
        {
            transactions.SendNonInvite(message, bytes, flow, user);
        }
    }
}
