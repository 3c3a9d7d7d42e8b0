using Avatar2D.Media;

namespace Avatar2D.Codecs.Video;

/// <summary>
/// I420 pictures in, Annex-B access units out, one for one and at once: no look-ahead, no B pictures. One thread at a time;
/// nothing is allocated on the managed heap per picture after the first few.
/// </summary>
public interface IVideoEncoder : IDisposable
{
    /// <summary>What it was opened with; the bit rate is the present one.</summary>
    VideoEncoderSettings Settings { get; }

    /// <summary>Encodes one picture.</summary>
    /// <param name="picture">Of the size in the settings.</param>
    /// <param name="pts">Number of the picture in units of 1 / FramesPerSecond; must rise from call to call.</param>
    /// <param name="forceKeyFrame">Make it an IDR with parameter sets: at the start of a stream, or when the far end asks (PLI, FIR).</param>
    /// <exception cref="ArgumentException">The picture has another size.</exception>
    /// <exception cref="CodecException">The encoder fails.</exception>
    EncodedVideo Encode(I420View picture, long pts, bool forceKeyFrame);

    /// <summary>
    /// Changes the bit rate from the next picture on. Encoders that cannot do it while they run (libx265, libopenh264) are opened
    /// anew, so that the next picture is an IDR.
    /// </summary>
    /// <param name="bitsPerSecond">At least 8000.</param>
    void SetBitRate(int bitsPerSecond);
}
