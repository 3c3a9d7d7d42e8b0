using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.Dialogs;

/// <summary>State of a dialog: RFC 3261 §12. Immutable; each step gives the next state.</summary>
internal sealed record SipDialog
{
    /// <summary>Call-ID.</summary>
    public required string CallId { get; init; }

    /// <summary>Our address with our tag: From of our requests.</summary>
    public required NameAddress Local { get; init; }

    /// <summary>The peer's address with its tag (none from RFC 2543 peers): To of our requests.</summary>
    public required NameAddress Remote { get; init; }

    /// <summary>The peer's Contact: where requests are meant to end.</summary>
    public required SipUri RemoteTarget { get; init; }

    /// <summary>Proxies that stay in the way, the nearest first.</summary>
    public required IReadOnlyList<NameAddress> Routes { get; init; }

    /// <summary>CSeq of our latest request; 0 before the first.</summary>
    public uint LocalCSeq { get; init; }

    /// <summary>CSeq of the peer's latest request; null before the first.</summary>
    public uint? RemoteCSeq { get; init; }

    /// <summary>We sent the INVITE, so the Call-ID is ours (§14.1).</summary>
    public required bool OwnsCallId { get; init; }

    /// <summary>Made by sips over TLS (§12.1.1).</summary>
    public bool Secure { get; init; }

    /// <summary>Place in the dialog table.</summary>
    public DialogKey Key => new(CallId, Local.Tag ?? "", Remote.Tag ?? "");

    /// <summary>Where the next request goes first.</summary>
    public SipUri NextHop => Routes.Count > 0 ? Routes[0].Uri : RemoteTarget;

    /// <summary>The callee's state from the INVITE (§12.1.1); null when it has no usable Contact.</summary>
    public static SipDialog? FromInvite(SipRequest invite, string localTag, bool overTls) => invite.Contact is not { } contact
        ? null
        : new()
        {
            CallId = invite.CallId,
            Local = invite.To.WithTag(localTag),
            Remote = invite.From,
            RemoteTarget = contact.Uri,
            Routes = invite.RecordRoutes,
            RemoteCSeq = invite.CSeq.Number,
            OwnsCallId = false,
            Secure = overTls && invite.RequestUri.IsSecure,
        };

    /// <summary>
    /// The caller's state from a response that makes a dialog (§12.1.2); without Contact the Request-URI stands in.
    /// </summary>
    public static SipDialog FromResponse(SipRequest invite, SipResponse response) => new()
    {
        CallId = invite.CallId,
        Local = invite.From,
        Remote = response.To,
        RemoteTarget = response.Contact?.Uri ?? invite.RequestUri,
        Routes = [.. response.RecordRoutes.Reverse()],
        LocalCSeq = invite.CSeq.Number,
        OwnsCallId = true,
        Secure = invite.RequestUri.IsSecure,
    };

    /// <summary>Our next request and the state after it (§12.2.1.1).</summary>
    public (SipDialog Next, SipRequestBuilder Request) NextRequest(string method)
    {
        var next = this with { LocalCSeq = LocalCSeq + 1 };
        return (next, next.Request(method, next.LocalCSeq));
    }

    /// <summary>The ACK of a 2xx to our INVITE with this CSeq (§13.2.2.4).</summary>
    public SipRequestBuilder Ack(uint inviteCSeq) => Request(SipMethods.Ack, inviteCSeq);

    /// <summary>Checks the order of a request of the peer (§12.2.2): false for one that is older than the latest.</summary>
    public bool TryAccept(uint cseq, out SipDialog next)
    {
        next = this;
        if (RemoteCSeq is { } latest && cseq < latest)
        {
            return false;
        }

        next = this with { RemoteCSeq = cseq };
        return true;
    }

    /// <summary>The state after a target refresh (§12.2): the Contact of an INVITE or UPDATE, or of its 2xx.</summary>
    public SipDialog WithTarget(NameAddress? contact) => contact is null ? this : this with { RemoteTarget = contact.Uri };

    private SipRequestBuilder Request(string method, uint cseq)
    {
        var target = RemoteTarget.ToRequestUri();
        IEnumerable<NameAddress> routes = Routes;
        if (Routes.Count > 0 && !Routes[0].Uri.IsLooseRouter)
        {
            // A strict router (RFC 2543) expects itself as Request-URI and the target as the last Route.
            target = Routes[0].Uri.ToRequestUri();
            routes = Routes.Skip(1).Append(new NameAddress(RemoteTarget));
        }

        return new SipRequestBuilder(method, target)
            .From(Local)
            .To(Remote)
            .CallId(CallId)
            .CSeq(cseq, method)
            .Routes(routes);
    }
}
