using Avatar2D.Sip.Dialogs;
using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.UserAgent;

/// <summary>Checks a request outside a dialog before anybody looks at what it wants: RFC 3261 §8.2.1 to §8.2.3. Pure.</summary>
internal static class RequestGate
{
    /// <summary>0 when the request is good, else the status of its refusal.</summary>
    public static int Check(SipRequest request, IReadOnlyList<string> supported, out IReadOnlyList<string> unsupported)
    {
        unsupported = [];
        if (request.Method is not (SipMethods.Invite or SipMethods.Options or SipMethods.Bye or SipMethods.Info
            or SipMethods.Update or SipMethods.Prack or SipMethods.Notify))
        {
            return request.Method is SipMethods.Register or SipMethods.Subscribe or SipMethods.Refer or SipMethods.Message
                or SipMethods.Publish ? 405 : 501;
        }

        if (request.ToTag is not null || request.Method is not (SipMethods.Invite or SipMethods.Options))
        {
            return 481; // belongs into a dialog that is not there
        }

        if (request.RequestUri is { IsSip: false, IsTel: false })
        {
            return 416;
        }

        unsupported = Unsupported(request, supported);
        if (unsupported.Count > 0)
        {
            return 420;
        }

        if (request.Method != SipMethods.Invite)
        {
            return 0;
        }

        if (!SipBody.CanRead(request))
        {
            return 415;
        }

        return request.Contact is null ? 400 : 0;
    }

    /// <summary>Option tags that the request requires and we do not know (§8.2.2.3).</summary>
    public static IReadOnlyList<string> Unsupported(SipRequest request, IReadOnlyList<string> supported) =>
        [.. request.Require.Where(tag => !supported.Contains(tag, StringComparer.OrdinalIgnoreCase))];
}
