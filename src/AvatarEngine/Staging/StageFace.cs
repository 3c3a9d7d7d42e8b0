using Avatar2D.AvatarEngine.Inference;
using Avatar2D.AvatarEngine.Rendering;

namespace Avatar2D.AvatarEngine.Staging;

/// <summary>What a stage needs to make its face speak: the face's places and features, and the model. Immutable; any thread.</summary>
/// <param name="Source">Places, reference mouths and features of the loop's pictures.</param>
/// <param name="Networks">The model; a stage keeps the one it was loaded with, also when another becomes active.</param>
/// <param name="MouthStaysClosed">Without a voice the loop may be shown as it is.</param>
public sealed record StageFace(FaceSource Source, FaceNetworks Networks, bool MouthStaysClosed)
{
    /// <summary>Bytes of the features of one picture.</summary>
    public long FeatureBytes => Networks.FeatureBytes;
}
