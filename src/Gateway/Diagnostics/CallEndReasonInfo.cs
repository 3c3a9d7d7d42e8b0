using System.Globalization;

namespace Avatar2D.Gateway.Diagnostics;

/// <summary>Everything that follows from a <see cref="CallEndReason"/>.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="SipStatus">Final response to an INVITE that is not answered yet; after the answer the call ends by BYE.</param>
/// <param name="Q850Cause">Cause value of ITU-T Q.850 for the Reason header of a BYE or CANCEL (RFC 3326, RFC 6432).</param>
/// <param name="Tag">Metric tag and CDR value: lower case, stable.</param>
/// <param name="Text">For people, without a full stop.</param>
/// <param name="IsFailure">True when somebody should look into it; false for the ordinary ends of calls.</param>
public sealed record CallEndReasonInfo(
    CallEndReason Reason, int SipStatus, int Q850Cause, string Tag, string Text, bool IsFailure)
{
    /// <summary>Value of the Reason header field: <c>Q.850;cause=16;text="the far end hung up"</c>.</summary>
    public string ReasonHeader { get; } = string.Create(CultureInfo.InvariantCulture, $"Q.850;cause={Q850Cause};text=\"{Text}\"");
}
