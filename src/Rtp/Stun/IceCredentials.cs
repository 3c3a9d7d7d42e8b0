namespace Avatar2D.Rtp.Stun;

/// <summary>What a full ICE agent must know to reach us (RFC 8445 §5.3). The password is a secret: no member prints it.</summary>
/// <param name="UserFragment">Our user fragment.</param>
/// <param name="Password">Our password.</param>
public sealed record IceCredentials(string UserFragment, string Password)
{
    /// <inheritdoc/>
    public override string ToString() => UserFragment;
}
