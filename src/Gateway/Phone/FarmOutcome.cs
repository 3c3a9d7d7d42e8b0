namespace Avatar2D.Gateway.Phone;

/// <summary>How a call of the farm went.</summary>
/// <param name="Report">As any test phone's.</param>
/// <param name="HungUp">It ended because its script said so.</param>
/// <param name="AudioPackets">RTP packets heard.</param>
/// <param name="Length">From the INVITE to the end.</param>
/// <param name="Up">From the answer to the end; null when nobody answered.</param>
internal sealed record FarmOutcome(CallReport Report, bool HungUp, long AudioPackets, TimeSpan Length, TimeSpan? Up)
{
    /// <summary>Who gives up sooner need not have got an answer: the gateway's machine may be busy.</summary>
    private static readonly TimeSpan LongestRing = TimeSpan.FromSeconds(10);

    /// <summary>A call so short need not have heard anything.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(3);

    /// <summary>It was refused (487 is the answer to its own CANCEL), got no answer, heard nothing, or was ended by somebody else.</summary>
    public bool IsFailed => !HungUp || Report.SipStatus is >= 400 and not 487 || (Up is { } up ? up > Short && AudioPackets == 0 : Length > LongestRing);
}
