using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.Codecs.Files;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Avatars;

/// <summary>Encodes the source clip of a package.</summary>
internal sealed class PackageClip : IDisposable
{
    /// <summary>Width and height of the pictures: the largest size that is served to handsets.</summary>
    public const int SidePx = 512;

    private readonly VideoFileWriter _writer;

    /// <summary>Opens the clip.</summary>
    /// <exception cref="Codecs.CodecException">It cannot be written.</exception>
    public PackageClip(AvatarPackageWriter package, int crf) => _writer = new VideoFileWriter(package.SourcePath, new VideoFileSettings
    {
        Width = SidePx, Height = SidePx, FramesPerSecond = 25, Crf = crf, Preset = "faster",
    });

    /// <summary>Appends a picture.</summary>
    /// <exception cref="Codecs.CodecException">It cannot be written.</exception>
    public void Write(I420View picture) => _writer.WriteFrame(picture);

    /// <summary>Makes the file readable.</summary>
    /// <exception cref="Codecs.CodecException">It cannot be written.</exception>
    public void Complete() => _writer.Complete();

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
