namespace Avatar2D.Sip.Authentication;

/// <summary>What became of the credentials of a request.</summary>
internal enum DigestVerdict
{
    /// <summary>There are none for our realm: 401.</summary>
    Missing,

    /// <summary>Right, but of a nonce that is too old, not ours, or was used with this count before: 401 with stale.</summary>
    Stale,

    /// <summary>Wrong user, password or hash: 403.</summary>
    Wrong,

    /// <summary>Right.</summary>
    Good,
}
