namespace Avatar2D.Rtp.Diagnostics;

/// <summary>Totals of a session at its end, as the metrics take them; packets unless said otherwise.</summary>
/// <param name="Sent">RTP sent.</param>
/// <param name="Received">RTP received.</param>
/// <param name="Lost">Lost on the way to us.</param>
/// <param name="SendDrops">Not taken by the kernel.</param>
/// <param name="Ignored">Malformed, foreign, not authentic, of unknown type, STUN, DTLS.</param>
/// <param name="Jitter">Interarrival jitter at the end.</param>
/// <param name="RoundTrip">Last round trip; null when never measured.</param>
public readonly record struct RtpStreamTotals(
    long Sent, long Received, long Lost, long SendDrops, long Ignored, TimeSpan Jitter, TimeSpan? RoundTrip);
