namespace Avatar2D.Codecs.Video;

/// <summary>Annex-B access units in, I420 pictures out. One thread at a time.</summary>
public interface IVideoDecoder : IDisposable
{
    /// <summary>Coding.</summary>
    VideoCodec Codec { get; }

    /// <summary>Decodes one access unit. Never throws for bad bytes.</summary>
    /// <param name="accessUnit">All NAL units of one picture with start codes.</param>
    /// <param name="pts">Any number that is to come back with the picture.</param>
    /// <param name="picture">The picture; valid until the next call.</param>
    /// <returns>False when no picture came out: bytes not decodable, or the stream not yet started by an IDR.</returns>
    bool TryDecode(ReadOnlySpan<byte> accessUnit, long pts, out DecodedVideo picture);
}
