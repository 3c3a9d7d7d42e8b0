using System.Numerics;
using Avatar2D.AvatarEngine.Gallery;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>A drawn character of the gallery.</summary>
internal sealed class GalleryActor(GalleryCharacter character) : SpokenActor
{
    private GalleryRenderer? _renderer;

    /// <inheritdoc/>
    public override string Name => character.Name;

    /// <inheritdoc/>
    public override int Seed => character.Seed;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Pixels => _renderer is null ? [] : _renderer.Pixels;

    /// <inheritdoc/>
    public override SpeakerVoice Voice(IReadOnlyList<SynthesizerVoice> voices) => SpeakerVoice.Of(character, voices);

    /// <inheritdoc/>
    public override void Render(in FaceParameters face, Span<Vector3> mesh)
    {
        _renderer ??= new GalleryRenderer(character, PicturePx);
        _renderer.Render(face);
        DrawnMesh.Fill(_renderer.Landmarks, face, mesh);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _renderer?.Dispose();
        base.Dispose();
    }
}
