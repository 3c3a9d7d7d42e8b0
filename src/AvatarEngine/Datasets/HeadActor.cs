using System.Numerics;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.AvatarEngine.Heads;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>A person made from a morphable head; each clip has another light, camera and room.</summary>
internal sealed class HeadActor(HeadModel model, int seed) : SpokenActor
{
    private readonly HeadLook _look = HeadLook.Draw(seed, model.IdentityCount);
    private HeadRenderer? _renderer;
    private int _clip;

    /// <inheritdoc/>
    public override string Name => _look.Name;

    /// <inheritdoc/>
    public override int Seed => seed;

    /// <inheritdoc/>
    public override float Turning => 2.5f;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Pixels => _renderer is null ? [] : _renderer.Pixels;

    /// <inheritdoc/>
    public override SpeakerVoice Voice(IReadOnlyList<SynthesizerVoice> voices) => SpeakerVoice.Draw(seed, !_look.Male, voices);

    /// <inheritdoc/>
    public override void Begin(int lot)
    {
        _clip = lot;
        _renderer = null;
    }

    /// <inheritdoc/>
    public override void Render(in FaceParameters face, Span<Vector3> mesh)
    {
        _renderer ??= new HeadRenderer(model, seed, _clip, PicturePx);
        _renderer.Render(face);
        _renderer.FillMesh(mesh);
    }
}
