namespace Avatar2D.AvatarEngine.Faces;

/// <summary>What was measured on one picture of a face, and the verdicts that follow.</summary>
/// <param name="Verdicts">What is wrong.</param>
/// <param name="EyeDistancePx">Distance of the eyes, picture pixels.</param>
/// <param name="Pose">Direction of the head.</param>
/// <param name="Sharpness">Energy of the finest detail over all detail of the face at 96 px, 0 (none) upwards.</param>
/// <param name="Luma">Mean brightness of the face, 0..1.</param>
/// <param name="Contrast">Standard deviation of brightness, 0..1.</param>
/// <param name="Presence">Certainty that it is a face, 0..1.</param>
public readonly record struct FaceQuality(
    FaceVerdicts Verdicts, float EyeDistancePx, HeadPose Pose, float Sharpness, float Luma, float Contrast, float Presence)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsGood => Verdicts == FaceVerdicts.None;

    /// <summary>A picture without a face.</summary>
    public static FaceQuality Missing { get; } = new(FaceVerdicts.NoFace, 0, default, 0, 0, 0, 0);
}
