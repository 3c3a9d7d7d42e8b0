using Avatar2D.Rtp.Rtcp;

namespace Avatar2D.Gateway.Phone;

/// <summary>
/// Places the RTP timestamps of one received stream on the sender's wall clock by its sender reports (RFC 3550 §6.4.1), so
/// that sound and picture can be laid beside each other. Any thread.
/// </summary>
/// <param name="clockRateHz">RTP clock of the stream.</param>
internal sealed class StreamTimeline(int clockRateHz)
{
    private volatile Report? _report;

    /// <summary>A sender report has come.</summary>
    public bool IsKnown => _report is not null;

    /// <summary>Takes a sender report; the newest one counts.</summary>
    public void OnSenderReport(in SenderInfo info) => _report = new Report(info.Ntp, info.RtpTimestamp);

    /// <summary>The sender's wall clock at an RTP timestamp that lies within half its range (hours) of the last report.</summary>
    /// <exception cref="InvalidOperationException">No report has come yet.</exception>
    public DateTimeOffset ToWallClock(uint rtpTimestamp)
    {
        Report report = _report ?? throw new InvalidOperationException("No sender report has come yet.");
        int ticks = (int)(rtpTimestamp - report.RtpTimestamp);
        return report.Ntp.ToDateTimeOffset() + TimeSpan.FromSeconds(ticks / (double)clockRateHz);
    }

    private sealed record Report(NtpTimestamp Ntp, uint RtpTimestamp);
}
