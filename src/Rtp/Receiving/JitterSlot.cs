namespace Avatar2D.Rtp.Receiving;

/// <summary>What is known of a waiting packet.</summary>
/// <param name="Index">Where its payload lies.</param>
/// <param name="Length">Payload bytes.</param>
/// <param name="PayloadType">Payload type.</param>
/// <param name="Sequence">Extended sequence number.</param>
/// <param name="Timestamp">Extended timestamp, rtpTicks.</param>
/// <param name="Duration">Sound in it, rtpTicks.</param>
internal readonly record struct JitterSlot(int Index, int Length, byte PayloadType, long Sequence, long Timestamp, long Duration);
