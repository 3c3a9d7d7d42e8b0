using Avatar2D.AvatarEngine.Models;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Staging;

/// <summary>Scales a source picture into a stage's size; the host hands in its scaler.</summary>
/// <param name="source">The picture as decoded.</param>
/// <param name="target">The picture as it will be shown; every pixel is written.</param>
public delegate void FitPicture(I420View source, I420View target);

/// <summary>How pictures of a clip become those of a stage, and where a point of the clip then lies.</summary>
/// <param name="Scale">Scales one picture.</param>
/// <param name="Factor">Stage pixels per pixel of the clip.</param>
/// <param name="MoveX">Stage pixels to the right after scaling; below zero where the left edge is cut off.</param>
/// <param name="MoveY">Stage pixels down after scaling.</param>
public sealed record PictureFit(FitPicture Scale, double Factor, double MoveX, double MoveY)
{
    /// <summary>Where the face lies in the fitted picture.</summary>
    public PatchTransform Place(PatchTransform inClip) => inClip.InScaledPicture(Factor, MoveX, MoveY);
}
