namespace Avatar2D.AvatarEngine.Faces;

/// <summary>A face that the detector found.</summary>
/// <param name="Region">Where, in the landmark net's terms.</param>
/// <param name="Score">0..1.</param>
public readonly record struct FaceDetection(FaceRegion Region, float Score);
