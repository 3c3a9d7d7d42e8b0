namespace Avatar2D.Rtp.Sdp;

/// <summary>One bracketed set of an imageattr: the picture sizes a side sends or wants.</summary>
/// <param name="Width">Allowed widths.</param>
/// <param name="Height">Allowed heights.</param>
/// <param name="Preference">q, 0 to 1; 0.5 when not written.</param>
public sealed record ImageSet(ImageRange Width, ImageRange Height, double Preference)
{
    /// <summary>A text that is equal for equal sets.</summary>
    internal string ToText() => $"{Text(Width)} {Text(Height)} {Preference}";

    private static string Text(ImageRange range) => $"{range.Min}:{range.Step}:{range.Max}[{string.Join(',', range.List)}]";
}
