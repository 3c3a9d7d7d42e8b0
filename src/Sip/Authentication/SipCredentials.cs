namespace Avatar2D.Sip.Authentication;

/// <summary>Who we are to servers and proxies that ask. Immutable.</summary>
/// <param name="User">User name.</param>
/// <param name="Password">Password.</param>
/// <param name="Realm">Only for this realm; null for any.</param>
public sealed record SipCredentials(string User, string Password, string? Realm = null)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => $"{User} at {Realm ?? "any realm"}";
}
