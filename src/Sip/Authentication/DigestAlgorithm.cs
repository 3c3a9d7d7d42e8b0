namespace Avatar2D.Sip.Authentication;

/// <summary>Hash of digest authentication: RFC 8760 §2.4.</summary>
public enum DigestAlgorithm
{
    /// <summary>RFC 2617's, for phones that know no other.</summary>
    Md5,

    /// <summary>RFC 8760's.</summary>
    Sha256,
}
