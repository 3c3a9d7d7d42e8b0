namespace Avatar2D.Sip.Messages;

/// <summary>Method names; methods compare with case (RFC 3261 §7.1).</summary>
public static class SipMethods
{
    /// <summary>RFC 3261 §13.</summary>
    public const string Invite = "INVITE";

    /// <summary>RFC 3261 §13.</summary>
    public const string Ack = "ACK";

    /// <summary>RFC 3261 §15.</summary>
    public const string Bye = "BYE";

    /// <summary>RFC 3261 §9.</summary>
    public const string Cancel = "CANCEL";

    /// <summary>RFC 3261 §11.</summary>
    public const string Options = "OPTIONS";

    /// <summary>RFC 3261 §10.</summary>
    public const string Register = "REGISTER";

    /// <summary>RFC 3262.</summary>
    public const string Prack = "PRACK";

    /// <summary>RFC 3311.</summary>
    public const string Update = "UPDATE";

    /// <summary>RFC 6086.</summary>
    public const string Info = "INFO";

    /// <summary>RFC 6665.</summary>
    public const string Subscribe = "SUBSCRIBE";

    /// <summary>RFC 6665.</summary>
    public const string Notify = "NOTIFY";

    /// <summary>RFC 3515.</summary>
    public const string Refer = "REFER";

    /// <summary>RFC 3428.</summary>
    public const string Message = "MESSAGE";

    /// <summary>RFC 3903.</summary>
    public const string Publish = "PUBLISH";

    private static readonly string[] Known =
    [
        Invite, Ack, Bye, Cancel, Options, Register, Prack, Update, Info, Subscribe, Notify, Refer, Message, Publish,
    ];

    /// <summary>The constant for a known method, or a new string.</summary>
    internal static string Intern(ReadOnlySpan<char> method)
    {
        foreach (string known in Known)
        {
            if (method.SequenceEqual(known))
            {
                return known;
            }
        }

        return method.ToString();
    }
}
