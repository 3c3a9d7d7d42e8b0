namespace Avatar2D.AvatarEngine.Models;

/// <summary>
/// The motion code z that every driver makes and the decoder reads: <see cref="ExplicitCount"/> numbers in ARKit's naming,
/// person-normalised (0 closed or neutral, 1 the own range, clipped to -2 ... 2), then residual numbers (-1 ... 1, 0 unknown).
/// All zero is a mouth at rest. The readings stand in training/README.md.
/// </summary>
public static class MotionCode
{
    /// <summary>Place of jawOpen.</summary>
    public const int JawOpen = 0;

    /// <summary>Place of lipGap, the opening of the inner lips.</summary>
    public const int LipGap = 1;

    /// <summary>Explicit numbers at the front of z.</summary>
    public const int ExplicitCount = 16;

    /// <summary>Names of the explicit numbers in order.</summary>
    public static IReadOnlyList<string> ExplicitNames { get; } =
    [
        "jawOpen", "lipGap", "mouthClose", "mouthFunnel", "mouthPucker", "mouthStretchLeft", "mouthStretchRight",
        "mouthSmileLeft", "mouthSmileRight", "mouthUpperUp", "mouthLowerDown", "mouthRollUpper", "mouthRollLower",
        "mouthPress", "jawLeft", "lipProtrude",
    ];
}
