namespace Avatar2D.Interop.Tests.Sipp;

/// <summary>One RTP packet that the media peer received.</summary>
/// <param name="Time">Arrival, UTC.</param>
/// <param name="Sequence">Sequence number.</param>
/// <param name="Timestamp">RTP timestamp.</param>
/// <param name="Ssrc">Synchronisation source.</param>
/// <param name="PayloadType">Payload type.</param>
/// <param name="Length">Bytes, header included.</param>
/// <param name="IsMarked">Last packet of a picture.</param>
/// <param name="Orientation">Byte of a one-byte header extension with identifier 1, which our offers give to the video orientation; null without.</param>
/// <param name="Nal">Kind of the NAL unit that the packet carries or begins, -1 for none (audio, later fragments).</param>
internal sealed record PeerPacket(
    DateTimeOffset Time, ushort Sequence, uint Timestamp, uint Ssrc, int PayloadType, int Length, bool IsMarked, int? Orientation, int Nal);
