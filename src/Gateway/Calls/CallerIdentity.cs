using System.Net;
using Avatar2D.Gateway.Options;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;

namespace Avatar2D.Gateway.Calls;

/// <summary>
/// Who calls: the user that proved itself by digest, else P-Asserted-Identity from a trusted peer (RFC 3325 §5), else From.
/// </summary>
/// <param name="Uri">The identity.</param>
/// <param name="Asserted">The proven or asserted identity, when there is one that is believed.</param>
internal sealed record CallerIdentity(SipUri Uri, SipUri? Asserted)
{
    private static readonly string[] Withholding = ["id", "user", "header"];

    /// <summary>
    /// The caller does not want to be known to the far end: Privacy with id, user or header (RFC 3323 §4.2, RFC 3325 §9.3). A face tells who
    /// somebody is, so such a call shows the avatar of everybody.
    /// </summary>
    public bool IsWithheld { get; init; }

    /// <summary>Reads the identity of an incoming call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="trusted">Peers whose word is believed.</param>
    /// <param name="realm">Host part of users that proved themselves.</param>
    public static CallerIdentity Of(SipSession call, PeerNetworks trusted, string realm)
    {
        bool isWithheld = call.Invite is { } invite && invite.Headers.Values(SipHeaderNames.Privacy).SelectMany(value => value.Split(';', ','))
            .Any(value => Withholding.Contains(value.Trim(), StringComparer.OrdinalIgnoreCase));
        if (call.AuthenticatedUser is { } user && SipUri.TryParse($"sip:{System.Uri.EscapeDataString(user)}@{realm}", out SipUri? proven))
            return new CallerIdentity(proven, proven) { IsWithheld = isWithheld };
        IPAddress? peer = call.Source?.Address;
        SipUri? asserted = peer is not null && trusted.Contains(peer) && call.PAssertedIdentity.Count > 0 ? call.PAssertedIdentity[0].Uri : null;
        return new CallerIdentity(asserted ?? call.RemoteUri, asserted) { IsWithheld = isWithheld };
    }

    /// <summary>
    /// The avatar that the settings name for this caller; null when they name none, when the caller does not want to be known, or when
    /// nobody vouches for the caller and From is not believed: nobody may borrow another's face.
    /// </summary>
    public string? NamedBy(AvatarOptions options) =>
        IsWithheld ? null : (Asserted ?? (options.BelieveFrom ? Uri : null)) is { } who ? options.Named(who.User ?? "", who.Host ?? "") : null;
}
