namespace Avatar2D.AvatarEngine.Registration;

/// <summary>
/// How far a mouth opens in a film, between its own most closed and most open pictures: landmark networks err by a constant for
/// each face, and speech closes every mouth now and then.
/// </summary>
/// <param name="Closed">Opening of the most closed pictures (2nd percentile), eye distances.</param>
/// <param name="Open">Opening of the most open pictures (98th percentile), eye distances.</param>
internal readonly record struct MouthRange(double Closed, double Open)
{
    /// <summary>A smaller range is that of a mouth at rest.</summary>
    private const double Least = 0.06;

    /// <summary>The range of a film.</summary>
    /// <param name="frames">At least one is usable.</param>
    public static MouthRange Of(IEnumerable<SurveyedFrame> frames)
    {
        double[] openings = [.. frames.Where(f => f.IsUsable).Select(f => (double)f.Opening).Order()];
        return openings.Length == 0 ? default : new MouthRange(openings[openings.Length / 50], openings[^((openings.Length / 50) + 1)]);
    }

    /// <summary>0 closed, 1 as open as it gets.</summary>
    public double Share(in SurveyedFrame frame) => Math.Clamp((frame.Opening - Closed) / Math.Max(Least, Open - Closed), 0, 1);
}
