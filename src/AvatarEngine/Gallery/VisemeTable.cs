namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>
/// Fifteen visemes: the coefficients of each at full articulation, and the visemes of the ARPAbet phones.
/// </summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>viseme</term><description>phones; mouth</description></listheader>
/// <item><term>Rest</term><description>silence; shut, relaxed</description></item>
/// <item><term>Closed</term><description>P B M; shut, pressed</description></item>
/// <item><term>LipTeeth</term><description>F V; lower lip rolled in under the upper teeth</description></item>
/// <item><term>TongueTeeth</term><description>TH DH; small opening, tip of the tongue shows</description></item>
/// <item><term>Ridge</term><description>T D N L; small opening, tongue up</description></item>
/// <item><term>Hiss</term><description>S Z; teeth together and visible, slightly spread</description></item>
/// <item><term>Hush</term><description>SH ZH CH JH; lips forward, teeth visible</description></item>
/// <item><term>Back</term><description>K G NG HH; loosely open</description></item>
/// <item><term>R</term><description>R ER; narrow, lips a little forward</description></item>
/// <item><term>Open</term><description>AA (AY, AW start); widest jaw</description></item>
/// <item><term>Broad</term><description>AE EH (EY start); open and stretched</description></item>
/// <item><term>Mid</term><description>AH AX; half open</description></item>
/// <item><term>Spread</term><description>IY IH Y (EY, AY, OY end); stretched, both rows of teeth</description></item>
/// <item><term>RoundOpen</term><description>AO (OW, OY start); open and rounded</description></item>
/// <item><term>RoundTight</term><description>UW UH W (OW, AW end); small and round</description></item>
/// </list>
/// </remarks>
public static class VisemeTable
{
    private static readonly FaceParameters[] Shapes = MakeShapes();

    /// <summary>All visemes in the order of the table.</summary>
    public static IReadOnlyList<Viseme> All { get; } = Enum.GetValues<Viseme>();

    /// <summary>Coefficients of a viseme at full articulation.</summary>
    public static FaceParameters Shape(Viseme viseme) => Shapes[(int)viseme];

    /// <summary>First and last viseme of a phone (they differ in diphthongs); unknown phones count as silence.</summary>
    public static (Viseme First, Viseme Last) Of(string phone)
    {
        ArgumentNullException.ThrowIfNull(phone);
        string bare = phone.TrimEnd('0', '1', '2').ToUpperInvariant();
        return bare switch
        {
            "P" or "B" or "M" or "EM" => Same(Viseme.Closed),
            "F" or "V" => Same(Viseme.LipTeeth),
            "TH" or "DH" => Same(Viseme.TongueTeeth),
            "T" or "D" or "N" or "L" or "DX" or "EN" or "EL" => Same(Viseme.Ridge),
            "S" or "Z" => Same(Viseme.Hiss),
            "SH" or "ZH" or "CH" or "JH" => Same(Viseme.Hush),
            "K" or "G" or "NG" or "HH" => Same(Viseme.Back),
            "R" or "ER" or "AXR" => Same(Viseme.R),
            "AA" => Same(Viseme.Open),
            "AE" or "EH" => Same(Viseme.Broad),
            "AH" or "AX" => Same(Viseme.Mid),
            "IY" or "IH" or "IX" or "Y" => Same(Viseme.Spread),
            "AO" => Same(Viseme.RoundOpen),
            "UW" or "UH" or "W" or "UX" => Same(Viseme.RoundTight),
            "AY" => (Viseme.Open, Viseme.Spread),
            "AW" => (Viseme.Open, Viseme.RoundTight),
            "EY" => (Viseme.Broad, Viseme.Spread),
            "OW" => (Viseme.RoundOpen, Viseme.RoundTight),
            "OY" => (Viseme.RoundOpen, Viseme.Spread),
            _ => Same(Viseme.Rest),
        };
    }

    /// <summary>How strongly a viseme holds against its neighbours.</summary>
    internal static float Dominance(Viseme viseme) => viseme switch
    {
        Viseme.Closed or Viseme.LipTeeth => 1.6f,
        Viseme.RoundTight or Viseme.Hush => 1.35f,
        Viseme.RoundOpen or Viseme.Open or Viseme.Spread or Viseme.Broad => 1.1f,
        Viseme.TongueTeeth => 1f,
        Viseme.R or Viseme.Mid or Viseme.Hiss => 0.8f,
        Viseme.Back or Viseme.Ridge => 0.5f,
        _ => 0.7f,
    };

    private static (Viseme, Viseme) Same(Viseme v) => (v, v);

    private static FaceParameters[] MakeShapes()
    {
        var s = new FaceParameters[Enum.GetValues<Viseme>().Length];
        s[(int)Viseme.Closed] = new() { JawOpen = 0.04f, MouthClose = 0.04f, MouthPressLeft = 0.3f, MouthPressRight = 0.3f, MouthRollUpper = 0.2f, MouthRollLower = 0.2f };
        s[(int)Viseme.LipTeeth] = new() { JawOpen = 0.09f, MouthRollLower = 0.7f, MouthUpperUpLeft = 0.38f, MouthUpperUpRight = 0.38f, MouthStretchLeft = 0.12f, MouthStretchRight = 0.12f, MouthSmileLeft = 0.1f, MouthSmileRight = 0.1f };
        s[(int)Viseme.TongueTeeth] = new() { JawOpen = 0.24f, TongueOut = 0.95f, MouthLowerDownLeft = 0.3f, MouthLowerDownRight = 0.3f, MouthUpperUpLeft = 0.15f, MouthUpperUpRight = 0.15f };
        s[(int)Viseme.Ridge] = new() { JawOpen = 0.2f, TongueUp = 0.9f, MouthLowerDownLeft = 0.25f, MouthLowerDownRight = 0.25f, MouthUpperUpLeft = 0.1f, MouthUpperUpRight = 0.1f };
        s[(int)Viseme.Hiss] = new() { JawOpen = 0.06f, MouthLowerDownLeft = 0.45f, MouthLowerDownRight = 0.45f, MouthUpperUpLeft = 0.3f, MouthUpperUpRight = 0.3f, MouthStretchLeft = 0.25f, MouthStretchRight = 0.25f };
        s[(int)Viseme.Hush] = new() { JawOpen = 0.1f, MouthFunnel = 0.7f, MouthPucker = 0.25f, MouthUpperUpLeft = 0.15f, MouthUpperUpRight = 0.15f };
        s[(int)Viseme.Back] = new() { JawOpen = 0.22f, TongueUp = 0.2f, MouthLowerDownLeft = 0.1f, MouthLowerDownRight = 0.1f };
        s[(int)Viseme.R] = new() { JawOpen = 0.16f, MouthFunnel = 0.4f, MouthPucker = 0.3f, TongueUp = 0.3f };
        s[(int)Viseme.Open] = new() { JawOpen = 0.72f, MouthUpperUpLeft = 0.1f, MouthUpperUpRight = 0.1f };
        s[(int)Viseme.Broad] = new() { JawOpen = 0.45f, MouthStretchLeft = 0.35f, MouthStretchRight = 0.35f, MouthUpperUpLeft = 0.2f, MouthUpperUpRight = 0.2f, MouthLowerDownLeft = 0.2f, MouthLowerDownRight = 0.2f };
        s[(int)Viseme.Mid] = new() { JawOpen = 0.34f, MouthLowerDownLeft = 0.08f, MouthLowerDownRight = 0.08f };
        s[(int)Viseme.Spread] = new() { JawOpen = 0.13f, MouthStretchLeft = 0.6f, MouthStretchRight = 0.6f, MouthSmileLeft = 0.12f, MouthSmileRight = 0.12f, MouthUpperUpLeft = 0.25f, MouthUpperUpRight = 0.25f, MouthLowerDownLeft = 0.4f, MouthLowerDownRight = 0.4f, TongueUp = 0.4f };
        s[(int)Viseme.RoundOpen] = new() { JawOpen = 0.48f, MouthFunnel = 0.65f, MouthPucker = 0.2f };
        s[(int)Viseme.RoundTight] = new() { JawOpen = 0.1f, MouthFunnel = 0.25f, MouthPucker = 0.85f };
        return s;
    }
}
