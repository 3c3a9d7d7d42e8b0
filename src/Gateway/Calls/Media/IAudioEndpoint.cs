namespace Avatar2D.Gateway.Calls.Media;

/// <summary>
/// What stands behind an audio stream: takes the PCM that was received and gives the PCM to be sent. Both are called from the
/// stream's media thread, received first, once a packet time, mono PCM16 at the codec's rate. Allocates nothing.
/// </summary>
internal interface IAudioEndpoint
{
    /// <summary>Takes one packet time of received (or concealed) sound.</summary>
    void OnReceived(ReadOnlySpan<short> pcm);

    /// <summary>
    /// The same sound before it is cut into packet times, with the instant it was said; not called for silence that stands in
    /// for nothing received.
    /// </summary>
    /// <param name="rtpTimestamp">Of the first sample, as on the wire.</param>
    /// <param name="pcm">A decoded, recovered or concealed piece.</param>
    void OnPiece(uint rtpTimestamp, ReadOnlySpan<short> pcm)
    {
    }

    /// <summary>Writes one packet time of sound to send.</summary>
    void Fill(Span<short> pcm);
}
