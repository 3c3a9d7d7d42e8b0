using System.Numerics;
using Avatar2D.AvatarEngine.Datasets;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Tests.Datasets;

public sealed class DrawnMeshTests : IDisposable
{
    /// <summary>Indices that motion.geometry, the samplers and the alignment read.</summary>
    private static readonly int[] Read = [0, 1, 2, 6, 13, 14, 17, 33, 61, 82, 87, 133, 152, 168, 234, 263, 291, 312, 317, 362, 454];

    private readonly GalleryRenderer _renderer = new(Gallery.Gallery.Maya, 256);

    [Fact]
    public void Fill_EveryPointThatTrainingReads_HasAPlace()
    {
        Vector3[] mesh = Mesh(default);
        Assert.All(Read, k => Assert.Contains(k, DrawnMesh.Placed));
        Assert.All(DrawnMesh.Placed, k => Assert.NotEqual(Vector3.Zero, mesh[k]));
        Assert.All(Enumerable.Range(0, mesh.Length).Except(DrawnMesh.Placed), k => Assert.Equal(Vector3.Zero, mesh[k]));
    }

    [Fact]
    public void Fill_Places_AreThoseOfTheDrawing()
    {
        Vector3[] mesh = Mesh(new FaceParameters { JawOpen = 0.5f });
        FaceLandmarks face = _renderer.Landmarks;
        Assert.Equal(face.MouthOpening, mesh[14].Y - mesh[13].Y, 0.05f);
        Assert.Equal(face.MouthWidth, mesh[291].X - mesh[61].X, 0.5f);
        Assert.Equal(face.Points[FaceLandmarks.Chin] - new Vector2(0.5f), new Vector2(mesh[152].X, mesh[152].Y)); // pixel centres at whole numbers
        Assert.True(mesh[33].X < mesh[133].X && mesh[133].X < mesh[362].X && mesh[362].X < mesh[263].X);
        Assert.True(mesh[168].Y < mesh[6].Y && mesh[6].Y < mesh[1].Y && mesh[1].Y < mesh[2].Y && mesh[2].Y < mesh[0].Y);
        Assert.True(mesh[234].X < mesh[61].X && mesh[454].X > mesh[291].X);
        Assert.True(mesh[0].Y < mesh[13].Y && mesh[14].Y < mesh[17].Y);
    }

    [Fact]
    public void Fill_StablePoints_FitTheTemplate()
    {
        Vector3[] mesh = Mesh(new FaceParameters { HeadRoll = 0.1f, EyeBlinkLeft = 1, EyeBlinkRight = 1 });
        int[] stable = [33, 133, 362, 263, 168, 6];
        Vector2[] points = [.. stable.Select(k => new Vector2(mesh[k].X, mesh[k].Y))];
        PatchTransform t = CanonicalPatch.Fit(points);
        for (int i = 0; i < stable.Length; i++)
            Assert.True(Vector2.Distance(t.ToPatch(points[i]), CanonicalPatch.Template[i]) < 10, $"point {stable[i]} is far off its place");
        Assert.Equal(0.1, Math.Atan2(t.B, t.A), 0.02); // The patch turns with the head.
    }

    [Fact]
    public void Measure_Movements_ShowInTheirMeasures()
    {
        float[] rest = Geometry(default);
        float[] open = Geometry(new FaceParameters { JawOpen = 0.7f });
        float[] round = Geometry(new FaceParameters { MouthPucker = 1 });
        float[] smile = Geometry(new FaceParameters { MouthSmileLeft = 1 });
        Assert.Equal(0, rest[MouthGeometry.Opening], 0.003f);
        Assert.True(open[MouthGeometry.Opening] > 0.1 && open[0] > rest[0] + 0.1);
        Assert.True(round[2] < rest[2] - 0.1 && round[12] > rest[12] + 0.03);
        Assert.True(smile[5] > rest[5] + 0.02 && smile[3] > rest[3] + 0.01); // The person's left corner, up and out.
        Assert.Equal(rest[6], smile[6], 0.005f);
    }

    public void Dispose() => _renderer.Dispose();

    private float[] Geometry(FaceParameters face)
    {
        Vector3[] mesh = Mesh(face);
        float[] geometry = new float[MouthGeometry.Count];
        float scale = (float)ShardFormat.EyeDistancePx / Vector3.Distance((mesh[33] + mesh[133]) / 2, (mesh[362] + mesh[263]) / 2);
        MouthGeometry.Measure([.. mesh.Select(p => p * scale)], geometry);
        return geometry;
    }

    private Vector3[] Mesh(FaceParameters face)
    {
        var mesh = new Vector3[ShardFormat.MeshPoints];
        _renderer.Render(face);
        DrawnMesh.Fill(_renderer.Landmarks, face, mesh);
        return mesh;
    }
}
