using System.Net;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Parsing;
using Avatar2D.Sip.Transports;

namespace Avatar2D.Sip.Tests.UserAgent;

/// <summary>A peer without a stack of its own: it keeps what it hears and says what the test tells it, right or wrong.</summary>
internal sealed class ScriptedPeer : ISipTransportReceiver, IAsyncDisposable
{
    private readonly MemoryWire _wire;
    private readonly ISipTransport _transport;
    private int _branch;

    public ScriptedPeer(MemoryWire wire, string address)
    {
        _wire = wire;
        EndPoint = IPEndPoint.Parse(address);
        _transport = wire.Create(new() { Bind = EndPoint });
        _transport.StartAsync(this, default).AsTask().GetAwaiter().GetResult();
    }

    public IPEndPoint EndPoint { get; }

    public SipUri Uri => new("peer", EndPoint.Address.ToString(), EndPoint.Port);

    public List<SipMessage> Heard { get; } = [];

    public List<string> Garbage { get; } = [];

    public void OnMessage(ISipTransport transport, SipDestination source, SipMessage message) => Heard.Add(message);

    public void OnRejected(ISipTransport transport, SipDestination source, SipParseError error) => Garbage.Add(error.Text);

    public ValueTask DisposeAsync() => _transport.DisposeAsync();

    public SipRequest Request(string method) => Heard.OfType<SipRequest>().Last(r => r.Method == method);

    public int Requests(string method) => Heard.OfType<SipRequest>().Count(r => r.Method == method);

    public SipResponse Response(string method) => Heard.OfType<SipResponse>().Last(r => r.CSeq.Method == method);

    public string Statuses(string method) =>
        string.Join(' ', Heard.OfType<SipResponse>().Where(r => r.CSeq.Method == method).Select(r => r.StatusCode));

    /// <summary>A first INVITE with everything it needs.</summary>
    public SipRequestBuilder Invite(Party to, string callId, string tag, string? sdp, uint cseq = 1)
    {
        var builder = Start(SipMethods.Invite, to.Uri, cseq)
            .From(new NameAddress(Uri).WithTag(tag))
            .To(new NameAddress(to.Uri))
            .CallId(callId)
            .Contact(new NameAddress(Uri));
        return sdp is null ? builder : builder.WithBody(sdp, MediaType.Sdp);
    }

    /// <summary>A request inside the dialog of an INVITE of ours.</summary>
    public SipRequestBuilder InDialog(string method, Party to, SipRequest invite, string toTag, uint cseq) =>
        Start(method, to.Uri, cseq)
            .From(invite.From)
            .To(invite.To.WithTag(toTag))
            .CallId(invite.CallId)
            .Contact(new NameAddress(Uri));

    /// <summary>A request inside the dialog of an INVITE that we answered.</summary>
    public SipRequestBuilder AsCallee(string method, Party to, SipRequest invite, string ourTag, uint cseq) =>
        Start(method, to.Uri, cseq)
            .From(invite.To.WithTag(ourTag))
            .To(invite.From)
            .CallId(invite.CallId)
            .Contact(new NameAddress(Uri));

    public SipRequestBuilder Start(string method, SipUri uri, uint cseq) =>
        new SipRequestBuilder(method, uri)
            .PrependVia(new ViaHeader("UDP", EndPoint.Address.ToString(), EndPoint.Port, $"z9hG4bKpeer{++_branch}"))
            .CSeq(cseq, method);

    public SipResponse Answer(SipRequest request, int status, string tag, string? sdp = null)
    {
        var builder = SipResponseBuilder.For(request, status, tag).Contact(new NameAddress(Uri));
        return (sdp is null ? builder : builder.WithBody(sdp, MediaType.Sdp)).Build();
    }

    public void Send(Party to, SipMessage message)
    {
        _transport.TrySend(new(to.EndPoint), SipWriter.ToBytes(message), null);
        _wire.Pump();
    }

    public void SendText(Party to, string text)
    {
        _transport.TrySend(new(to.EndPoint), System.Text.Encoding.UTF8.GetBytes(text), null);
        _wire.Pump();
    }
}
