namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Kinds of mouth that speech shows; <see cref="VisemeTable"/> gives phones and coefficients.</summary>
public enum Viseme
{
    /// <summary>Silence: lips rest on each other.</summary>
    Rest,

    /// <summary>P, B, M: lips pressed shut.</summary>
    Closed,

    /// <summary>F, V: lower lip at the upper teeth.</summary>
    LipTeeth,

    /// <summary>TH, DH: tongue between the teeth.</summary>
    TongueTeeth,

    /// <summary>T, D, N, L: tongue at the ridge behind the teeth.</summary>
    Ridge,

    /// <summary>S, Z: teeth together, lips a little apart.</summary>
    Hiss,

    /// <summary>SH, ZH, CH, JH: lips forward, teeth together.</summary>
    Hush,

    /// <summary>K, G, NG, HH: back of the tongue, mouth loosely open.</summary>
    Back,

    /// <summary>R, ER: lips a little rounded.</summary>
    R,

    /// <summary>AA: wide open; start of AY and AW.</summary>
    Open,

    /// <summary>AE, EH: open and broad; start of EY.</summary>
    Broad,

    /// <summary>AH, AX: half open.</summary>
    Mid,

    /// <summary>IY, IH, Y: spread; end of EY, AY and OY.</summary>
    Spread,

    /// <summary>AO: open and rounded; start of OW and OY.</summary>
    RoundOpen,

    /// <summary>UW, UH, W: tightly rounded; end of OW and AW.</summary>
    RoundTight,
}
