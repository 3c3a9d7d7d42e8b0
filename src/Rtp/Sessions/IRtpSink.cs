using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Rtcp;

namespace Avatar2D.Rtp.Sessions;

/// <summary>
/// Takes what comes in on a session. Called on the receive loops, synchronously: one thread for RTP, another for RTCP unless
/// they share a port. Must not block; packets are valid during the call only.
/// </summary>
public interface IRtpSink
{
    /// <summary>A valid RTP packet of a negotiated payload type from the right source.</summary>
    /// <param name="packet">Valid during the call.</param>
    /// <param name="arrivalTimestamp">Timestamp ticks of the session's clock.</param>
    void OnRtp(in RtpPacketView packet, long arrivalTimestamp);

    /// <summary>PLI, FIR (each command once), NACK, TMMBR or REMB. Any of the first two asks for a key frame.</summary>
    void OnFeedback(in FeedbackMessage feedback);

    /// <summary>What the peer says of how our stream arrives.</summary>
    void OnReceptionReport(in ReportBlock block, long arrivalTimestamp)
    {
    }

    /// <summary>The peer's sender report: RTP time against its wall clock.</summary>
    void OnSenderReport(uint ssrc, in SenderInfo info, long arrivalTimestamp);

    /// <summary>A source has left.</summary>
    void OnBye(uint ssrc);
}
