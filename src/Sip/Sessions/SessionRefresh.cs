using System.Globalization;
using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.Sessions;

/// <summary>
/// The session timer of one session (RFC 4028): negotiates who refreshes and how often, says when a refresh is due and when the
/// session has expired. Used inside the session's order; the timer calls back from any thread.
/// </summary>
internal sealed class SessionRefresh(SessionTimerSettings settings, TimeProvider time, Action refreshDue, Action expired)
{
    /// <summary>Option tag.</summary>
    public const string OptionTag = "timer";

    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(32);

    private ITimer? _due;
    private ITimer? _expiry;
    private TimeSpan? _interval;

    /// <summary>We refresh; else the peer does.</summary>
    public bool IsOurs { get; private set; }

    /// <summary>The agreed interval; null while there is no session timer.</summary>
    public TimeSpan? Interval => _interval;

    /// <summary>The shortest interval that a peer may ask for: Min-SE of a 422.</summary>
    public static string MinimumOf(SessionTimerSettings settings) => Text(settings.Minimum);

    /// <summary>True for a request that wants shorter intervals than we accept and can be told so by 422 (§9).</summary>
    public static bool IsTooShort(SessionTimerSettings settings, SipRequest request) =>
        settings.Interval > TimeSpan.Zero && request.Supports(OptionTag)
        && request.SessionExpires is { } wanted && wanted.Duration < settings.Minimum;

    /// <summary>Proposes the timer in an INVITE or UPDATE of ours (§7.1, §7.4): roles stay as they are.</summary>
    public void Propose(SipRequestBuilder request)
    {
        if (settings.Interval <= TimeSpan.Zero)
        {
            return;
        }

        var refresher = _interval is null ? "" : IsOurs ? ";refresher=uac" : ";refresher=uas";
        request.Set(SipHeaderNames.SessionExpires, Text(_interval ?? settings.Interval) + refresher)
            .Set(SipHeaderNames.MinSE, Text(settings.Minimum));
    }

    /// <summary>Settles the timer in our 2xx to an INVITE or UPDATE (§9).</summary>
    public void Answer(SipRequest request, SipResponseBuilder response)
    {
        if (settings.Interval <= TimeSpan.Zero || !request.Supports(OptionTag))
        {
            Stop(); // the peer knows no timer: nobody would refresh but us, and we see a dead peer by its media
            return;
        }

        var asked = request.SessionExpires;
        var floor = request.MinSE?.Duration is { } min && min > settings.Minimum ? min : settings.Minimum;
        var interval = asked?.Duration is { } wanted && wanted < settings.Interval ? wanted : settings.Interval;
        interval = interval < floor ? floor : interval;
        var ours = asked?.Refresher == "uas";
        response.Set(SipHeaderNames.SessionExpires, $"{Text(interval)};refresher={(ours ? "uas" : "uac")}");
        if (!ours)
        {
            response.Set(SipHeaderNames.Require, OptionTag); // the peer must do its part (table 2)
        }

        Start(interval, ours);
    }

    /// <summary>Takes over what the peer's 2xx to an INVITE or UPDATE of ours settled (§7.2).</summary>
    public void Settle(SipResponse response)
    {
        if (settings.Interval <= TimeSpan.Zero)
        {
            return;
        }

        if (response.SessionExpires is { Seconds: > 0 } agreed)
        {
            Start(agreed.Duration, agreed.Refresher != "uas");
        }
        else
        {
            Stop();
        }
    }

    /// <summary>A refresh could not be sent now: the next try.</summary>
    public void TryAgain(TimeSpan wait)
    {
        if (_interval is not null && IsOurs)
        {
            _due?.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Ends the timer.</summary>
    public void Stop()
    {
        _interval = null;
        _due?.Dispose();
        _expiry?.Dispose();
        (_due, _expiry) = (null, null);
    }

    private void Start(TimeSpan interval, bool ours)
    {
        Stop();
        (_interval, IsOurs) = (interval, ours);
        _due = ours ? Timer(refreshDue, interval / 2) : null;
        _expiry = Timer(expired, interval - (interval / 3 < Margin ? interval / 3 : Margin)); // §10: BYE before the proxies forget
    }

    private ITimer Timer(Action fired, TimeSpan due) =>
        time.CreateTimer(static state => ((Action)state!)(), fired, due, Timeout.InfiniteTimeSpan); // state: given here

    private static string Text(TimeSpan time) => ((int)time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
