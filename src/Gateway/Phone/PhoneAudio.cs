using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Rtcp;
using Avatar2D.Rtp.Sessions;

namespace Avatar2D.Gateway.Phone;

/// <summary>Stands between the test phone's audio socket and its stream, and measures what comes in.</summary>
internal sealed class PhoneAudio(AudioStream stream, StreamTimeline timeline, SkewMeter skew, RtcpClock clock, WireLog? wire) : IRtpSink
{
    /// <inheritdoc/>
    public void OnRtp(in RtpPacketView packet, long arrivalTimestamp)
    {
        wire?.OnArrival(packet.Timestamp, arrivalTimestamp);
        lock (skew)
        {
            if (timeline.IsKnown)
                skew.OnAudio(clock.ToNtp(arrivalTimestamp).ToDateTimeOffset() - timeline.ToWallClock(packet.Timestamp));
        }

        stream.OnRtp(packet, arrivalTimestamp);
    }

    /// <inheritdoc/>
    public void OnFeedback(in FeedbackMessage feedback) => stream.OnFeedback(feedback);

    /// <inheritdoc/>
    public void OnSenderReport(uint ssrc, in SenderInfo info, long arrivalTimestamp)
    {
        lock (skew)
            timeline.OnSenderReport(info);
        stream.OnSenderReport(ssrc, info, arrivalTimestamp);
    }

    /// <inheritdoc/>
    public void OnBye(uint ssrc) => stream.OnBye(ssrc);
}
