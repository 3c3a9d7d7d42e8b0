using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;

namespace Avatar2D.Gateway.Calls;

/// <summary>What the header fields of an INVITE say about the call beyond who calls whom; for the call detail record.</summary>
/// <param name="Privacy">Values of Privacy (RFC 3323 §4.2, RFC 3325 §9.3); null: none is asked for.</param>
/// <param name="History">
/// Whom the call was for before, the oldest first: entries of History-Info (RFC 7044), else of Diversion (RFC 5806); null without, and
/// from a peer that is not trusted.
/// </param>
/// <param name="Others">Fields that the settings name; null without, and from a peer that is not trusted.</param>
internal sealed record CallerHeaders(string? Privacy, IReadOnlyList<string>? History, IReadOnlyDictionary<string, string>? Others)
{
    /// <summary>Characters that are kept of one value: more than any charging identifier has.</summary>
    public const int MaxLength = 256;

    private const int MaxEntries = 20;

    /// <summary>Reads an incoming call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="isTrusted">Its peer is one whose word is believed.</param>
    /// <param name="wanted">Names of the other fields that are kept.</param>
    public static CallerHeaders Of(SipSession call, bool isTrusted, IReadOnlyList<string> wanted)
    {
        if (call.Invite is not { } invite)
            return new CallerHeaders(null, null, null);
        string privacy = string.Join(';', invite.Headers.Values(SipHeaderNames.Privacy));
        return new CallerHeaders(
            privacy.Length > 0 ? Cut(privacy) : null,
            isTrusted ? HistoryOf(invite) : null,
            isTrusted ? OthersOf(invite, wanted) : null);
    }

    /// <summary>At most <see cref="MaxLength"/> characters of a text.</summary>
    public static string Cut(string text) => text.Length > MaxLength ? text[..MaxLength] : text;

    private static string[]? HistoryOf(SipRequest invite)
    {
        IEnumerable<NameAddress> entries = invite.GetAll(SipFields.HistoryInfo) is { Count: > 0 } history
            ? history : invite.GetAll(SipFields.Diversion).Reverse(); // The last one to divert stands first (RFC 5806 §5.2).
        string[] texts = [.. entries.Take(MaxEntries).Select(entry => Cut(entry.ToString()))];
        return texts.Length > 0 ? texts : null;
    }

    private static Dictionary<string, string>? OthersOf(SipRequest invite, IReadOnlyList<string> wanted)
    {
        var others = new Dictionary<string, string>();
        foreach (string name in wanted)
        {
            string value = string.Join(", ", invite.Headers.Values(name));
            if (value.Length > 0)
                others[name] = Cut(value);
        }

        return others.Count > 0 ? others : null;
    }
}
