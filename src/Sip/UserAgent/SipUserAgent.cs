using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Avatar2D.Sip.Authentication;
using Avatar2D.Sip.Diagnostics;
using Avatar2D.Sip.Dialogs;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Resolving;
using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.Transactions;
using Avatar2D.Sip.Transports;
using Microsoft.Extensions.Logging;

namespace Avatar2D.Sip.UserAgent;

/// <summary>
/// The SIP stack of one process: takes calls, places calls, answers OPTIONS. Every member from any thread; nothing blocks but
/// start and stop.
/// </summary>
public sealed class SipUserAgent : IAsyncDisposable
{
    private readonly SipUserAgentOptions _options;
    private readonly ISipUserAgentHandler _handler;
    private readonly ILogger _logger;
    private readonly SipTokens _tokens;
    private readonly SipTransportLayer _transport;
    private readonly SipTransactionLayer _transactions;
    private readonly NextHopFinder _hops;
    private readonly MessageDresser _dresser;
    private readonly RequestSender _sender;
    private readonly DigestServer? _digest;
    private readonly SourceLimiter? _limiter;
    private readonly ConcurrentDictionary<SipRegistration, byte> _registrations = new();
    private readonly Core _core;
    private readonly ConcurrentDictionary<DialogKey, SessionRunner> _dialogs = new();
    private readonly ConcurrentDictionary<SessionRunner, byte> _sessions = new();
    private volatile bool _draining;

    /// <summary>Makes the stack; <see cref="StartAsync"/> opens its ports.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="handler">The application.</param>
    /// <param name="time">Clock of all timers.</param>
    /// <param name="loggers">Where to log.</param>
    /// <param name="random">Seeded source of tags and delays for tests; null for the cryptographic one.</param>
    /// <param name="meters">Meters; null for none.</param>
    /// <param name="transports">Another wire than sockets, for tests; null for sockets.</param>
    /// <param name="security">TLS; null when no listening point uses it.</param>
    public SipUserAgent(
        SipUserAgentOptions options,
        ISipUserAgentHandler handler,
        TimeProvider time,
        ILoggerFactory loggers,
        Random? random = null,
        IMeterFactory? meters = null,
        ISipTransportFactory? transports = null,
        ISipStreamSecurity? security = null)
    {
        _options = options;
        _handler = handler;
        _logger = loggers.CreateLogger("Avatar2D.Sip");
        _tokens = new(random);
        Metrics = new(meters);
        transports ??= new SocketTransportFactory(options.Transport, time, _logger, security);
        _transport = new([.. options.ListeningPoints.Select(transports.Create)], new LocalAddressProbe(), _tokens, time, _logger, Metrics);
        _transactions = new(_transport, options.Timers, _tokens, time, _logger, Metrics);
        var names = options.Names ?? new DnsNameService(options.NameServers, _logger);
        _hops = new(_transport, new TargetFinder(names, Has, most => _tokens.Between(0, most)), time, _logger);
        _dresser = new(options, _transport, _tokens);
        _sender = new(options.Transport, _dresser, _transport, _transactions, _hops, new(options.Credentials, _tokens.Tag));
        _digest = options.Authentication is { } users ? new(users, time) : null;
        _limiter = options.RequestsPerSecond > 0 ? new(options.RequestsPerSecond, options.RequestBurst, time) : null;
        _core = new(this);
        _transactions.User = _core;
    }

    /// <summary>Sessions that are not over, rung-off ones that still wait for the answer to BYE included.</summary>
    public int ActiveSessions => _sessions.Count;

    /// <summary>Dialogs in the table.</summary>
    public int ActiveDialogs => _dialogs.Count;

    /// <summary>Transactions of both sides that live.</summary>
    public int ActiveTransactions => _transactions.ClientCount + _transactions.ServerCount;

    /// <summary>Messages that were dropped because they are no SIP.</summary>
    public long DroppedMessages => _transport.Dropped;

    /// <summary>New calls are refused.</summary>
    public bool IsDraining => _draining;

    /// <summary>Where the listening points are bound, in their order; ports are known after <see cref="StartAsync"/>.</summary>
    public IReadOnlyList<IPEndPoint> LocalEndPoints => [.. _transport.Transports.Select(transport => transport.LocalEndPoint)];

    internal SipMetrics Metrics { get; }

    /// <summary>
    /// Opens all listening points. Throws <see cref="System.Net.Sockets.SocketException"/> when one cannot be bound.
    /// </summary>
    public async ValueTask StartAsync(CancellationToken cancellation = default) =>
        await _transport.StartAsync(_transactions, cancellation);

    /// <summary>From now on new INVITEs and OPTIONS get 503 with Retry-After; calls that are up go on.</summary>
    public void Drain() => _draining = true;

    /// <summary>Takes new calls again.</summary>
    public void Resume() => _draining = false;

    /// <summary>
    /// Places a call. The INVITE is on its way, or will be when the name of its target is resolved; everything further comes to
    /// <paramref name="sink"/>.
    /// </summary>
    /// <param name="target">Whom to call: sip or sips, or tel with a proxy.</param>
    /// <param name="from">Who calls.</param>
    /// <param name="body">Our offer; null to ask for the peer's.</param>
    /// <param name="sink">The owner's mailbox.</param>
    /// <param name="options">Extras.</param>
    public SipSession PlaceCall(SipUri target, SipUri from, SipBody? body, ISipSessionSink sink, SipCallOptions? options = null)
    {
        options ??= SipCallOptions.None;
        var (callId, tag) = (_tokens.CallId(), _tokens.Tag());
        var session = new SipSession(_core, null, callId, tag, from, target);
        var proxy = options.Proxy ?? _options.OutboundProxy;
        var builder = new SipRequestBuilder(SipMethods.Invite, target.ToRequestUri())
            .From(new NameAddress(from, options.DisplayName, SipParameters.Empty).WithTag(tag))
            .To(new NameAddress(target.ToRequestUri()))
            .CallId(callId)
            .CSeq(1, SipMethods.Invite);
        if (proxy is not null)
        {
            builder.Routes([new NameAddress(proxy.IsLooseRouter ? proxy : proxy.WithParameter("lr", null))]);
        }

        foreach (var header in options.Headers)
        {
            builder.Add(header.Name, header.Value);
        }

        if (body is not null)
        {
            builder.WithBody(body.Content, body.ContentType);
        }

        session.Runner.Attach(sink);
        session.Runner.Outbound.Prepare(builder, proxy ?? target, body is not null);
        Add(session.Runner);
        session.Runner.Post(SessionInput.Start, SessionStep.Empty);
        return session;
    }

    /// <summary>
    /// Registers this gateway at a registrar and keeps it registered until the result is disposed of (RFC 3261 §10).
    /// </summary>
    public SipRegistration Register(SipRegistrationOptions registration)
    {
        var result = new SipRegistration(
            registration, registration.Proxy ?? _options.OutboundProxy, _core, _tokens, gone => _registrations.TryRemove(gone, out _));
        _registrations[result] = 0;
        result.Start();
        return result;
    }

    /// <summary>
    /// Closes everything at once. Calls that are up get one BYE each and are not waited for: drain and hang up first.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        _draining = true;
        foreach (var registration in _registrations.Keys)
        {
            await registration.DisposeAsync();
        }

        foreach (var runner in _sessions.Keys)
        {
            runner.Session.Hangup();
        }

        await _hops.DisposeAsync();
        await _transport.DisposeAsync();
        _transactions.Stop();
        foreach (var runner in _sessions.Keys)
        {
            runner.Stop();
        }
    }

    private bool Has(SipTransportProtocol protocol, System.Net.Sockets.AddressFamily? family) => _transport.Transports.Any(transport =>
        transport.ListeningPoint.Protocol == protocol && (family is null || transport.ListeningPoint.Bind.AddressFamily == family));

    private void Add(SessionRunner runner)
    {
        _sessions[runner] = 0;
        Metrics.SessionStarted();
    }

    private void TakeCall(ServerTransaction transaction, string? user)
    {
        var request = transaction.Request;
        var tag = _tokens.Tag();
        var dialog = SipDialog.FromInvite(request, tag, transaction.Flow.Protocol == SipTransportProtocol.Tls);
        var session = new SipSession(_core, request, request.CallId, tag, request.To.Uri, request.From.Uri)
        {
            Source = transaction.Flow.Destination.Remote,
            AuthenticatedUser = user,
        };
        SipLog.CallIncoming(_logger, request.CallId, transaction.Flow.Destination.Remote);
        var runner = session.Runner;
        runner.Dialog = dialog;
        Add(runner);
        if (dialog is not null)
        {
            _core.Enter(runner, dialog.Key);
        }

        runner.Inbound.OnInvite(transaction);
    }

    private void Refuse(ServerTransaction transaction, int status, IReadOnlyList<string> unsupported)
    {
        var builder = _dresser.Answer(transaction.Request, transaction.Flow, status, null);
        if (unsupported.Count > 0)
        {
            builder.Set(SipHeaderNames.Unsupported, string.Join(", ", unsupported));
        }

        if (status == 422)
        {
            builder.Set(SipHeaderNames.MinSE, SessionRefresh.MinimumOf(_options.SessionTimer));
        }

        if (status == 503)
        {
            builder.Set(SipHeaderNames.RetryAfter, SessionInbound.Seconds(_options.OverloadRetryAfter));
        }

        transaction.Respond(builder.Build());
    }

    // Who calls must say so, where there are users and the network is not trusted.
    private void Authenticate(ServerTransaction transaction)
    {
        string? user = null;
        var isAsked = _digest is not null && !_options.IsTrusted(transaction.Flow.Destination.Remote.Address);
        var verdict = isAsked ? _digest!.Check(transaction.Request, out user) : DigestVerdict.Good; // not null: isAsked
        switch (verdict)
        {
            case DigestVerdict.Good:
                TakeCall(transaction, user);
                break;
            case DigestVerdict.Wrong:
                SipLog.CredentialsWrong(_logger, transaction.Flow.Destination.Remote.Address);
                Refuse(transaction, 403, []);
                break;
            default:
                var builder = _dresser.Answer(transaction.Request, transaction.Flow, 401, null);
                foreach (var header in _digest!.Challenge(stale: verdict == DigestVerdict.Stale)) // not null: it gave the verdict
                {
                    builder.Add(header.Name, header.Value);
                }

                transaction.Respond(builder.Build());
                break;
        }
    }

    private void AnswerOptions(ServerTransaction transaction)
    {
        var builder = _dresser.Answer(transaction.Request, transaction.Flow, 200, null);
        if (_handler.DescribeMedia() is { } body)
        {
            builder.WithBody(body.Content, body.ContentType);
        }

        transaction.Respond(builder.Build());
    }

    private SessionRunner? Find(SipMessage message) =>
        message.ToTag is { } localTag && _dialogs.TryGetValue(new(message.CallId, localTag, message.FromTag ?? ""), out var runner)
            ? runner
            : null;

    /// <summary>The side that sessions and transactions see; apart from the public face.</summary>
    private sealed class Core(SipUserAgent agent) : ISessionHost, ISipTransactionUser
    {
        public SipTransactionLayer Transactions => agent._transactions;

        public SipTokens Tokens => agent._tokens;

        public SipMetrics Metrics => agent.Metrics;

        public TimeSpan NoAnswerTimeout => agent._options.NoAnswerTimeout;

        public void FindFlow(SipUri nextHop, Action<SipFlow?> found) => agent._hops.Find(nextHop, found);

        public bool HasFailed(SipFlow flow) => agent._hops.HasFailed(flow);

        public SipRequest Complete(SipRequestBuilder builder, string method, SipFlow flow) =>
            agent._dresser.Complete(builder, method, flow);

        public void Send(OutgoingRequest request) => agent._sender.Send(request);

        public SipResponseBuilder Answer(SipRequest request, SipFlow flow, int status, string? localTag) =>
            agent._dresser.Answer(request, flow, status, localTag);

        public ISipSessionSink? Introduce(SipSession session)
        {
            try
            {
                return agent._handler.OnIncomingCall(session);
            }
            catch (Exception e)
            {
                // The border of the application: its fault costs this call, not the stack.
                SipLog.HandlerFailed(agent._logger, e, session.CallId);
                return null;
            }
        }

        public SessionTimerSettings SessionTimer => agent._options.SessionTimer;

        public bool TakesInfo(MediaType type) => agent._options.InfoTypes.Any(type.Is);

        public bool Supports(string optionTag) => agent._options.Supported.Contains(optionTag, StringComparer.OrdinalIgnoreCase);

        public void Enter(SessionRunner session, DialogKey key)
        {
            lock (session.Keys)
            {
                session.Keys.Add(key);
            }

            agent._dialogs[key] = session;
        }

        public void Leave(SessionRunner session)
        {
            lock (session.Keys)
            {
                foreach (var key in session.Keys)
                {
                    agent._dialogs.TryRemove(new(key, session));
                }
            }

            if (agent._sessions.TryRemove(session, out _))
            {
                agent.Metrics.SessionReleased();
            }
        }

        public void OnRequest(ServerTransaction transaction)
        {
            var request = transaction.Request;
            IReadOnlyList<string> unsupported;
            if (agent.Find(request) is { } runner)
            {
                unsupported = RequestGate.Unsupported(request, agent._options.Supported);
                if (unsupported.Count > 0)
                {
                    agent.Refuse(transaction, 420, unsupported);
                    return;
                }

                runner.Enqueue(() => runner.Inbound.OnRequest(transaction));
                return;
            }

            var status = RequestGate.Check(request, agent._options.Supported, out unsupported);
            var source = transaction.Flow.Destination.Remote.Address;
            if (status == 0 && (agent._draining
                || (agent._limiter is { } limiter && !agent._options.IsTrusted(source) && !limiter.TryTake(source))))
            {
                status = 503;
            }

            if (status == 0 && request.Method == SipMethods.Invite && Supports(SessionRefresh.OptionTag)
                && SessionRefresh.IsTooShort(SessionTimer, request))
            {
                status = 422;
            }

            if (status != 0)
            {
                agent.Refuse(transaction, status, unsupported);
            }
            else if (request.Method == SipMethods.Options)
            {
                agent.AnswerOptions(transaction);
            }
            else
            {
                agent.Authenticate(transaction);
            }
        }

        public void OnCancel(ServerTransaction transaction, InviteServerTransaction? invite)
        {
            if (invite is null)
            {
                agent.Refuse(transaction, 481, []);
                return;
            }

            // The INVITE may have been refused before a session was made: 200 all the same, it has its final answer.
            if (invite.Canceled is { } canceled)
            {
                canceled(transaction);
            }
            else
            {
                transaction.Respond(agent._dresser.Answer(transaction.Request, transaction.Flow, 200, null).Build());
            }
        }

        public void OnAck(SipRequest ack)
        {
            if (agent.Find(ack) is { } runner)
            {
                runner.Enqueue(() => runner.Inbound.OnAck(ack));
            }
        }

        public void OnStrayResponse(SipResponse response, SipFlow flow)
        {
            var key = new DialogKey(response.CallId, response.FromTag ?? "", response.ToTag ?? "");
            if (response.IsSuccess && response.CSeq.Method == SipMethods.Invite
                && agent._dialogs.TryGetValue(key, out var runner))
            {
                runner.Enqueue(() => runner.Outbound.OnStraySuccess(response));
                return;
            }

            SipLog.StrayResponse(agent._logger, flow.Destination.Remote);
        }
    }
}
