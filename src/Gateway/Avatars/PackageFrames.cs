using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Codecs;
using Avatar2D.Codecs.Files;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Avatars;

/// <summary>The pictures of an avatar package, for a stage.</summary>
internal sealed class PackageFrames : ISourceFrames
{
    private readonly AvatarPackage _package;
    private readonly MediaFileReader _reader;
    private int _read;

    /// <summary>Opens the clip of a package.</summary>
    /// <param name="package">The package.</param>
    /// <param name="model">The model that speaks for it; null: that of the manifest.</param>
    /// <exception cref="InvalidDataException">It cannot be read, or its pictures have another size.</exception>
    public PackageFrames(AvatarPackage package, string? model = null)
    {
        Model = model ?? package.Manifest.Model;
        _package = package;
        Face = package.Manifest.ToTrack();
        try
        {
            _reader = new MediaFileReader(package.SourcePath);
        }
        catch (CodecException unreadable)
        {
            throw Damaged(unreadable.Message, unreadable);
        }

        if (_reader.Info.Width == Width && _reader.Info.Height == Height)
            return;
        _reader.Dispose();
        throw Damaged($"its pictures have {_reader.Info.Width}x{_reader.Info.Height} pixels, not {Width}x{Height}");
    }

    /// <inheritdoc/>
    public int Width => _package.Manifest.Width;

    /// <inheritdoc/>
    public int Height => _package.Manifest.Height;

    /// <inheritdoc/>
    public double FramesPerSecond => _package.Manifest.FramesPerSecond;

    /// <inheritdoc/>
    public int FrameCount => _package.Manifest.LoopFrames;

    /// <inheritdoc/>
    public FaceTrack? Face { get; }

    /// <summary>The model that speaks for it; null for the default model.</summary>
    public string? Model { get; }

    /// <inheritdoc/>
    public bool TryReadNext(I420View target)
    {
        int wanted = FaceTrack.References + FrameCount;
        if (!_reader.TryReadPicture(out MediaPicture picture))
            return _read == wanted ? false : throw Damaged($"it has {_read} pictures, not {wanted}");
        if (++_read > wanted)
            throw Damaged($"it has more than {wanted} pictures");
        picture.Picture.CopyTo(target);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private InvalidDataException Damaged(string what, Exception? inner = null)
    {
        string message = $"{_package.SourcePath} is not the clip of its manifest: {what}; register the avatar again.";
        return new InvalidDataException(message, new AvatarException(AvatarFault.Mismatch, message, inner));
    }
}
