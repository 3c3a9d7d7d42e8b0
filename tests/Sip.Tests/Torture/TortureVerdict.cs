using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.Tests.Torture;

/// <summary>The status that the layer above the parser finds in the parsed facts: RFC 3261 §8.2, §10.3, §16.3.</summary>
internal static class TortureVerdict
{
    /// <summary>Status for a well-formed request, as an element that knows no extension, and authenticates REGISTER with credentials.</summary>
    public static int Of(SipRequest request)
    {
        if (request.Require.Count > 0 || request.ProxyRequire.Count > 0)
        {
            return 420;
        }

        if (request.MaxForwards == 0)
        {
            return 483;
        }

        if (request.Method == SipMethods.Register && (!request.To.Uri.IsSip || request.Contacts.Any(contact => !contact.Uri.IsSip)))
        {
            return 400;
        }

        if (request.Headers.Contains("Authorization") && !request.Authorization.Any(value => value.IsDigest))
        {
            return 401;
        }

        if (request.Method != SipMethods.Invite)
        {
            return 200;
        }

        if (request.ContentType is { } type && !type.Is(MediaType.Sdp))
        {
            return 415;
        }

        return request.Headers.Contains("Accept") && !request.GetAll(SipFields.Accept).Any(MediaType.Sdp.Is) ? 406 : 200;
    }
}
