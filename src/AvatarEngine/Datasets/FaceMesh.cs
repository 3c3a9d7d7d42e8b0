using System.Numerics;
using Avatar2D.AvatarEngine.Faces;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>Our landmarks on the 468-point mesh that training reads; what the mesh has besides stays (0, 0, 0).</summary>
internal static class FaceMesh
{
    /// <summary>Name of this set of points in clip.json.</summary>
    public const string LandmarkSet = "points110";

    // The nose tip has two names on the mesh; training reads the first.
    private const int NoseTip = 1;
    private const int NoseTipRead = 4;

    /// <summary>Fills a mesh.</summary>
    /// <param name="points"><see cref="FacePoints.Count"/> landmarks in picture pixels.</param>
    /// <param name="mesh">468 points; depth is not measured and is 0.</param>
    public static void Fill(ReadOnlySpan<Vector2> points, Span<Vector3> mesh)
    {
        for (int i = 0; i < points.Length; i++)
            mesh[FacePoints.MeshIndices[i]] = new Vector3(points[i], 0);
        mesh[NoseTip] = mesh[NoseTipRead];
    }
}
