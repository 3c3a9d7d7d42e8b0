namespace Avatar2D.Gateway.Subscribers.Keys;

/// <summary>What a key may do.</summary>
internal static class KeyScopes
{
    /// <summary>See subscribers, avatars, consents, jobs, models.</summary>
    public const string SubscribersRead = "subscribers:read";

    /// <summary>Make, change and delete them; give and withdraw consent.</summary>
    public const string SubscribersWrite = "subscribers:write";

    /// <summary>Approve a consent: the operator has seen that the face is that person's.</summary>
    public const string ConsentsApprove = "consents:approve";

    /// <summary>See live calls.</summary>
    public const string CallsRead = "calls:read";

    /// <summary>End calls, switch pictures.</summary>
    public const string CallsControl = "calls:control";

    /// <summary>Make and revoke keys.</summary>
    public const string KeysWrite = "keys:write";

    /// <summary>Read the audit log and erasure receipts.</summary>
    public const string AuditRead = "audit:read";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [SubscribersRead, SubscribersWrite, ConsentsApprove, CallsRead, CallsControl, KeysWrite, AuditRead];

    /// <summary>What the person behind a subscriber may do, to the own things only.</summary>
    public static IReadOnlyList<string> Self { get; } = [SubscribersRead, SubscribersWrite];

    /// <summary>Names for the usual sets: viewer, operator, admin.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Roles { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        ["viewer"] = [SubscribersRead, CallsRead],
        ["operator"] = [SubscribersRead, SubscribersWrite, ConsentsApprove, CallsRead, CallsControl],
        ["admin"] = All,
    };
}
