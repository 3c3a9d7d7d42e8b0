using System.Collections.Concurrent;
using System.Net;
using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Gateway.Options;
using Avatar2D.Rtp.Sdp;
using Avatar2D.Rtp.Sessions;
using Avatar2D.Sip.Dialogs;
using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.UserAgent;

namespace Avatar2D.Gateway.Calls;

/// <summary>All calls of the gateway: admits new ones, gives them ports and media, and ends them at a stop. Any thread.</summary>
internal sealed class CallRegistry : ISipUserAgentHandler
{
    private readonly MediaServices _services;
    private readonly MediaAddresses _addresses;
    private readonly CallPlanner _planner;
    private readonly CdrWriter _cdr;
    private readonly PeerNetworks _trusted;
    private readonly ICallerPictures _pictures;
    private readonly Func<string, bool> _avatarExists;
    private readonly ConcurrentDictionary<CallSession, Task> _calls = new();
    private readonly MediaLoadMeter _load;

    /// <summary>Makes an empty registry.</summary>
    /// <param name="services">What all calls' media share.</param>
    /// <param name="addresses">Media ports.</param>
    /// <param name="planner">Plans of calls.</param>
    /// <param name="cdr">Call detail records.</param>
    /// <param name="pictures">Says what picture a caller's call carries.</param>
    /// <param name="avatarExists">Tells whether there is an avatar of a name.</param>
    public CallRegistry(
        MediaServices services, MediaAddresses addresses, CallPlanner planner, CdrWriter cdr, ICallerPictures pictures, Func<string, bool> avatarExists)
    {
        _pictures = pictures;
        _services = services;
        _addresses = addresses;
        _planner = planner;
        _cdr = cdr;
        _trusted = new PeerNetworks(services.Options.Sip.TrustedPeers);
        _avatarExists = avatarExists;
        _load = new MediaLoadMeter(FramesOfAll, () => Environment.CpuUsage.TotalTime, Environment.ProcessorCount, services.Clock.Time);
    }

    /// <summary>Calls that are not over.</summary>
    public int Count => _calls.Count;

    /// <summary>The calls of this moment.</summary>
    public IEnumerable<CallSession> Calls => _calls.Keys;

    /// <inheritdoc/>
    public ISipSessionSink? OnIncomingCall(SipSession call)
    {
        CallerIdentity caller = CallerIdentity.Of(call, _trusted, _services.Options.Sip.Realm);
        Admission admission = AdmissionPolicy.Decide(_services.Options.Calls, _calls.Count, _load.Read());
        if (admission == Admission.Refused)
            return Refuse(call, caller, CallEndReason.TooManyCalls);
        if (!_addresses.TryChoose(call.Source?.Address ?? IPAddress.Loopback, out RtpPortPool? pool, out string announced)
            || pool is null || !pool.TryRent(out RtpPortLease? audio))
        {
            return Refuse(call, caller, CallEndReason.NoMediaPorts);
        }

        CallerPicture picture = _pictures.For(caller);
        CdrNoPicture? reason = WhyNoPicture(picture, admission);
        RtpPortLease? video = null;
        if (reason is null && !pool.TryRent(out video))
            reason = CdrNoPicture.NoMediaPorts; // The voice goes first.
        string? avatar = reason is null ? picture.Avatar : null;
        LocalSource source = _planner.NewSource($"{call.LocalTag}@avatar2d");
        CallSession session;
        try
        {
            session = new CallSession(
                call,
                _planner.Make(announced, audio.Port, video?.Port, CallerWishes.Of(call), source),
                post => new CallMedia(_services, source, audio, video, picture with { Avatar = avatar }, post),
                picture with { Avatar = avatar },
                new CallRecordBuilder(RecordOf(call, caller, avatar) with { NoPictureReason = reason }, _cdr, _services.Clock.Time),
                _services.Clock.Time,
                _services.Logger);
        }
        catch (Exception exception) // Until there is a session, nobody else would give the ports back.
        {
            CallLog.SetUpFailed(_services.Logger, exception);
            audio.Dispose();
            video?.Dispose();
            return Refuse(call, caller, CallEndReason.InternalError);
        }

        CallLog.Started(_services.Logger, call.CallId, call.Source?.ToString() ?? "?", avatar ?? "none");
        var added = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls[session] = RunAsync(session, added.Task);
        added.SetResult(); // Only what stands in the table can be taken out of it.
        return session;
    }

    /// <inheritdoc/>
    public SipBody? DescribeMedia() => SipBody.Sdp(_planner.Describe().ToString());

    /// <summary>Ends all calls.</summary>
    public void EndAll(CallEndReason reason)
    {
        foreach (CallSession call in _calls.Keys)
            call.End(reason);
    }

    /// <summary>Completes when no call is left, those included that come while it waits.</summary>
    public async Task WhenAllEndedAsync()
    {
        while (!_calls.IsEmpty)
            await Task.WhenAll(_calls.Values);
    }

    private (long Due, long Late) FramesOfAll()
    {
        (long due, long late) = (0, 0);
        foreach (CallSession call in _calls.Keys)
        {
            VideoFigures pictures = call.Figures.Pictures;
            due += pictures.FramesSent + pictures.FramesDropped;
            late += pictures.FramesLate + pictures.FramesDropped;
        }

        return (due, late);
    }

    private CdrNoPicture? WhyNoPicture(CallerPicture picture, Admission admission)
    {
        if (!_services.Options.Video.Enabled)
            return CdrNoPicture.Disabled;
        if (picture.Avatar is not { Length: > 0 } avatar)
            return CdrNoPicture.NoAvatar;
        if (admission != Admission.Full)
            return CdrNoPicture.Overload;
        if (_avatarExists(avatar))
            return null;
        CallLog.WarmUpFailed(_services.Logger, avatar, "there is no such avatar; the call stays without picture");
        return CdrNoPicture.NoAvatar;
    }

    private async Task RunAsync(CallSession session, Task added)
    {
        await added;
        try
        {
            await session.RunAsync();
        }
        finally
        {
            _calls.TryRemove(session, out _);
        }
    }

    private ISipSessionSink? Refuse(SipSession call, CallerIdentity caller, CallEndReason reason)
    {
        CallEndReasonInfo info = reason.Info();
        call.Reject(info.SipStatus, retryAfter: TimeSpan.FromSeconds(10));
        new CallRecordBuilder(RecordOf(call, caller, null), _cdr, _services.Clock.Time).Finish(reason, null);
        CallLog.Refused(_services.Logger, info.Text);
        return null;
    }

    private CallDetailRecord RecordOf(SipSession call, CallerIdentity caller, string? avatar)
    {
        DateTimeOffset now = _services.Clock.Time.GetUtcNow();
        CallerHeaders headers = CallerHeaders.Of(
            call, call.Source is { } source && _trusted.Contains(source.Address), _services.Options.Cdr.Headers);
        return new CallDetailRecord
        {
            CallId = call.CallId,
            Direction = CdrDirection.Inbound,
            From = call.RemoteUri.ToString(),
            To = call.LocalUri.ToString(),
            AssertedIdentity = caller.Asserted?.ToString(),
            Avatar = avatar,
            StartTime = now,
            EndTime = now,
            EndReason = CallEndReason.InternalError,
            SipStatus = 0,
            RemoteAddress = call.Source?.ToString(),
            UserAgent = call.PeerProduct,
            Privacy = headers.Privacy,
            History = headers.History,
            Headers = headers.Others,
        };
    }
}
