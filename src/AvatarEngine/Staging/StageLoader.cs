using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Inference;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Rendering;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Staging;

/// <summary>Reads a source clip into a stage, picture by picture, and computes the features of its face. One thread.</summary>
internal sealed class StageLoader : IDisposable
{
    private readonly ISourceFrames _source;
    private readonly PictureFit _fit;
    private readonly I420Frame _decoded;
    private FaceRenderer? _encoder;

    /// <summary>Prepares a stage; reads the references, if the clip has a face and there is a model.</summary>
    /// <param name="source">The clip, not read yet; stays the caller's.</param>
    /// <param name="key">Avatar and size.</param>
    /// <param name="fit">From the clip's size to the stage's.</param>
    /// <param name="networks">The model; null: the clip is shown as it is.</param>
    /// <exception cref="InvalidDataException">The clip ends before its references do.</exception>
    public StageLoader(ISourceFrames source, StageKey key, PictureFit fit, FaceNetworks? networks)
    {
        _source = source;
        _fit = fit;
        _decoded = new I420Frame(source.Width, source.Height);
        StageFace? face = source.Face is { } track ? ReadReferences(track, key.Avatar, networks) : null;
        Stage = new Stage(key, source.FrameCount, source.FramesPerSecond, face);
        _encoder = face is null ? null : new FaceRenderer(face.Networks);
    }

    /// <summary>The stage; handed out when it has its first picture.</summary>
    public Stage Stage { get; }

    /// <summary>Loads the next picture.</summary>
    /// <returns>False when the loop is complete.</returns>
    /// <exception cref="InvalidDataException">The clip is damaged or has no picture.</exception>
    public bool TryLoadNext()
    {
        int index = Stage.ReadyFrames;
        if (index == Stage.FrameCount)
            return false;
        if (!_source.TryReadNext(_decoded.View))
        {
            if (index == 0)
                throw new InvalidDataException($"The clip of avatar '{Stage.Key.Avatar}' has no picture.");
            Stage.End(); // Containers round their duration: a picture less than it promised is no damage.
            return false;
        }

        var frame = new I420Frame(Stage.Key.Width, Stage.Key.Height);
        _fit.Scale(_decoded.View, frame.View);
        if (Stage.Face is { } face)
            Prepare(face, index, frame);
        Stage.Append(frame);
        return true;
    }

    /// <summary>A network that fails costs the features, not the pictures: the call that needs them tries again, and tells it.</summary>
    private void Prepare(StageFace face, int index, I420Frame frame)
    {
        try
        {
            _encoder?.Prepare(face.Source, index, frame.View);
        }
        catch (InferenceException)
        {
            _encoder?.Dispose();
            _encoder = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _encoder?.Dispose();

    /// <summary>The references are cut at the clip's own size, the finest there is.</summary>
    private StageFace? ReadReferences(FaceTrack track, string avatar, FaceNetworks? networks)
    {
        PatchPicture? closed = ReadReference(track.Closed, avatar, networks);
        PatchPicture? open = ReadReference(track.Open, avatar, networks);
        if (networks is null || closed is null || open is null)
            return null;
        var places = new PatchTransform[track.LoopFrames];
        for (int i = 0; i < places.Length; i++)
            places[i] = _fit.Place(track.Loop(i));
        var source = new FaceSource(places, closed, open) { MouthGain = MouthGain.For(track.MouthGain, networks.Model.Name) };
        return new StageFace(source, networks, track.MouthStaysClosed);
    }

    private PatchPicture? ReadReference(PatchTransform place, string avatar, FaceNetworks? networks)
    {
        if (!_source.TryReadNext(_decoded.View))
            throw new InvalidDataException($"The clip of avatar '{avatar}' ends before its reference pictures.");
        return networks is null ? null : PatchPicture.Cut(_decoded.View, place, networks.Model.PatchPx);
    }
}
