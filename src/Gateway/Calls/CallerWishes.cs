using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;

namespace Avatar2D.Gateway.Calls;

/// <summary>What an INVITE asks for beyond the call itself.</summary>
/// <param name="Preconditions">Resources are reserved before it rings (RFC 3312), which needs reliable responses (RFC 3262).</param>
/// <param name="EarlyMedia">The caller hears what there is before the answer (P-Early-Media: supported, RFC 5009 §8).</param>
internal readonly record struct CallerWishes(bool Preconditions, bool EarlyMedia)
{
    /// <summary>Reads the wishes of an incoming call.</summary>
    public static CallerWishes Of(SipSession call) => new(
        call.PeerSupports("precondition") && call.PeerSupports("100rel"),
        call.Invite?.Headers[SipHeaderNames.PEarlyMedia]?.Contains("supported", StringComparison.OrdinalIgnoreCase) ?? false);
}
