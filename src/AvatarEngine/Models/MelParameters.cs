namespace Avatar2D.AvatarEngine.Models;

/// <summary>
/// How sound becomes log-mel frames; training and serving share one set (training/README.md, "Conventions that serving shares").
/// </summary>
/// <param name="SampleRateHz">Hz of the mono PCM.</param>
/// <param name="Hop">Samples from one frame's centre to the next.</param>
/// <param name="Window">Samples under the periodic Hann window.</param>
/// <param name="Fft">Points of the zero-padded transform.</param>
/// <param name="Bands">Triangles of height 1, evenly spaced in mel.</param>
/// <param name="LowHz">Lower edge of the first triangle.</param>
/// <param name="HighHz">Upper edge of the last triangle.</param>
/// <param name="FloorPower">Least band power before the logarithm.</param>
/// <param name="DbPerUnit">dB per unit of the output.</param>
/// <param name="Offset">Output at 0 dB.</param>
/// <param name="Clip">The output lies in -Clip ... Clip.</param>
/// <param name="FramesPerWindow">Frames that the audio encoder sees.</param>
/// <param name="FirstFrameOffset">First frame of a window, counted from the frame nearest the picture.</param>
public sealed record MelParameters(
    int SampleRateHz, int Hop, int Window, int Fft, int Bands, double LowHz, double HighHz, double FloorPower,
    double DbPerUnit, double Offset, double Clip, int FramesPerWindow, int FirstFrameOffset)
{
    /// <summary>The set that this program computes; a model made with another one is refused.</summary>
    public static MelParameters Serving { get; } = new(
        SampleRateHz: 16_000, Hop: 200, Window: 512, Fft: 1024, Bands: 80, LowHz: 50, HighHz: 7600, FloorPower: 1e-10,
        DbPerUnit: 12.5, Offset: 4, Clip: 4, FramesPerWindow: 16, FirstFrameOffset: -13);

    /// <summary>
    /// Samples after the picture that its window may need: half a hop of rounding, the last frame's centre, half a window.
    /// 100 + 2 x 200 + 256 = 756, 47.25 ms; 41 ms on average.
    /// </summary>
    public int LookAheadSamples => (Hop / 2) + ((FramesPerWindow - 1 + FirstFrameOffset) * Hop) + (Window / 2);
}
