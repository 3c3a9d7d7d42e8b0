namespace Avatar2D.AvatarEngine.Faces;

/// <summary>Borders between good and bad pictures of a face.</summary>
public sealed record FaceQualityOptions
{
    /// <summary>Least distance of the eyes, pixels.</summary>
    /// <value>Default: 40; the standard patch has 67.</value>
    public float MinEyeDistancePx { get; init; } = 40;

    /// <summary>Largest turn to the side, radians.</summary>
    /// <value>Default: 0.44 (25 degrees).</value>
    public float MaxYaw { get; init; } = 0.44f;

    /// <summary>Largest nod, radians.</summary>
    /// <value>Default: 0.44; the estimate has a bias of some degrees for each face.</value>
    public float MaxPitch { get; init; } = 0.44f;

    /// <summary>Largest tilt, radians.</summary>
    /// <value>Default: 0.52 (30 degrees); the patch is turned upright anyway.</value>
    public float MaxRoll { get; init; } = 0.52f;

    /// <summary>Least sharpness (<see cref="FaceQuality.Sharpness"/>).</summary>
    /// <value>Default: 0.010.</value>
    public float MinSharpness { get; init; } = 0.010f;

    /// <summary>Least mean luma of the face, 0..1.</summary>
    /// <value>Default: 0.14; dark skin in good light has about 0.25.</value>
    public float MinLuma { get; init; } = 0.14f;

    /// <summary>Largest mean luma of the face, 0..1.</summary>
    /// <value>Default: 0.92.</value>
    public float MaxLuma { get; init; } = 0.92f;

    /// <summary>Least standard deviation of luma, 0..1.</summary>
    /// <value>Default: 0.035.</value>
    public float MinContrast { get; init; } = 0.035f;

    /// <summary>Least presence, 0..1.</summary>
    /// <value>Default: 0.6.</value>
    public float MinPresence { get; init; } = 0.6f;

    /// <summary>Standard deviation of brightness around an eye or the lips, at least so much of the whole face's; less is covered.</summary>
    /// <value>Default: 0.15.</value>
    public float MinPartContrast { get; init; } = 0.15f;

    /// <summary>Blink of both eyes from which they count as closed, 0..1.</summary>
    /// <value>Default: 0.8.</value>
    public float MaxBlink { get; init; } = 0.8f;
}
