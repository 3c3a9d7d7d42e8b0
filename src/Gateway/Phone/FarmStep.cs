namespace Avatar2D.Gateway.Phone;

/// <summary>What a phone of the farm does in mid-call.</summary>
internal enum FarmStep
{
    /// <summary>re-INVITE: sends, but wants nothing.</summary>
    Hold,

    /// <summary>re-INVITE: both ways again.</summary>
    Resume,

    /// <summary>re-INVITE that changes nothing.</summary>
    Refresh,

    /// <summary>re-INVITE that takes the picture off.</summary>
    DropPicture,

    /// <summary>INFO that asks for a key frame (RFC 5168).</summary>
    AskKeyFrame,

    /// <summary>BYE, or CANCEL where nobody has answered yet.</summary>
    HangUp,
}
