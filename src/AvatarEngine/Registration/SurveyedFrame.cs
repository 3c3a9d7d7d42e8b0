using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Registration;

/// <summary>What was measured on one picture of a film at 25 pictures a second.</summary>
/// <param name="HasFace">False leaves all but the verdicts unknown.</param>
/// <param name="Run">Number of the uninterrupted stretch that it belongs to: it changes at a loss and at a cut.</param>
/// <param name="Transform">Place of the face, as fitted.</param>
/// <param name="Opening">Distance of the inner lips, eye distances.</param>
/// <param name="Mouth"><see cref="MouthGeometry.Count"/> measures; none without a face.</param>
/// <param name="Teeth">Part of the open mouth that is as bright as the face, 0..1.</param>
/// <param name="Blink">The more open eye's blink, 0..1.</param>
/// <param name="CheeksPx">Distance of the cheeks at the ears.</param>
/// <param name="Quality">Verdicts, pose and sharpness.</param>
internal readonly record struct SurveyedFrame(
    bool HasFace, int Run, PatchTransform Transform, float Opening, float[] Mouth, float Teeth, float Blink, float CheeksPx, FaceQuality Quality)
{
    /// <summary>True when the picture may stand in a loop or be a reference.</summary>
    public bool IsUsable => HasFace && (Quality.Verdicts & SourceAdvice.Refusing) == FaceVerdicts.None;
}
