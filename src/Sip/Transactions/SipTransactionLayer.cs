using System.Collections.Concurrent;
using Avatar2D.Sip.Diagnostics;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Transports;
using Microsoft.Extensions.Logging;

namespace Avatar2D.Sip.Transactions;

/// <summary>Takes what the transactions let through. Called from any thread, without a lock held.</summary>
internal interface ISipTransactionUser
{
    /// <summary>A new request; answer with <see cref="ServerTransaction.Respond"/>.</summary>
    void OnRequest(ServerTransaction transaction);

    /// <summary>CANCEL, with the INVITE it means, if that is still known.</summary>
    void OnCancel(ServerTransaction transaction, InviteServerTransaction? invite);

    /// <summary>ACK of a 2xx.</summary>
    void OnAck(SipRequest ack);

    /// <summary>A response that belongs to no transaction: a late 2xx, for instance (RFC 3261 §13.2.2.4).</summary>
    void OnStrayResponse(SipResponse response, SipFlow flow);
}

/// <summary>All transactions: RFC 3261 §17. Finds the transaction of each message, makes new ones. Any thread.</summary>
internal sealed class SipTransactionLayer(
    SipTransportLayer transport,
    SipTimers timers,
    SipTokens tokens,
    TimeProvider time,
    ILogger logger,
    SipMetrics metrics) : ISipMessageReceiver
{
    private readonly ConcurrentDictionary<ClientKey, IClientTransaction> _clients = new();
    private readonly ConcurrentDictionary<ServerKey, ServerTransaction> _servers = new();
    private readonly ConcurrentDictionary<MergeKey, ServerTransaction> _merges = new();

    /// <summary>Timer values.</summary>
    public SipTimers Timers => timers;

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>Where the transactions log.</summary>
    public ILogger Logger => logger;

    /// <summary>Client transactions that live.</summary>
    public int ClientCount => _clients.Count;

    /// <summary>Server transactions that live.</summary>
    public int ServerCount => _servers.Count;

    /// <summary>Who takes new requests; set once before the transports start.</summary>
    public ISipTransactionUser? User { get; set; }

    /// <summary>Sends an INVITE in a transaction of its own.</summary>
    /// <param name="request">The INVITE.</param>
    /// <param name="bytes">It, written.</param>
    /// <param name="flow">Where to.</param>
    /// <param name="user">Takes what comes back.</param>
    /// <param name="started">Is given the transaction before anything can come back.</param>
    public void SendInvite(
        SipRequest request, ReadOnlyMemory<byte> bytes, SipFlow flow, ClientUser user, Action<InviteClientTransaction>? started = null)
    {
        var transaction = new InviteClientTransaction(this, request, bytes, flow, user);
        _clients[transaction.Key] = transaction;
        started?.Invoke(transaction);
        transaction.Start();
    }

    /// <summary>Sends a request other than INVITE and ACK in a transaction of its own; parameters as of an INVITE.</summary>
    public void SendNonInvite(SipRequest request, ReadOnlyMemory<byte> bytes, SipFlow flow, ClientUser user)
    {
        var transaction = new NonInviteClientTransaction(this, request, bytes, flow, user);
        _clients[transaction.Key] = transaction;
        transaction.Start();
    }

    /// <summary>Sends bytes outside any transaction of this call: retransmissions, and the ACK of a 2xx.</summary>
    public void Send(SipFlow flow, ReadOnlyMemory<byte> bytes, bool isRequest, bool again, Action? failed)
    {
        if (again)
        {
            metrics.Retransmitted();
        }

        transport.Send(flow, bytes, isRequest, failed);
    }

    /// <summary>The CANCEL of an INVITE, in a transaction of its own (§9.1); what is answered to it does not matter.</summary>
    public void SendCancel(InviteClientTransaction invite)
    {
        var cancel = SipRequestBuilder.CancelOf(invite.Request).Build();
        SendNonInvite(cancel, SipWriter.ToBytes(cancel), invite.Flow, static (_, _) => { });
    }

    /// <summary>The ACK of a failure (§17.1.1.3).</summary>
    public static ReadOnlyMemory<byte> FailureAck(SipRequest invite, SipResponse response) =>
        SipWriter.ToBytes(SipRequestBuilder.AckOf(invite, response).Build());

    /// <summary>100 (Trying).</summary>
    public static ReadOnlyMemory<byte> Trying(SipRequest invite) =>
        SipWriter.ToBytes(SipResponseBuilder.For(invite, 100).Build());

    /// <summary>The place of a request of ours.</summary>
    public static ClientKey ClientKeyOf(SipRequest request) => new(request.TopVia.Branch ?? "", request.Method);

    /// <summary>Forgets a transaction.</summary>
    public void Remove(IClientTransaction transaction) => _clients.TryRemove(new(transaction.Key, transaction));

    /// <summary>Forgets a transaction.</summary>
    public void Remove(ServerTransaction transaction)
    {
        _servers.TryRemove(new(transaction.Key, transaction));
        if (transaction.Merge is { } merge)
        {
            _merges.TryRemove(new(merge, transaction));
        }
    }

    /// <summary>Lets go of all transactions and their timers without a word to anyone.</summary>
    public void Stop()
    {
        foreach (var client in _clients.Values)
        {
            client.Stop();
        }

        foreach (var server in _servers.Values)
        {
            server.Stop();
        }

        _clients.Clear();
        _servers.Clear();
        _merges.Clear();
    }

    /// <inheritdoc/>
    public void OnResponse(SipResponse response, SipFlow flow)
    {
        var key = new ClientKey(response.TopVia.Branch ?? "", response.CSeq.Method);
        if (response.Vias.Count == 1 && _clients.TryGetValue(key, out var transaction))
        {
            transaction.OnResponse(response);
        }
        else
        {
            User?.OnStrayResponse(response, flow);
        }
    }

    /// <inheritdoc/>
    public void OnRequest(SipRequest request, SipFlow flow)
    {
        var key = KeyOf(request, request.Method);
        if (request.Method == SipMethods.Ack)
        {
            OnAck(request);
            return;
        }

        if (_servers.TryGetValue(key, out var known))
        {
            known.OnRetransmission();
            return;
        }

        MergeKey? merge = request.ToTag is null && request.Method != SipMethods.Cancel
            ? new(request.CallId, request.FromTag ?? "", request.CSeq.Number, request.Method)
            : null;
        ServerTransaction transaction = request.Method == SipMethods.Invite
            ? new InviteServerTransaction(this, key, request, flow) { Merge = merge }
            : new NonInviteServerTransaction(this, key, request, flow) { Merge = merge };
        if (!_servers.TryAdd(key, transaction))
        {
            return; // the same request at the same moment: the first one is being handled
        }

        if (merge is { } value && !_merges.TryAdd(value, transaction))
        {
            // The same request came over another way with another branch (§8.2.2.2).
            transaction.Respond(SipResponseBuilder.For(request, 482, tokens.Tag()).Build());
            return;
        }

        if (transaction is InviteServerTransaction invite)
        {
            invite.Start();
        }

        if (request.Method == SipMethods.Cancel)
        {
            User?.OnCancel(transaction, FindInvite(request));
        }
        else
        {
            User?.OnRequest(transaction);
        }
    }

    private void OnAck(SipRequest request)
    {
        // With the branch of the INVITE it acknowledges a failure, or a 2xx from peers that reuse the branch.
        if (FindInvite(request) is not { } invite || invite.OnAck())
        {
            User?.OnAck(request);
        }
    }

    private InviteServerTransaction? FindInvite(SipRequest request) =>
        _servers.TryGetValue(KeyOf(request, SipMethods.Invite), out var found) ? found as InviteServerTransaction : null;

    // Without the branch cookie (RFC 2543), Call-ID, CSeq and From tag stand for the branch (§17.2.3).
    private static ServerKey KeyOf(SipRequest request, string method)
    {
        var via = request.TopVia;
        var branch = via.HasMagicCookie && via.Branch is { } value
            ? value
            : string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"{request.CallId}|{request.CSeq.Number}|{request.FromTag}");
        return new(branch, via.SentBy.ToLowerInvariant(), method);
    }
}
