using Avatar2D.AvatarEngine.Driving.Audio;
using Avatar2D.AvatarEngine.Inference;
using Avatar2D.AvatarEngine.Rendering;
using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>
/// The avatar that speaks: its source loop with the mouth of the caller's voice. Where there is no voice the loop is shown; when a
/// network fails on every provider, the loop goes on without speech.
/// </summary>
internal sealed class SpeakingPictures : IPictureSource
{
    private readonly StageLease _lease;
    private readonly StageFace _face;
    private readonly VoiceLine _voice;
    private readonly ILogger _logger;
    private readonly FaceRenderer _renderer;
    private readonly AudioDriver _driver;
    private readonly I420Frame _picture;
    private readonly float[] _z;
    private float _gain;
    private bool _failed;

    private SpeakingPictures(StageLease lease, StageFace face, VoiceLine voice, ILogger logger)
    {
        _lease = lease;
        _face = face;
        _voice = voice;
        _logger = logger;
        _renderer = new FaceRenderer(face.Networks);
        try
        {
            _driver = new AudioDriver(face.Networks, VoiceLine.VoiceHz, VoiceLine.MostMissing);
        }
        catch
        {
            _renderer.Dispose();
            throw;
        }

        _picture = new I420Frame(lease.Stage.Key.Width, lease.Stage.Key.Height);
        _z = new float[_renderer.CodeCount];
    }

    /// <summary>
    /// The pictures of a stage: a face that speaks, and hears the voice from now on; the loop as it is, where there is no face or its
    /// networks cannot be set up.
    /// </summary>
    /// <param name="lease">Taken over, also when this fails.</param>
    /// <param name="voice">The caller's.</param>
    /// <param name="logger">Told once of a failure.</param>
    public static IPictureSource Of(StageLease lease, VoiceLine voice, ILogger logger)
    {
        if (lease.Stage.Face is not { } face)
            return new StagePictures(lease);
        try
        {
            var pictures = new SpeakingPictures(lease, face, voice, logger);
            voice.Attach(pictures._driver);
            return pictures;
        }
        catch (InferenceException exception)
        {
            CallLog.SpeechFailed(logger, lease.Stage.Key.Avatar, exception);
            return new StagePictures(lease);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public I420View PictureAt(double seconds, long mediaTime)
    {
        int frame = _lease.Stage.IndexAt(seconds);
        I420View source = _lease.Stage[frame].View;
        if (_failed)
            return source;
        try
        {
            if (_voice.TryDrive(mediaTime, _z, out float gain))
                _gain = gain;
            float presence = _face.MouthStaysClosed ? _gain : 1;
            if (presence == 0)
                return source;
            _renderer.Render(_face.Source, frame, source, _z, _picture.View, presence);
            return _picture.View;
        }
        catch (InferenceException exception)
        {
            _failed = true;
            _voice.Detach(_driver);
            CallLog.SpeechFailed(_logger, _lease.Stage.Key.Avatar, exception);
            return source;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _voice.Detach(_driver);
        _renderer.Dispose();
        _lease.Dispose();
    }
}
