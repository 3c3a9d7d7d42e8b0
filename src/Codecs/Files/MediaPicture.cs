using Avatar2D.Media;

namespace Avatar2D.Codecs.Files;

/// <summary>One picture of a file; valid until the next call of its reader.</summary>
public readonly ref struct MediaPicture
{
    /// <summary>Creates it.</summary>
    public MediaPicture(I420View picture, TimeSpan time)
    {
        Picture = picture;
        Time = time;
    }

    /// <summary>The pixels, in the reader's memory: upright, BT.601 limited range.</summary>
    public I420View Picture { get; }

    /// <summary>When it is shown, on the file's own timeline.</summary>
    public TimeSpan Time { get; }
}
