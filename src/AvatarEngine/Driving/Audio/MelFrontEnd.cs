using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Driving.Audio;

/// <summary>
/// Log-mel frames of a running 16 kHz signal, with the numbers of training's mel.py. Frame k is centred on sample 200 k and is
/// there as soon as sample 200 k + 255 is; before the first sample there is silence. Allocates nothing after construction.
/// One instance serves one stream on one thread at a time.
/// </summary>
public sealed class MelFrontEnd
{
    /// <summary>Frames kept for windows: 2.4 s of 12.5 ms.</summary>
    private const int KeptFrames = 192;

    /// <summary>Samples moved into the line at a time.</summary>
    private const int BlockSamples = 512;

    // Bands whose centres lie within 200 ... 3500 Hz: what a telephone passes.
    private const double SpeechLowHz = 200;
    private const double SpeechHighHz = 3500;

    /// <summary>
    /// A sine whose peak has power 1 fills 3 bins: a Hann window spreads it over 1.5 of its bins, and zero-padding doubles those.
    /// </summary>
    private const float SineScale = 1f / 3;

    private static readonly MelParameters P = MelParameters.Serving;
    private static readonly MelFilterBank Bank = new(P);
    private static readonly float[] Hann = HannWindow();

    /// <summary>(2 / sum of the window)^2, and a periodic Hann window sums to half of its length.</summary>
    private static readonly float PowerScale = 16f / (P.Window * P.Window);
    private static readonly Range SpeechBands = BandsBetween(SpeechLowHz, SpeechHighHz);

    private readonly PowerSpectrum _spectrum = new();
    private readonly float[] _line = new float[P.Window + BlockSamples];
    private readonly float[] _windowed = new float[P.Window];
    private readonly float[] _power = new float[PowerSpectrum.Bins];
    private readonly float[] _bands = new float[P.Bands];
    private readonly float[] _frames = new float[KeptFrames * P.Bands];
    private readonly float[] _levels = new float[KeptFrames];
    private int _filled;

    /// <summary>Starts before the first sample.</summary>
    public MelFrontEnd() => Reset();

    /// <summary>Numbers in a window, [<see cref="MelParameters.Bands"/>, <see cref="MelParameters.FramesPerWindow"/>].</summary>
    public static int WindowLength => P.Bands * P.FramesPerWindow;

    /// <summary>Samples written since the start.</summary>
    public long SamplesWritten { get; private set; }

    /// <summary>Frames computed so far: 0 ... this less one exist (the newest <see cref="KeptFrames"/> of them are kept).</summary>
    public long FramesReady { get; private set; }

    /// <summary>First mel frame of the window for a picture: round(sample / 200) - 13.</summary>
    /// <param name="sample">Time of the picture in samples; 640 n for picture n at 25 frames/s.</param>
    public static long FirstFrame(long sample) => FloorDivide(sample + (P.Hop / 2), P.Hop) + P.FirstFrameOffset;

    /// <summary>Forgets the stream.</summary>
    public void Reset()
    {
        _line.AsSpan().Clear();
        _filled = P.Window / 2; // Frame 0 begins half a window before the first sample.
        SamplesWritten = 0;
        FramesReady = 0;
    }

    /// <summary>Takes samples and computes every frame that they complete.</summary>
    /// <param name="pcm">Mono at 16 kHz, any length.</param>
    public void Write(ReadOnlySpan<short> pcm)
    {
        while (!pcm.IsEmpty)
        {
            int take = Math.Min(pcm.Length, _line.Length - _filled);
            Span<float> fresh = _line.AsSpan(_filled, take);
            for (int i = 0; i < take; i++)
                fresh[i] = pcm[i] * (1f / 32768);
            pcm = pcm[take..];
            _filled += take;
            SamplesWritten += take;
            ComputeFrames();
        }
    }

    /// <summary>A frame, or an empty span when it is not there: not yet, no more, or below 0.</summary>
    public ReadOnlySpan<float> Frame(long frame) =>
        frame < 0 || frame >= FramesReady || frame < FramesReady - KeptFrames ? [] : _frames.AsSpan((int)(frame % KeptFrames) * P.Bands, P.Bands);

    /// <summary>Power of the telephone band in a frame, dB; a full-scale sine has 0, digital silence -100.</summary>
    /// <param name="frame">One that is there.</param>
    public float LevelDb(long frame) => _levels[(int)(frame % KeptFrames)];

    /// <summary>The audio encoder's input for a picture.</summary>
    /// <param name="sample">Time of the picture in samples.</param>
    /// <param name="window">At least <see cref="WindowLength"/>: band by band, each with its frames in time order; frames before 0 are silence.</param>
    /// <param name="mostMissing">So many frames at its end may not be there yet: the last one that is stands for them.</param>
    /// <returns>False when more are not there yet or its first no more; the window is then untouched.</returns>
    public bool TryCopyWindow(long sample, Span<float> window, int mostMissing = 0)
    {
        long first = FirstFrame(sample);
        if (first + P.FramesPerWindow - mostMissing > FramesReady || (first >= 0 && first < FramesReady - KeptFrames))
            return false;
        for (int t = 0; t < P.FramesPerWindow; t++)
        {
            ReadOnlySpan<float> frame = Frame(Math.Min(first + t, FramesReady - 1));
            for (int band = 0; band < P.Bands; band++)
                window[(band * P.FramesPerWindow) + t] = frame.IsEmpty ? -(float)P.Clip : frame[band];
        }

        return true;
    }

    private void ComputeFrames()
    {
        int start = 0;
        for (; start + P.Window <= _filled; start += P.Hop)
        {
            for (int i = 0; i < P.Window; i++)
                _windowed[i] = _line[start + i] * Hann[i];
            _spectrum.Compute(_windowed, _power);
            Bank.Apply(_power, PowerScale, _bands);
            Store((int)(FramesReady % KeptFrames));
            FramesReady++;
        }

        _filled -= start;
        _line.AsSpan(start, _filled).CopyTo(_line);
    }

    private void Store(int slot)
    {
        Span<float> frame = _frames.AsSpan(slot * P.Bands, P.Bands);
        float speech = 0;
        foreach (float power in _bands.AsSpan(SpeechBands))
            speech += power;
        for (int band = 0; band < P.Bands; band++)
        {
            float db = 10 * MathF.Log10(Math.Max(_bands[band], (float)P.FloorPower));
            frame[band] = Math.Clamp((db / (float)P.DbPerUnit) + (float)P.Offset, -(float)P.Clip, (float)P.Clip);
        }

        _levels[slot] = 10 * MathF.Log10(Math.Max(speech * SineScale, (float)P.FloorPower));
    }

    private static float[] HannWindow()
    {
        float[] window = new float[P.Window];
        for (int i = 0; i < window.Length; i++)
            window[i] = (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * i / window.Length)));
        return window;
    }

    private static Range BandsBetween(double lowHz, double highHz)
    {
        double low = Mel(P.LowHz);
        double step = (Mel(P.HighHz) - low) / (P.Bands + 1);
        int first = (int)Math.Ceiling((Mel(lowHz) - low) / step) - 1;
        int last = (int)Math.Floor((Mel(highHz) - low) / step) - 1;
        return first..(last + 1);

        static double Mel(double hz) => 2595 * Math.Log10(1 + (hz / 700));
    }

    private static long FloorDivide(long value, long by) => value >= 0 ? value / by : -((-value + by - 1) / by);
}
