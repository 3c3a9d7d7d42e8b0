using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Avatar2D.Sip.Authentication;
using Avatar2D.Sip.Diagnostics;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.Transactions;
using Avatar2D.Sip.Transports;

namespace Avatar2D.Sip.UserAgent;

/// <summary>
/// Sends requests: what is too long for UDP first without the headers that a peer in a dialog knows already, then over TCP, and
/// over UDP after all where the peer takes no TCP (RFC 3261 §18.1.1). A request that finds nobody, or 503, goes to the next place of
/// the same name (RFC 3263 §4.3). One that is refused for want of credentials, or for too
/// short an interval, is sent again with them (RFC 3261 §22.2, RFC 4028 §7.3). Any thread.
/// </summary>
internal sealed class RequestSender(
    SipTransportOptions options,
    MessageDresser dresser,
    SipTransportLayer transport,
    SipTransactionLayer transactions,
    NextHopFinder hops,
    DigestClient digest)
{
    // Bounded, as addresses come from outside; cleared whole when full: the worst is one more try over TCP.
    private const int MaxKnown = 4_096;

    // A proxy's challenge, a server's, a stale nonce and a longer interval; more is a loop.
    private const int MaxTries = 4;
    private static readonly TimeSpan KnownFor = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<IPEndPoint, long> _onlyUdp = new();

    /// <summary>Sends a request.</summary>
    public void Send(OutgoingRequest request)
    {
        var flow = request.Flow;
        var message = dresser.Complete(request.Builder.Copy(), request.Method, flow);
        var bytes = SipWriter.ToBytes(message);
        if (!IsTooLong(bytes, flow))
        {
            Start(request, message, bytes, flow, (outcome, response) => Hear(request, message, outcome, response));
            return;
        }

        if (message.ToTag is not null)
        {
            message = message.ToBuilder().Remove(SipHeaderNames.Allow).Remove(SipHeaderNames.UserAgent).Build();
            bytes = SipWriter.ToBytes(message);
        }

        if (!IsTooLong(bytes, flow) || Wider(flow) is not { } tcp)
        {
            Start(request, message, bytes, flow, (outcome, response) => Hear(request, message, outcome, response));
            return;
        }

        // Contact stays on UDP: the peer need not take up TCP for its own requests.
        var wide = dresser.Complete(request.Builder.Copy(), request.Method, tcp, contactFlow: flow);
        Start(request, wide, SipWriter.ToBytes(wide), tcp, (outcome, response) =>
        {
            if (outcome != ClientOutcome.TransportError)
            {
                Hear(request, wide, outcome, response);
                return;
            }

            Remember(flow.Destination.Remote);
            Start(request, message, bytes, flow, (last, answer) => Hear(request, message, last, answer));
        });
    }

    // An answer goes to the user, or the request is sent once more with what the answer asks for.
    private void Hear(OutgoingRequest request, SipRequest sent, ClientOutcome outcome, SipResponse? response)
    {
        if (response is { IsFinal: true } && request.NextCSeq is { } nextCSeq && Amended(request, sent, response) is { } again)
        {
            nextCSeq(cseq =>
            {
                again.Builder.CSeq(cseq, again.Method);
                Send(again);
            });
            return;
        }

        if (IsNobody(outcome, response) && request.Hop.Address is null)
        {
            hops.MarkFailed(request.Flow);
            hops.FindAnother(request.Hop, next =>
            {
                if (next is { } flow)
                {
                    Send(request with { Flow = flow });
                    return;
                }

                request.User(outcome, response);
            });
            return;
        }

        request.User(outcome, response);
    }

    private static bool IsNobody(ClientOutcome outcome, SipResponse? response) =>
        outcome is ClientOutcome.TransportError or ClientOutcome.Timeout || response?.StatusCode == 503;

    private OutgoingRequest? Amended(OutgoingRequest request, SipRequest sent, SipResponse response)
    {
        if (request.Tries >= MaxTries)
        {
            return null;
        }

        var builder = request.Builder.Copy();
        switch (response.StatusCode)
        {
            case 401 or 407 when digest.Answer(sent, response) is { } headers:
                builder.Remove(headers[0].Name); // all are of one name; an earlier one is stale
                foreach (var header in headers)
                {
                    builder.Add(header.Name, header.Value);
                }

                break;
            case 422 when response.MinSE is { } minimum:
                builder.Set(SipHeaderNames.MinSE, minimum.ToString())
                    .Set(SipHeaderNames.SessionExpires, minimum.Seconds.ToString(CultureInfo.InvariantCulture));
                break;
            case 423 when response.MinExpires is { } least && request.Method == SipMethods.Register:
                builder.Set(SipHeaderNames.Expires, least.ToString(CultureInfo.InvariantCulture));
                break;
            default:
                return null;
        }

        return request with { Builder = builder, Tries = request.Tries + 1 };
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
