using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Codecs.Files;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Avatars;

/// <summary>The pictures of a clip file, for a stage.</summary>
internal sealed class ClipFrames : ISourceFrames
{
    private readonly MediaFileReader _reader;

    /// <summary>Opens a clip.</summary>
    /// <exception cref="Codecs.CodecException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It has no pictures, or does not say how many.</exception>
    public ClipFrames(string path)
    {
        _reader = new MediaFileReader(path);
        MediaFileInfo info = _reader.Info;
        if (!info.HasVideo || info.Duration is not { } duration || info.FramesPerSecond <= 0)
        {
            _reader.Dispose();
            throw new InvalidDataException($"{path} is no clip: it has no pictures or does not say how long it is.");
        }

        FramesPerSecond = info.FramesPerSecond;
        FrameCount = Math.Max(1, (int)Math.Round(duration.TotalSeconds * FramesPerSecond));
        Width = info.Width & ~1;
        Height = info.Height & ~1;
    }

    /// <inheritdoc/>
    public int Width { get; }

    /// <inheritdoc/>
    public int Height { get; }

    /// <inheritdoc/>
    public double FramesPerSecond { get; }

    /// <inheritdoc/>
    public int FrameCount { get; }

    /// <inheritdoc/>
    public FaceTrack? Face => null;

    /// <inheritdoc/>
    public bool TryReadNext(I420View target)
    {
        if (!_reader.TryReadPicture(out MediaPicture picture))
            return false;
        picture.Picture.CopyTo(target);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();
}
