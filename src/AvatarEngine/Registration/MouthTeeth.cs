using System.Numerics;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Registration;

/// <summary>Looks for teeth in an open mouth.</summary>
internal static class MouthTeeth
{
    /// <summary>Luma of teeth over that of the lips' upper skin from which a pixel counts.</summary>
    private const float BrightAsSkin = 0.8f;

    /// <summary>Part of the area between the inner lips that is as bright as the skin over the mouth, 0..1; 0 for closed lips.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="points"><see cref="FacePoints.Count"/> landmarks in its pixels.</param>
    public static float Share(I420View picture, ReadOnlySpan<Vector2> points)
    {
        // Between nose and upper lip there is skin in the same light.
        Vector2 skin = Vector2.Lerp(points[FacePoints.NoseBase], points[FacePoints.UpperLipTop], 0.5f);
        float border = BrightAsSkin * Math.Max(1, At(picture, skin) - 16);
        int bright = 0, all = 0;
        for (int i = 2; i <= 8; i++) // Away from the corners.
        {
            Vector2 upper = points[FacePoints.InnerLips + i];
            Vector2 lower = points[FacePoints.InnerLips + 20 - i];
            int steps = (int)(lower.Y - upper.Y);
            for (int k = 1; k < steps; k++)
            {
                all++;
                bright += At(picture, Vector2.Lerp(upper, lower, (float)k / steps)) - 16 > border ? 1 : 0;
            }
        }

        return all == 0 ? 0 : (float)bright / all;
    }

    private static int At(I420View picture, Vector2 p)
    {
        int x = Math.Clamp((int)(p.X + 0.5f), 0, picture.Width - 1);
        int y = Math.Clamp((int)(p.Y + 0.5f), 0, picture.Height - 1);
        return picture.Y[(y * picture.YStride) + x];
    }
}
