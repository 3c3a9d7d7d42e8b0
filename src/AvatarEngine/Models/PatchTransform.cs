using System.Numerics;

namespace Avatar2D.AvatarEngine.Models;

/// <summary>
/// Where the canonical patch lies in a picture: x = A u - B v + Tx, y = B u + A v + Ty, from patch pixels (u, v) of the
/// <see cref="CanonicalPatch.SizePx"/> patch to picture pixels (x, y); pixel centres stand at whole numbers on both sides.
/// </summary>
/// <param name="A">Scale times cosine, picture pixels per patch pixel.</param>
/// <param name="B">Scale times sine.</param>
/// <param name="Tx">Picture pixels.</param>
/// <param name="Ty">Picture pixels.</param>
public readonly record struct PatchTransform(double A, double B, double Tx, double Ty)
{
    /// <summary>Picture pixels per pixel of the canonical patch.</summary>
    public double Scale => Math.Sqrt((A * A) + (B * B));

    /// <summary>A point of the patch in the picture.</summary>
    public Vector2 ToPicture(Vector2 patch) =>
        new((float)((A * patch.X) - (B * patch.Y) + Tx), (float)((B * patch.X) + (A * patch.Y) + Ty));

    /// <summary>A point of the picture in the patch.</summary>
    public Vector2 ToPatch(Vector2 picture)
    {
        double n = (A * A) + (B * B);
        double x = picture.X - Tx;
        double y = picture.Y - Ty;
        return new Vector2((float)(((A * x) + (B * y)) / n), (float)(((A * y) - (B * x)) / n));
    }

    /// <summary>The same place after the picture was scaled by one factor and then moved, as a fit into another size does.</summary>
    /// <param name="factor">New pixels per old pixel, above zero.</param>
    /// <param name="moveX">New pixels to the right.</param>
    /// <param name="moveY">New pixels down.</param>
    public PatchTransform InScaledPicture(double factor, double moveX = 0, double moveY = 0) =>
        new(A * factor, B * factor, ((Tx + 0.5) * factor) - 0.5 + moveX, ((Ty + 0.5) * factor) - 0.5 + moveY);
}
