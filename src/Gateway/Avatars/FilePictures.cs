using Avatar2D.AvatarEngine.Sources;
using Avatar2D.Codecs;
using Avatar2D.Codecs.Files;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Avatars;

/// <summary>The pictures of a video file, for registration and training.</summary>
internal sealed class FilePictures : IPictureReader
{
    private readonly MediaFileReader _reader;
    private MediaFrame _last;

    /// <summary>Opens a video.</summary>
    /// <exception cref="InvalidDataException">It is none, cannot be read, or is of high dynamic range.</exception>
    public FilePictures(string path)
    {
        _reader = Reading(() => new MediaFileReader(path));
        string? refusal = !_reader.Info.HasVideo ? $"{path} has no pictures."
            : _reader.Info.IsHighDynamicRange ? $"{path} is of high dynamic range (HDR): record or export it in standard range (SDR, BT.709)."
            : null;
        if (refusal is null)
            return;
        _reader.Dispose();
        throw new InvalidDataException(refusal);
    }

    /// <summary>What the file holds.</summary>
    public MediaFileInfo Info => _reader.Info;

    /// <inheritdoc/>
    public I420View Picture => _last.Picture.View;

    /// <inheritdoc/>
    public TimeSpan Time => _last.Time;

    /// <inheritdoc/>
    public TimeSpan? Duration => _reader.Info.Duration;

    /// <inheritdoc/>
    public bool TryRead()
    {
        return Reading(() =>
        {
            if (!_reader.TryReadPicture(out MediaPicture picture))
                return false;
            I420Frame frame = _last.Picture is { } kept && kept.Width == picture.Picture.Width && kept.Height == picture.Picture.Height
                ? kept
                : new I420Frame(picture.Picture.Width, picture.Picture.Height);
            picture.Picture.CopyTo(frame.View);
            _last = new MediaFrame(frame, picture.Time);
            return true;
        });
    }

    /// <inheritdoc/>
    public void Rewind() => Reading(() =>
    {
        _reader.Rewind();
        return true;
    });

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private static T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CodecException unreadable)
        {
            throw new InvalidDataException(unreadable.Message, unreadable);
        }
    }

    private readonly record struct MediaFrame(I420Frame Picture, TimeSpan Time);
}
