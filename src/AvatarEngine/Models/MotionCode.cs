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

    /// <summary>The numbers that open the mouth; rounded and spread lips are not among them.</summary>
    private static ReadOnlySpan<byte> Opening => [JawOpen, LipGap, 2, 9, 10]; // mouthClose, mouthUpperUp, mouthLowerDown

    /// <summary>Explicit numbers at the front of z.</summary>
    public const int ExplicitCount = 16;

    /// <summary>Names of the explicit numbers in order.</summary>
    public static IReadOnlyList<string> ExplicitNames { get; } =
    [
        "jawOpen", "lipGap", "mouthClose", "mouthFunnel", "mouthPucker", "mouthStretchLeft", "mouthStretchRight",
        "mouthSmileLeft", "mouthSmileRight", "mouthUpperUp", "mouthLowerDown", "mouthRollUpper", "mouthRollLower",
        "mouthPress", "jawLeft", "lipProtrude",
    ];

    /// <summary>Stretches the opening for one face, at most to -2 ... 2. Rounded and spread lips stay as told: wider than any that were learnt they smear.</summary>
    /// <param name="z">In place.</param>
    /// <param name="factor">1 changes nothing.</param>
    public static void Stretch(Span<float> z, float factor)
    {
        foreach (byte i in Opening)
            z[i] = Math.Clamp(z[i] * factor, -2, 2);
    }
}
