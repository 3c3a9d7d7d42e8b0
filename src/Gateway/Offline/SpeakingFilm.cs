using Avatar2D.AvatarEngine.Inference;
using Avatar2D.AvatarEngine.Rendering;
using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Offline;

/// <summary>
/// The decoder side of TR 26.813 §6.3.2 without a call: the pictures of an avatar whose mouth follows a motion source, one after the
/// other, each as a call would show it. One thread.
/// </summary>
internal sealed class SpeakingFilm : IDisposable
{
    private readonly Stage _stage;
    private readonly StageFace _face;
    private readonly IMotionSource _motion;
    private readonly FaceRenderer _renderer;
    private readonly I420Frame _picture;
    private readonly float[] _z;

    /// <summary>Prepares to draw.</summary>
    /// <param name="stage">Fully loaded, and leased as long as the film is made.</param>
    /// <param name="face">The face of that stage.</param>
    /// <param name="motion">What moves the mouth; stays the caller's.</param>
    public SpeakingFilm(Stage stage, StageFace face, IMotionSource motion)
    {
        _stage = stage;
        _face = face;
        _motion = motion;
        _renderer = new FaceRenderer(face.Networks);
        _picture = new I420Frame(stage.Key.Width, stage.Key.Height);
        _z = new float[_renderer.CodeCount];
    }

    /// <summary>Draws the picture of an instant.</summary>
    /// <param name="time">Since the start of the film; rises from call to call.</param>
    /// <param name="picture">Valid until the next call.</param>
    /// <returns>False after the end.</returns>
    /// <exception cref="Codecs.CodecException">The driving input cannot be read on.</exception>
    /// <exception cref="InferenceException">A network failed.</exception>
    public bool TryDraw(TimeSpan time, out I420View picture)
    {
        picture = default;
        if (!_motion.TryDrive(time, _z, out float voice))
            return false;
        int frame = _stage.IndexAt(time.TotalSeconds);
        picture = _stage[frame].View;
        float presence = _face.MouthStaysClosed ? voice : 1;
        if (presence == 0)
            return true;
        _renderer.Render(_face.Source, frame, picture, _z, _picture.View, presence);
        picture = _picture.View;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _renderer.Dispose();
}
