using Avatar2D.Media;

namespace Avatar2D.Codecs.Video;

/// <summary>One decoded picture; valid until the next call of its decoder.</summary>
public readonly ref struct DecodedVideo
{
    /// <summary>Creates it.</summary>
    public DecodedVideo(I420View picture, long pts, bool isKeyFrame)
    {
        Picture = picture;
        Pts = pts;
        IsKeyFrame = isKeyFrame;
    }

    /// <summary>The pixels, in the decoder's memory.</summary>
    public I420View Picture { get; }

    /// <summary>The number given to TryDecode.</summary>
    public long Pts { get; }

    /// <summary>True when the picture needs none before it.</summary>
    public bool IsKeyFrame { get; }
}
