using System.ComponentModel.DataAnnotations;

namespace Avatar2D.Gateway.Options;

/// <summary>Whose face is shown in a call.</summary>
public sealed record AvatarOptions
{
    /// <summary>Avatar of everybody who has none by <see cref="ByIdentity"/>.</summary>
    /// <value>Default: maya. Unit: avatar name.</value>
    [RegularExpression("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")]
    public string Default { get; init; } = "maya";

    /// <summary>
    /// Avatar by the identity of the caller: user@host or user alone, proven by digest or asserted by a trusted peer
    /// (P-Asserted-Identity). user@host goes before user.
    /// </summary>
    /// <value>Default: empty. Unit: map of identity to avatar name.</value>
    public IReadOnlyDictionary<string, string> ByIdentity { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// True: the From header of a caller whom nobody vouches for counts for <see cref="ByIdentity"/> too. Anybody can write it, so
    /// anybody can then show another's face; only for a closed network. Avatars of subscribers never follow it.
    /// </summary>
    /// <value>Default: false. Unit: true or false.</value>
    public bool BelieveFrom { get; init; }

    /// <summary>
    /// Folder of the avatar packages: those that register made, and the gallery's characters, which are drawn into it when they
    /// are first wanted.
    /// </summary>
    /// <value>Default: out/avatars. Unit: folder path.</value>
    [StringLength(4096, MinimumLength = 1)]
    public string Folder { get; init; } = "out/avatars";

    /// <summary>
    /// Memory for decoded pictures of avatars that no call shows at the moment; one loop of 200 pictures of 512x512 takes 79.
    /// Pictures in use come on top.
    /// </summary>
    /// <value>Default: 512. Unit: MB (1,000,000 bytes).</value>
    [Range(0, 1000000)]
    public int CacheMegabytes { get; init; } = 512;

    /// <summary>The avatar that <see cref="ByIdentity"/> has for an identity; null when it has none.</summary>
    /// <param name="user">User part of the URI, unescaped; may be empty.</param>
    /// <param name="host">Host part of the URI, without port.</param>
    public string? Named(string user, string host) =>
        // Users are case-sensitive, hosts are not (RFC 3261 §19.1.4): hosts are compared in lower case.
        ByIdentity.TryGetValue($"{user}@{host.ToLowerInvariant()}", out string? name) || ByIdentity.TryGetValue(user, out name) ? name : null;
}
