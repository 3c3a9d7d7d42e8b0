using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Driving.Audio;

/// <summary>
/// Tells the tones of a telephone (keys by ITU-T Q.23, ringing and busy tones by E.180) from a voice: few bands carry them, and
/// those do not change. A vowel has more bands, or moves within 75 ms. One step per mel frame; allocates nothing.
/// </summary>
internal sealed class ToneDetector
{
    /// <summary>75 ms apart: within that the pitch or the loudness of a voice has moved.</summary>
    private const int SpanFrames = 6;

    /// <summary>For so long what is steady must have been so; 50 ms.</summary>
    private const int NeededFrames = 4;

    /// <summary>Two tones under a Hann window of 32 ms fill 5 to 10 bands down to 20 dB below their peak.</summary>
    private const int MostBands = 14;

    private const float PeakDb = 20;
    private const float SteadyDb = 1;

    private static readonly MelParameters P = MelParameters.Serving;
    private readonly float[] _kept = new float[SpanFrames * P.Bands];
    private long _frames;
    private int _steady;

    /// <summary>Forgets the stream.</summary>
    public void Reset()
    {
        _frames = 0;
        _steady = 0;
    }

    /// <summary>Takes the next mel frame.</summary>
    /// <param name="frame"><see cref="MelParameters.Bands"/> numbers as the networks hear them.</param>
    /// <returns>True while it is a tone.</returns>
    public bool Next(ReadOnlySpan<float> frame)
    {
        Span<float> before = _kept.AsSpan((int)(_frames % SpanFrames) * P.Bands, P.Bands);
        _steady = _frames >= SpanFrames && IsSame(before, frame) ? _steady + 1 : 0;
        frame.CopyTo(before);
        _frames++;
        return _steady >= NeededFrames;
    }

    private static bool IsSame(ReadOnlySpan<float> before, ReadOnlySpan<float> now)
    {
        float peak = float.MinValue;
        foreach (float band in now)
            peak = Math.Max(peak, band);
        float least = peak - (PeakDb / (float)P.DbPerUnit);
        int strong = 0;
        for (int i = 0; i < now.Length; i++)
        {
            if (now[i] < least)
                continue;
            if (++strong > MostBands || Math.Abs(now[i] - before[i]) > SteadyDb / (float)P.DbPerUnit)
                return false;
        }

        return true;
    }
}
