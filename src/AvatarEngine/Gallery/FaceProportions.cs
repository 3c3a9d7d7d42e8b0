namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Shape of a head. Factors stand around 1; the canonical head is 162 px wide and 226 px from hairline to chin at 512 px.</summary>
public sealed record FaceProportions
{
    /// <summary>Width of the whole head, 0.92 to 1.1.</summary>
    public float FaceWidth { get; init; } = 1;

    /// <summary>Width at the angle of the jaw, 0.85 to 1.15.</summary>
    public float JawWidth { get; init; } = 1;

    /// <summary>Width of the chin, 0.75 to 1.3.</summary>
    public float ChinWidth { get; init; } = 1;

    /// <summary>Length from the eyes down to the chin, 0.92 to 1.08.</summary>
    public float FaceLength { get; init; } = 1;

    /// <summary>Size of the eyes, 0.9 (natural) to 1.5 (cartoon).</summary>
    public float EyeSize { get; init; } = 1;

    /// <summary>Height of the lid opening, 0.8 to 1.3.</summary>
    public float EyeOpening { get; init; } = 1;

    /// <summary>Distance of the eyes, 0.92 to 1.08.</summary>
    public float EyeSpacing { get; init; } = 1;

    /// <summary>Lift of the outer eye corners in px at 512, -2 to 3.</summary>
    public float EyeTilt { get; init; } = 1;

    /// <summary>Diameter of the iris against the eye, 0.9 to 1.25.</summary>
    public float IrisSize { get; init; } = 1;

    /// <summary>Distance of crease and lid margin: 0 hides the crease, 1.3 is a wide lid.</summary>
    public float LidCrease { get; init; } = 1;

    /// <summary>Width of the nose, 0.75 to 1.3.</summary>
    public float NoseWidth { get; init; } = 1;

    /// <summary>Length of the nose, 0.85 to 1.1.</summary>
    public float NoseLength { get; init; } = 1;

    /// <summary>How far the nose stands out, 0.5 to 1.3.</summary>
    public float NoseHeight { get; init; } = 1;

    /// <summary>Width of the mouth, 0.88 to 1.15.</summary>
    public float MouthWidth { get; init; } = 1;

    /// <summary>Lift of the resting mouth's corners in px at 512, 0 (sober) to 4 (cheerful).</summary>
    public float MouthCurve { get; init; } = 1.4f;

    /// <summary>Fullness of the lips, 0.65 to 1.35.</summary>
    public float LipFullness { get; init; } = 1;

    /// <summary>Thickness of the brows, 0.6 to 1.5.</summary>
    public float BrowThickness { get; init; } = 1;

    /// <summary>Arch of the brows, 0.3 to 1.5.</summary>
    public float BrowArch { get; init; } = 1;

    /// <summary>Lift of the brows in px at 512, -4 to 5.</summary>
    public float BrowLift { get; init; }

    /// <summary>Height of the cheekbones' relief, 0.6 to 1.5.</summary>
    public float Cheekbones { get; init; } = 1;

    /// <summary>Relief of the brow ridge, 0.4 (soft) to 1.8.</summary>
    public float BrowRidge { get; init; } = 1;

    /// <summary>Width of the neck, 0.85 to 1.25.</summary>
    public float NeckWidth { get; init; } = 1;

    /// <summary>Width of the shoulders, 0.9 to 1.15.</summary>
    public float ShoulderWidth { get; init; } = 1;
}
