using Avatar2D.Gateway.Calls.Media;

namespace Avatar2D.Gateway.Phone;

/// <summary>The test phone's mouth and ear: speaks a recording, hands what it hears to a recorder.</summary>
/// <param name="speech">Mono PCM16 at the codec's rate.</param>
/// <param name="repeat">Again from the beginning at its end.</param>
/// <param name="heard">Takes each piece with its RTP timestamp.</param>
/// <param name="sending">Told of the samples of each packet that is about to be sent.</param>
internal sealed class SpeechEndpoint(ReadOnlyMemory<short> speech, bool repeat, Action<uint, short[]> heard, Action<int> sending)
    : ClipEndpoint(speech, loop: repeat), IAudioEndpoint
{
    /// <inheritdoc/>
    public void OnPiece(uint rtpTimestamp, ReadOnlySpan<short> pcm) => heard(rtpTimestamp, pcm.ToArray());

    /// <inheritdoc/>
    public override void Fill(Span<short> pcm)
    {
        sending(pcm.Length);
        base.Fill(pcm);
    }
}
