using System.Numerics;
using System.Text.Json;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Tests.Faces;

/// <summary>The numbers that serving shares with training, from training/golden/conventions.json.</summary>
public sealed class FaceMathTests
{
    [Fact]
    public void MeshIndices_OfAllPoints_AreDifferentMeshPoints()
    {
        short[] mesh = FacePoints.MeshIndices.ToArray();
        Assert.Equal(FacePoints.Count, mesh.Length);
        Assert.Equal(mesh.Length, mesh.Distinct().Count());
        Assert.All(mesh, m => Assert.InRange(m, 0, 467));
    }

    [Theory]
    [InlineData(FacePoints.Chin, 152)]
    [InlineData(FacePoints.BridgeTop, 168)]
    [InlineData(FacePoints.NoseTip, 4)]
    [InlineData(FacePoints.NoseBase, 2)]
    [InlineData(FacePoints.RightEye, 33)]
    [InlineData(FacePoints.LeftEye, 362)]
    [InlineData(FacePoints.MouthRight, 61)]
    [InlineData(FacePoints.MouthLeft, 291)]
    [InlineData(FacePoints.UpperLipTop, 0)]
    [InlineData(FacePoints.LowerLipBottom, 17)]
    [InlineData(FacePoints.UpperLipInner, 13)]
    [InlineData(FacePoints.LowerLipInner, 14)]
    public void MeshIndices_OfANamedPoint_IsItsMeshPoint(int place, int mesh) => Assert.Equal(mesh, FacePoints.MeshIndices[place]);

    [Fact]
    public void Fit_GoldenPoints_IsTrainingsTransform()
    {
        float[] expected = Golden("alignment").GetProperty("transform_a_b_tx_ty").Numbers();
        PatchTransform t = FaceAlignment.Fit(GoldenPoints());
        Assert.Equal(expected[0], t.A, 1e-5);
        Assert.Equal(expected[1], t.B, 1e-5);
        Assert.Equal(expected[2], t.Tx, 1e-3);
        Assert.Equal(expected[3], t.Ty, 1e-3);
    }

    [Fact]
    public void Smooth_GoldenTransforms_AreTrainings()
    {
        PatchTransform[] frames = [.. Enumerable.Range(0, 12).Select(n =>
            new PatchTransform(1 + (n / 100.0), 0.002 * (n % 3), 100 + (n * n % 7), 50 - n))];
        var smooth = new PatchTransform[frames.Length];
        FaceAlignment.Smooth(frames, smooth);
        JsonElement[] expected = [.. Golden("alignment").GetProperty("smoothing_out_frame_0_5_11").EnumerateArray()];
        foreach ((int frame, JsonElement row) in new[] { 0, 5, 11 }.Zip(expected))
        {
            float[] numbers = row.Numbers();
            Assert.Equal(numbers[0], smooth[frame].A, 2e-5);
            Assert.Equal(numbers[1], smooth[frame].B, 2e-5);
            Assert.Equal(numbers[2], smooth[frame].Tx, 2e-5);
            Assert.Equal(numbers[3], smooth[frame].Ty, 2e-5);
        }
    }

    [Fact]
    public void Smooth_OntoItself_Throws()
    {
        var frames = new PatchTransform[3];
        Assert.Throws<ArgumentException>(() => FaceAlignment.Smooth(frames, frames));
    }

    [Fact]
    public void Measure_GoldenPoints_IsTrainingsMouthGeometry()
    {
        Vector2[] points = GoldenPoints();
        FaceAlignment.ToPatch(points, FaceAlignment.Fit(points), points);
        Span<float> measures = stackalloc float[MouthGeometry.Count];
        MouthGeometry.Measure(points, measures);
        float[] expected = Golden("motion").GetProperty("geometry").Numbers();
        for (int i = 0; i < MouthGeometry.Count - 1; i++) // the last, protrude, needs depth
            Assert.Equal(expected[i], measures[i], 2e-4);
        Assert.Equal(
            Golden("motion").GetProperty("geometry_names").EnumerateArray().Select(n => n.GetString()), MouthGeometry.Names);
    }

    [Fact]
    public void Around_TurnedFace_TurnsTheRegion()
    {
        Vector2[] points = GoldenShape();
        FaceRegion upright = FaceRegion.Around(points);
        Matrix3x2 turn = Matrix3x2.CreateRotation(0.4f) * Matrix3x2.CreateScale(1.5f) * Matrix3x2.CreateTranslation(30, 12);
        FaceRegion turned = FaceRegion.Around([.. points.Select(p => Vector2.Transform(p, turn))]);
        Vector2 centre = Vector2.Transform(new Vector2(upright.X, upright.Y), turn);
        Assert.Equal(centre.X, turned.X, 1e-2);
        Assert.Equal(centre.Y, turned.Y, 1e-2);
        Assert.Equal(upright.Side * 1.5f, turned.Side, 1e-2);
        Assert.Equal(upright.Roll + 0.4f, turned.Roll, 1e-4);
    }

    [Fact]
    public void Around_TooFewPoints_Throws() => Assert.Throws<ArgumentException>(() => FaceRegion.Around(new Vector2[5]));

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.35f, 0, 0)]
    [InlineData(-0.35f, 0.1f, 0)]
    [InlineData(0, 0.3f, 0.2f)]
    [InlineData(0.2f, -0.25f, -0.5f)]
    public void Estimate_ProjectedMeanFace_IsItsPose(float yaw, float pitch, float roll)
    {
        var pose = new HeadPose(yaw, pitch, roll, 60);
        Vector2[] points = new Vector2[FacePoints.Count];
        pose.Project(points);
        points = [.. points.Select(p => p + new Vector2(200, 150))];
        HeadPose found = HeadPose.Estimate(points);
        Assert.Equal(yaw, found.Yaw, 1e-3);
        Assert.Equal(pitch, found.Pitch, 1e-3);
        Assert.Equal(roll, found.Roll, 1e-3);
        Assert.Equal(60, found.EyeDistancePx, 1e-1);
    }

    [Fact]
    public void Estimate_AllPointsAlike_IsNoPose() => Assert.Equal(default, HeadPose.Estimate(new Vector2[FacePoints.Count]));

    private static JsonElement Golden(string part) => Fixture.Json("conventions.json").GetProperty(part);

    private static Vector2[] GoldenPoints() => [.. FacePoints.MeshIndices.ToArray().Select(k => new Vector2(60 + (37 * k % 101), 40 + (53 * k % 103)))];

    // Upright eyes and a box around them.
    private static Vector2[] GoldenShape()
    {
        Vector2[] points = [.. Enumerable.Range(0, FacePoints.Count).Select(k => new Vector2(80 + (k * 7 % 61), 90 + (k * 11 % 83)))];
        points[FacePoints.RightEye] = new(85, 110);
        points[FacePoints.RightEye + 4] = new(100, 110);
        points[FacePoints.LeftEye] = new(115, 110);
        points[FacePoints.LeftEye + 4] = new(130, 110);
        return points;
    }
}
