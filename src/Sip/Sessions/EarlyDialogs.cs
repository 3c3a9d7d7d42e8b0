using Avatar2D.Sip.Dialogs;
using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.Sessions;

/// <summary>
/// The early dialogs of our first INVITE, one for each callee that a forking proxy reached (RFC 3261 §12.1.2): their state, the
/// order of their reliable responses (RFC 3262 §4), and their answers. Used inside the session's order.
/// </summary>
internal sealed class EarlyDialogs
{
    // A forking proxy has no more branches than this; bounds what a hostile peer can make us keep.
    private const int MaxForks = 32;
    private readonly Dictionary<string, (SipDialog Dialog, uint LastRSeq, SipBody? Answer)> _forks = new(StringComparer.Ordinal);

    /// <summary>The tag of the fork whose answer was the first.</summary>
    public string? Answerer { get; private set; }

    /// <summary>The early dialog with a peer's tag.</summary>
    public SipDialog? Find(string? tag) => tag is not null && _forks.TryGetValue(tag, out var fork) ? fork.Dialog : null;

    /// <summary>The answer that came early from this peer, for a 2xx without one.</summary>
    public SipBody? AnswerOf(string? tag) => tag is not null && _forks.TryGetValue(tag, out var fork) ? fork.Answer : null;

    /// <summary>Keeps the next state of a dialog.</summary>
    public void Keep(SipDialog dialog)
    {
        var tag = dialog.Remote.Tag ?? "";
        _forks[tag] = _forks.TryGetValue(tag, out var fork) ? fork with { Dialog = dialog } : (dialog, 0, null);
    }

    /// <summary>
    /// Takes a provisional response that wants PRACK. False when it must not be acknowledged: a repeated one, or one that is ahead
    /// of a missing one.
    /// </summary>
    public bool TryTake(SipRequest invite, SipResponse response, uint rseq, out bool isNew)
    {
        var tag = response.ToTag ?? "";
        isNew = !_forks.TryGetValue(tag, out var fork);
        if (isNew && _forks.Count >= MaxForks)
        {
            return false;
        }

        if (!isNew && fork.LastRSeq != 0 && rseq != fork.LastRSeq + 1)
        {
            return false;
        }

        var dialog = isNew ? SipDialog.FromResponse(invite, response) : fork.Dialog.WithTarget(response.Contact);
        var answer = fork.Answer ?? SipBody.Of(response);
        _forks[tag] = (dialog, rseq, answer);
        if (answer is not null)
        {
            Answerer ??= tag;
        }

        return true;
    }

    /// <summary>The dialog of a 2xx: it goes on from the early one, if there was one (RFC 3261 §13.2.2.4).</summary>
    public SipDialog Confirm(SipRequest invite, SipResponse success)
    {
        var dialog = SipDialog.FromResponse(invite, success);
        return Find(success.ToTag) is { } early
            ? dialog with { LocalCSeq = early.LocalCSeq, RemoteCSeq = early.RemoteCSeq } : dialog;
    }
}
