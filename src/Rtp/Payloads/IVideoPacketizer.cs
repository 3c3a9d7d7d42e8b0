namespace Avatar2D.Rtp.Payloads;

/// <summary>
/// Cuts an access unit into RTP payloads without copying it first: the same bytes go to <see cref="Begin"/> and to each
/// <see cref="TryGetNext"/>. One thread. Allocates only when a picture has more NAL units than any before.
/// </summary>
public interface IVideoPacketizer
{
    /// <summary>Finds the NAL units and checks that each can be sent; on an error nothing will come out.</summary>
    /// <param name="accessUnit">One picture, Annex B.</param>
    PacketizeError Begin(ReadOnlySpan<byte> accessUnit);

    /// <summary>Writes the next payload; false after the last, or when <paramref name="payload"/> is too short for the limit given at construction.</summary>
    /// <param name="accessUnit">The same bytes as given to <see cref="Begin"/>.</param>
    /// <param name="payload">Room for one payload, at least the limit.</param>
    /// <param name="length">Bytes written.</param>
    /// <param name="marker">True for the last packet of the picture.</param>
    bool TryGetNext(ReadOnlySpan<byte> accessUnit, Span<byte> payload, out int length, out bool marker);
}
