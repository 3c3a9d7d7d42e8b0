namespace Avatar2D.Rtp.Stun;

/// <summary>What a STUN message is (RFC 8489 §5).</summary>
public enum StunClass
{
    /// <summary>Wants an answer.</summary>
    Request,

    /// <summary>Wants none.</summary>
    Indication,

    /// <summary>The answer.</summary>
    Success,

    /// <summary>The refusal.</summary>
    Error,
}
