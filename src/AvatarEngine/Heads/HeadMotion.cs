using System.Numerics;
using Avatar2D.AvatarEngine.Gallery;

namespace Avatar2D.AvatarEngine.Heads;

/// <summary>
/// Moves a person's mesh as <see cref="FaceParameters"/> say. The parameters are those of the drawn characters, whose full
/// movements are smaller than the head's, so each has a gain. The head's shapes do not turn the eyeballs; their gaze is painted.
/// </summary>
/// <param name="model">The head.</param>
internal sealed class HeadMotion(HeadModel model)
{
    private const float MaxWeight = 1.1f;

    /// <summary>The neutral head's lips stand a millimetre apart and show the teeth; so much mouthClose lets them meet.</summary>
    private const float RestClose = 0.03f;

    private readonly (HeadMovement? Movement, Func<FaceParameters, float> Weight)[] _movements =
    [
        (model.Movement("jawOpen"), p => 0.62f * p.JawOpen),
        (model.Movement("mouthClose"), p => RestClose + (0.62f * MathF.Min(p.MouthClose, p.JawOpen))),
        (model.Movement("mouthFunnel"), p => 0.8f * p.MouthFunnel),
        (model.Movement("mouthPucker"), p => 0.8f * p.MouthPucker),
        (model.Movement("mouthStretch_L"), p => 0.7f * p.MouthStretchLeft),
        (model.Movement("mouthStretch_R"), p => 0.7f * p.MouthStretchRight),
        (model.Movement("mouthSmile_L"), p => 0.8f * p.MouthSmileLeft),
        (model.Movement("mouthSmile_R"), p => 0.8f * p.MouthSmileRight),
        (model.Movement("mouthFrown_L"), p => p.MouthFrownLeft),
        (model.Movement("mouthFrown_R"), p => p.MouthFrownRight),
        (model.Movement("mouthUpperUp_L"), p => 0.7f * p.MouthUpperUpLeft),
        (model.Movement("mouthUpperUp_R"), p => 0.7f * p.MouthUpperUpRight),
        (model.Movement("mouthLowerDown_L"), p => p.MouthLowerDownLeft),
        (model.Movement("mouthLowerDown_R"), p => p.MouthLowerDownRight),
        (model.Movement("mouthPress_L"), p => p.MouthPressLeft),
        (model.Movement("mouthPress_R"), p => p.MouthPressRight),
        (model.Movement("mouthRollUpper"), p => 0.6f * p.MouthRollUpper),
        (model.Movement("mouthRollLower"), p => 0.7f * p.MouthRollLower),
        (model.Movement("cheekPuff_L"), p => p.CheekPuff),
        (model.Movement("cheekPuff_R"), p => p.CheekPuff),
        (model.Movement("eyeBlink_L"), p => p.EyeBlinkLeft),
        (model.Movement("eyeBlink_R"), p => p.EyeBlinkRight),
        (model.Movement("eyeSquint_L"), p => p.EyeSquintLeft),
        (model.Movement("eyeSquint_R"), p => p.EyeSquintRight),
        (model.Movement("eyeWide_L"), p => p.EyeWideLeft),
        (model.Movement("eyeWide_R"), p => p.EyeWideRight),
        (model.Movement("eyeLookDown_L"), p => 0.8f * p.EyeLookDownLeft * (1 - p.EyeBlinkLeft)),
        (model.Movement("eyeLookDown_R"), p => 0.8f * p.EyeLookDownRight * (1 - p.EyeBlinkRight)),
        (model.Movement("eyeLookUp_L"), p => p.EyeLookUpLeft),
        (model.Movement("eyeLookUp_R"), p => p.EyeLookUpRight),
        (model.Movement("browInnerUp_L"), p => p.BrowInnerUp),
        (model.Movement("browInnerUp_R"), p => p.BrowInnerUp),
        (model.Movement("browOuterUp_L"), p => p.BrowOuterUpLeft),
        (model.Movement("browOuterUp_R"), p => p.BrowOuterUpRight),
        (model.Movement("browDown_L"), p => p.BrowDownLeft),
        (model.Movement("browDown_R"), p => p.BrowDownRight),
    ];

    /// <summary>Places the mesh.</summary>
    /// <param name="person">At rest.</param>
    /// <param name="face">What it does; the head's pose is not part of it.</param>
    /// <param name="mesh">As many vertices, filled.</param>
    public void Pose(ReadOnlySpan<Vector3> person, in FaceParameters face, Span<Vector3> mesh)
    {
        person.CopyTo(mesh);
        foreach ((HeadMovement? movement, Func<FaceParameters, float> weight) in _movements)
        {
            float w = Math.Clamp(weight(face), -0.2f, MaxWeight);
            if (movement is not null && MathF.Abs(w) > 1e-3f)
                movement.Add(mesh, w);
        }
    }

    /// <summary>Where an eye looks, as a unit vector in the head's axes.</summary>
    public static Vector3 Gaze(in FaceParameters p, bool left)
    {
        float aside = left ? p.EyeLookOutLeft - p.EyeLookInLeft : p.EyeLookInRight - p.EyeLookOutRight;
        float up = left ? p.EyeLookUpLeft - p.EyeLookDownLeft : p.EyeLookUpRight - p.EyeLookDownRight;
        return Vector3.Normalize(new Vector3(0.5f * aside, 0.4f * up, 1));
    }
}
