using Avatar2D.AvatarEngine.Inference;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Rendering;

/// <summary>
/// Gives a source frame the mouth of a motion code: features (cached per source frame) + z -> decoder -> patch -> blended into the
/// picture. Allocates nothing for a frame whose features are there. One instance serves one thread at a time: one per call or per
/// worker.
/// </summary>
public sealed class FaceRenderer : IDisposable
{
    private readonly IModelRunner _encoder;
    private readonly IModelRunner _decoder;
    private readonly PatchCutter _cutter = new();
    private readonly PatchComposer _composer;
    private readonly PatchBlender _blender;
    private readonly int _patchPx;
    private SourceFeatures? _loaded;

    /// <summary>Prepares buffers.</summary>
    /// <param name="networks">Must outlive the renderer.</param>
    public FaceRenderer(FaceNetworks networks)
        : this(networks.Model, networks.CreateRunner(NetworkNames.SourceEncoder), networks.CreateRunner(NetworkNames.Decoder))
    {
    }

    internal FaceRenderer(BaseModel model, IModelRunner encoder, IModelRunner decoder)
    {
        _encoder = encoder;
        _decoder = decoder;
        _patchPx = model.PatchPx;
        _composer = new PatchComposer(_patchPx, model.Window);
        _blender = new PatchBlender(_patchPx, model.Window);
    }

    /// <summary>Side of the patches.</summary>
    public int PatchPx => _patchPx;

    /// <summary>Numbers of z.</summary>
    public int CodeCount => _decoder.Inputs[^1].Length;

    /// <summary>Computes the features of a source frame if nobody has: some milliseconds and 0.3 MB, once per frame of an avatar.</summary>
    /// <param name="source">The avatar's face.</param>
    /// <param name="frame">Number of the source frame.</param>
    /// <param name="picture">That frame.</param>
    /// <exception cref="InferenceException">The source encoder failed.</exception>
    public void Prepare(FaceSource source, int frame, I420View picture)
    {
        RequireSize(source);
        if (source.Features(frame) is null)
            Encode(source, frame, picture);
    }

    /// <summary>Renders one picture.</summary>
    /// <param name="source">The avatar's face.</param>
    /// <param name="frame">Number of the source frame.</param>
    /// <param name="picture">That frame, unchanged.</param>
    /// <param name="z">The motion code, <see cref="CodeCount"/> numbers.</param>
    /// <param name="target">Of the same size as <paramref name="picture"/>; gets the frame with its new mouth.</param>
    /// <param name="presence">
    /// How much of the made mouth is seen over the source frame's own, 0 ... 1. Where the source keeps its mouth closed, the voice's
    /// gain may stand here: between sentences the source is shown as it is, surely closed, and no network runs. Else 1.
    /// </param>
    /// <exception cref="InferenceException">A network failed; the target then holds the source frame, which may be shown.</exception>
    /// <exception cref="ArgumentException">Sizes do not fit, or the presence is not within 0 ... 1.</exception>
    public void Render(FaceSource source, int frame, I420View picture, ReadOnlySpan<float> z, I420View target, float presence = 1)
    {
        RequireSize(source);
        if (z.Length != CodeCount)
            throw new ArgumentException($"The motion code has {CodeCount} numbers, not {z.Length}.", nameof(z));
        if (!(presence is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(presence), presence, "A presence lies within 0 ... 1.");
        picture.CopyTo(target);
        if (presence == 0)
            return;
        SourceFeatures features = source.Features(frame) ?? Encode(source, frame, picture);
        if (!ReferenceEquals(features, _loaded))
        {
            features.CopyTo(_decoder);
            _loaded = features;
        }

        Span<float> code = _decoder.Input(_decoder.Inputs.Count - 1);
        z.CopyTo(code);
        MotionCode.Stretch(code, source.MouthGain);
        _decoder.Run();
        _composer.Compose(_decoder.Output(0), _decoder.Output(1), source.ClosedPixels, source.OpenPixels, presence, _blender.Patch, _blender.Stride);
        _blender.Blend(source.Transform(frame), target);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _encoder.Dispose();
        _decoder.Dispose();
    }

    private SourceFeatures Encode(FaceSource source, int frame, I420View picture)
    {
        Span<float> pictures = _encoder.Input(0);
        int length = 3 * _patchPx * _patchPx;
        _cutter.Cut(picture, source.Transform(frame), _patchPx, pictures[..length]);
        source.Closed.Rgb.CopyTo(pictures[length..]);
        source.Open.Rgb.CopyTo(pictures[(2 * length)..]);
        _encoder.Run();
        return source.Publish(frame, new SourceFeatures(_encoder));
    }

    private void RequireSize(FaceSource source)
    {
        if (source.PatchPx != _patchPx)
            throw new ArgumentException($"The model makes patches of {_patchPx} px, the source has references of {source.PatchPx} px.", nameof(source));
    }
}
