using System.Globalization;
using Avatar2D.Sip.Diagnostics;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.Transactions;
using Avatar2D.Sip.Transports;

namespace Avatar2D.Sip.UserAgent;

/// <summary>
/// One registration of this gateway: RFC 3261 §10.2. It is refreshed until it is disposed of, which takes it back; failures are
/// tried again for ever. Any thread.
/// </summary>
public sealed class SipRegistration : IAsyncDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly SipRegistrationOptions _options;
    private readonly SipUri? _proxy;
    private readonly ISessionHost _host;
    private readonly SipTokens _tokens;
    private readonly Action<SipRegistration> _gone;
    private readonly SerialQueue _serial = new();
    private readonly TaskCompletionSource _takenBack = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _callId;
    private readonly ITimer _due;
    private uint _cseq;
    private int _failures;
    private bool _stopping;
    private volatile bool _registered;
    private volatile int _lastStatus;

    internal SipRegistration(
        SipRegistrationOptions options, SipUri? proxy, ISessionHost host, SipTokens tokens, Action<SipRegistration> gone)
    {
        (_options, _proxy, _host, _tokens, _gone) = (options, proxy, host, tokens, gone);
        _callId = tokens.CallId();
        _due = host.Transactions.Time.CreateTimer(_ => Enqueue(Send), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The registrar has us.</summary>
    public bool IsRegistered => _registered;

    /// <summary>Status of its last answer; 0 before the first, 408 for silence.</summary>
    public int LastStatus => _lastStatus;

    /// <summary>Takes the registration back, as far as the registrar answers soon.</summary>
    public async ValueTask DisposeAsync()
    {
        Enqueue(TakeBack);

        // A registrar that does not answer forgets us by itself when the time is up.
        using (_host.Transactions.Time.CreateTimer(_ => _takenBack.TrySetResult(), null, Farewell, Timeout.InfiniteTimeSpan))
        {
            await _takenBack.Task;
        }

        _due.Dispose();
        _gone(this);
    }

    internal void Start() => Enqueue(Send);

    private void Enqueue(Action work)
    {
        lock (_serial.Gate)
        {
            _serial.AddNeedsLock(work);
        }

        _serial.Run();
    }

    private void TakeBack()
    {
        if (_stopping)
        {
            return;
        }

        _stopping = true;
        if (_registered)
        {
            Send();
        }
        else
        {
            _takenBack.TrySetResult();
        }
    }

    private void Send() => _host.FindFlow(_proxy ?? _options.Registrar, found => Enqueue(() =>
    {
        if (found is not { } flow)
        {
            OnFailure(503, null);
            return;
        }

        var seconds = _stopping ? 0 : (int)_options.Expires.TotalSeconds;
        var builder = new SipRequestBuilder(SipMethods.Register, _options.Registrar.ToRequestUri())
            .From(new NameAddress(_options.Address).WithTag(_tokens.Tag()))
            .To(new NameAddress(_options.Address))
            .CallId(_callId)
            .CSeq(++_cseq, SipMethods.Register)
            .Set(SipHeaderNames.Expires, seconds.ToString(CultureInfo.InvariantCulture));
        if (_proxy is { } proxy)
        {
            builder.Routes([new NameAddress(proxy.IsLooseRouter ? proxy : proxy.WithParameter("lr", null))]);
        }

        _host.Send(new()
        {
            Builder = builder,
            Method = SipMethods.Register,
            Flow = flow,
            Hop = _proxy ?? _options.Registrar,
            NextCSeq = give => Enqueue(() => give(++_cseq)),
            User = (outcome, response) => Enqueue(() => OnOutcome(outcome, response)),
        });
    }));

    private void OnOutcome(ClientOutcome outcome, SipResponse? response)
    {
        if (response is { IsFinal: false })
        {
            return;
        }

        if (response is { IsSuccess: true })
        {
            OnSuccess(response);
        }
        else
        {
            OnFailure(response?.StatusCode ?? (outcome == ClientOutcome.Timeout ? 408 : 503), response?.RetryAfter?.Duration);
        }
    }

    private void OnSuccess(SipResponse response)
    {
        (_lastStatus, _failures) = (response.StatusCode, 0);
        if (_stopping)
        {
            _registered = false;
            _takenBack.TrySetResult();
            return;
        }

        // Our binding is the one with the longest time: others of this address may be older ones of ours (§10.2.4).
        var seconds = response.Contacts.Max(contact => contact.Expires) ?? response.Expires ?? (int)_options.Expires.TotalSeconds;
        if (!_registered)
        {
            SipLog.Registered(_host.Transactions.Logger, _options.Registrar.Host, seconds);
        }

        _registered = true;
        _due.Change(RegistrationPolicy.RefreshAfter(TimeSpan.FromSeconds(Math.Max(seconds, 2))), Timeout.InfiniteTimeSpan);
    }

    private void OnFailure(int status, TimeSpan? retryAfter)
    {
        (_registered, _lastStatus) = (false, status);
        if (_stopping)
        {
            _takenBack.TrySetResult();
            return;
        }

        var wait = retryAfter ?? RegistrationPolicy.RetryAfter(++_failures, _tokens.Between(50, 100));
        SipLog.NotRegistered(_host.Transactions.Logger, _options.Registrar.Host, status, (int)wait.TotalSeconds);
        _due.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
