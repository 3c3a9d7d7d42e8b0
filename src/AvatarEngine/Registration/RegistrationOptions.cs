using Avatar2D.AvatarEngine.Faces;

namespace Avatar2D.AvatarEngine.Registration;

/// <summary>Borders and sizes of registration.</summary>
public sealed record RegistrationOptions
{
    /// <summary>Width and height of the avatar's pictures, pixels, even.</summary>
    /// <value>Default: 512, the largest size that is served to handsets.</value>
    public int SidePx { get; init; } = 512;

    /// <summary>Least distance of the cheeks at the ears, source pixels.</summary>
    /// <value>Default: 96.</value>
    public float MinCheeksPx { get; init; } = 96;

    /// <summary>Seconds of a video that are looked at.</summary>
    /// <value>Default: 60.</value>
    public double LongestSeconds { get; init; } = 60;

    /// <summary>Least seconds of a steady stretch.</summary>
    /// <value>Default: 2.</value>
    public double ShortestSeconds { get; init; } = 2;

    /// <summary>Seconds of the loop that are enough.</summary>
    /// <value>Default: 6: blinks come every 2 to 5 seconds, so that a repetition is not noticed.</value>
    public double WantedLoopSeconds { get; init; } = 6;

    /// <summary>Seconds of the longest loop.</summary>
    /// <value>Default: 10; its pictures fill 100 MB while they are chosen, and about 2 MB at rest.</value>
    public double LongestLoopSeconds { get; init; } = 10;

    /// <summary>Least pictures a second of a film.</summary>
    /// <value>Default: 12.</value>
    public double MinFilmRate { get; init; } = 12;

    /// <summary>Opening of the inner lips up to which a mouth counts as closed, eye distances.</summary>
    /// <value>Default: 0.07: the landmark net reads closed lips as up to 0.06.</value>
    public float ClosedGap { get; init; } = 0.07f;

    /// <summary>Range of the opening in a video from which the mouth counts as having been open, eye distances.</summary>
    /// <value>Default: 0.03.</value>
    public float OpenRange { get; init; } = 0.03f;

    /// <summary>Side of the picture in eye distances; a head with its hair is about 4.2 high.</summary>
    /// <value>Default: 5.4.</value>
    public double CropEyeDistances { get; init; } = 5.4;

    /// <summary>Borders of a single picture's quality: turned by more than 30 degrees is too far here.</summary>
    public FaceQualityOptions Quality { get; init; } = new() { MaxYaw = 0.52f, MaxPitch = 0.52f, MinEyeDistancePx = 0 };
}
