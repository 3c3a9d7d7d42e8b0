using Avatar2D.Sip.Dialogs;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Transactions;

namespace Avatar2D.Sip.Sessions;

/// <summary>What comes along with one <see cref="SessionInput"/>. Immutable.</summary>
internal sealed record SessionStep
{
    /// <summary>Nothing.</summary>
    public static readonly SessionStep Empty = new();

    /// <summary>The request of the peer at hand.</summary>
    public ServerTransaction? Request { get; init; }

    /// <summary>The response of the peer at hand.</summary>
    public SipResponse? Response { get; init; }

    /// <summary>Body: of the peer in events, of the user in orders.</summary>
    public SipBody? Body { get; init; }

    /// <summary>Status: of the peer or ours; 0 when there is none.</summary>
    public int Status { get; init; }

    /// <summary>Reason header of a BYE or CANCEL, theirs or ours.</summary>
    public string? Reason { get; init; }

    /// <summary>Headers that the user adds to its response.</summary>
    public IReadOnlyList<SipHeader> Headers { get; init; } = [];

    /// <summary>Retry-After: theirs or ours.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The INVITE only refreshes the session: its end is nothing to tell.</summary>
    public bool IsRefresh { get; init; }

    /// <summary>The cause, should the step end the session.</summary>
    public SipEndCause Cause { get; init; }
}
