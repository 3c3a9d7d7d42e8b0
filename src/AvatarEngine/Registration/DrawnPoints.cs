using System.Numerics;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Gallery;

namespace Avatar2D.AvatarEngine.Registration;

/// <summary>The landmarks of a drawn face, exactly: what the networks would read if they made no mistake.</summary>
public static class DrawnPoints
{
    private const int MeshPoints = 468;

    /// <summary>Reads them off.</summary>
    /// <param name="landmarks">Of the face drawn last.</param>
    /// <param name="face">What was drawn.</param>
    /// <param name="points">Receives <see cref="FacePoints.Count"/> places in picture pixels, pixel centres at whole numbers.</param>
    public static void Fill(FaceLandmarks landmarks, in FaceParameters face, Span<Vector2> points)
    {
        ArgumentNullException.ThrowIfNull(landmarks);
        Span<Vector3> mesh = stackalloc Vector3[MeshPoints];
        DrawnMesh.Fill(landmarks, face, mesh);

        // Three that training does not need: the temples, and the bridge between its last points.
        (mesh[127], mesh[356]) = (Centred(landmarks.Points[0]), Centred(landmarks.Points[32]));
        mesh[5] = (mesh[195] + mesh[4]) / 2;
        for (int i = 0; i < FacePoints.Count; i++)
        {
            Vector3 p = mesh[FacePoints.MeshIndices[i]];
            points[i] = new Vector2(p.X, p.Y);
        }
    }

    /// <summary>The drawing counts the first pixel's centre as 0.5, landmarks as 0.</summary>
    private static Vector3 Centred(Vector2 p) => new(p.X - 0.5f, p.Y - 0.5f, 0);
}
