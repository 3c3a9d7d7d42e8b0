using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>How the mel frames of a clip were computed, as it stands in its record; meanings at <see cref="MelParameters"/>.</summary>
/// <param name="SampleRateHz">Hz.</param>
/// <param name="Hop">Samples.</param>
/// <param name="Window">Samples.</param>
/// <param name="Fft">Points.</param>
/// <param name="Bands">Bands.</param>
/// <param name="LowHz">Hz.</param>
/// <param name="HighHz">Hz.</param>
/// <param name="FloorPower">Power.</param>
/// <param name="DbPerUnit">dB.</param>
/// <param name="Offset">Units.</param>
/// <param name="Clip">Units.</param>
/// <param name="FramesPerWindow">Frames.</param>
/// <param name="FirstFrameOffset">Frames.</param>
public sealed record ClipMel(
    int SampleRateHz, int Hop, int Window, int Fft, int Bands, double LowHz, double HighHz, double FloorPower, double DbPerUnit,
    double Offset, double Clip, int FramesPerWindow, int FirstFrameOffset)
{
    /// <summary>Those of the code that made it.</summary>
    internal static ClipMel Of(MelParameters p) => new(
        p.SampleRateHz, p.Hop, p.Window, p.Fft, p.Bands, p.LowHz, p.HighHz, p.FloorPower, p.DbPerUnit, p.Offset, p.Clip, p.FramesPerWindow,
        p.FirstFrameOffset);
}
