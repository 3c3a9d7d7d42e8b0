using Avatar2D.AvatarEngine.Inference;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Driving.Audio;

/// <summary>
/// From a voice to the motion code z of each picture. Time is counted in the voice's own samples from the first one written; a
/// picture at a time needs the voice up to <see cref="LookAhead"/> later. Allocates nothing after construction. One instance
/// serves one call, on one thread at a time.
/// </summary>
public sealed class AudioDriver : IDisposable
{
    /// <summary>Input samples converted at a time: 30 ms at 48 kHz.</summary>
    private const int BlockSamples = 1440;

    /// <summary>Gains kept; more than the mel frames between the newest and a picture's.</summary>
    private const int KeptGains = 256;

    private readonly IModelRunner _encoder;
    private readonly int _mostMissing;
    private readonly PcmResampler _resampler;
    private readonly short[] _block;
    private readonly MelFrontEnd _mel = new();
    private readonly VoiceGate _gate = new();
    private readonly ToneDetector _tones = new();
    private readonly MusicDetector _music = new();
    private readonly float[] _gains = new float[KeptGains];
    private long _gated;
    private long _written;

    /// <summary>Prepares a stream.</summary>
    /// <param name="networks">Must outlive the driver.</param>
    /// <param name="inputHz">Rate of the PCM, 8000 to 48000 Hz.</param>
    /// <param name="mostMissing">
    /// Mel frames of 12.5 ms at the end of what the network hears that need not be there: the last one that is stands for them. For calls
    /// that must not wait; 0 hears all.
    /// </param>
    public AudioDriver(FaceNetworks networks, int inputHz, int mostMissing = 0)
        : this(networks.CreateRunner(NetworkNames.AudioEncoder), inputHz, mostMissing)
    {
    }

    internal AudioDriver(IModelRunner encoder, int inputHz, int mostMissing = 0)
    {
        _encoder = encoder;
        _mostMissing = mostMissing;
        _resampler = new PcmResampler(inputHz, MelParameters.Serving.SampleRateHz);
        _block = new short[_resampler.MaxOutputSamples(BlockSamples)];
        double samples = MelParameters.Serving.LookAheadSamples - (mostMissing * MelParameters.Serving.Hop);
        LookAhead = TimeSpan.FromSeconds(samples / MelParameters.Serving.SampleRateHz) + _resampler.Delay;
    }

    /// <summary>
    /// How much of the voice after a picture's time must be written before its z is there: 47.25 ms and the resampler's delay
    /// (4 ms at 8 kHz); 41 ms and that delay on average, as the mel frames are 12.5 ms apart. So many frames as may be missing less.
    /// </summary>
    public TimeSpan LookAhead { get; }

    /// <summary>Rate of the PCM.</summary>
    public int InputHz => _resampler.InputHz;

    /// <summary>Numbers of z.</summary>
    public int CodeCount => _encoder.Outputs[0].Length;

    /// <summary>Voice written so far.</summary>
    public TimeSpan Written => TimeSpan.FromTicks(_written * TimeSpan.TicksPerSecond / InputHz);

    /// <summary>How far the mouth was let move in the last z: 0 no voice ... 1 voice.</summary>
    public float VoiceGain { get; private set; }

    /// <summary>Takes the next samples of the voice; a gap is written as silence, or as what the loss concealment made of it.</summary>
    /// <param name="pcm">Mono PCM16 at <see cref="InputHz"/>, any length.</param>
    public void Write(ReadOnlySpan<short> pcm)
    {
        _written += pcm.Length;
        while (!pcm.IsEmpty)
        {
            int take = Math.Min(pcm.Length, BlockSamples);
            int made = _resampler.Process(pcm[..take], _block);
            _mel.Write(_block.AsSpan(0, made));
            pcm = pcm[take..];
            for (; _gated < _mel.FramesReady; _gated++)
                _gains[_gated % KeptGains] = Gate(_mel.Frame(_gated), _mel.LevelDb(_gated));
        }
    }

    /// <summary>The music detector hears of the frame before whether it sounds: the gate tells only afterwards.</summary>
    private float Gate(ReadOnlySpan<float> frame, float levelDb)
    {
        bool isTone = _tones.Next(frame);
        return _gate.Next(levelDb, _music.Next(frame, _gate.Sounds) || isTone);
    }

    /// <summary>The motion code of a picture.</summary>
    /// <param name="pictureTime">Since the first sample; pictures may come at any rate.</param>
    /// <param name="z">At least <see cref="CodeCount"/>; all zero (the mouth at rest) where there is no voice.</param>
    /// <returns>False when the voice for it is not written yet, or was more than two seconds ago; z is then untouched.</returns>
    /// <exception cref="InferenceException">The audio encoder failed.</exception>
    public bool TryDrive(TimeSpan pictureTime, Span<float> z)
    {
        TimeSpan heard = pictureTime + _resampler.Delay;
        long sample = (long)Math.Round(heard.Ticks * (double)MelParameters.Serving.SampleRateHz / TimeSpan.TicksPerSecond);
        if (!_mel.TryCopyWindow(sample, _encoder.Input(0), _mostMissing))
            return false;
        // The gain of the window's last frame: it opens as early as the window knows of the voice.
        long last = Math.Min(MelFrontEnd.FirstFrame(sample) + MelParameters.Serving.FramesPerWindow, _mel.FramesReady) - 1;
        VoiceGain = last < 0 ? 0 : _gains[last % KeptGains];
        Span<float> code = z[..CodeCount];
        if (VoiceGain <= 0)
        {
            code.Clear();
            return true;
        }

        _encoder.Run();
        ReadOnlySpan<float> made = _encoder.Output(0);
        for (int i = 0; i < code.Length; i++)
            code[i] = made[i] * VoiceGain;
        return true;
    }

    /// <summary>Forgets the stream: the next sample is at time zero.</summary>
    public void Reset()
    {
        _resampler.Reset();
        _mel.Reset();
        _gate.Reset();
        _tones.Reset();
        _music.Reset();
        _gated = 0;
        _written = 0;
        VoiceGain = 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _encoder.Dispose();
}
