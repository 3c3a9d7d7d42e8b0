using System.Numerics;
using System.Text.Json;
using Avatar2D.AvatarEngine.Datasets;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Tests.Datasets;

/// <summary>Numbers of training/golden/conventions.json, which training's own tests hold to the Python code.</summary>
public class ConventionTests
{
    private static readonly JsonElement Golden = ReadGolden();

    [Fact]
    public void Fit_GoldenPoints_GivesTrainingsTransform()
    {
        PatchTransform t = GoldenTransform();
        double[] wanted = Numbers(Golden.GetProperty("alignment").GetProperty("transform_a_b_tx_ty"));
        AssertNear(wanted, [t.A, t.B, t.Tx, t.Ty], 1e-4);
    }

    [Fact]
    public void At_GoldenRamp_IsSmoothedAsInTraining()
    {
        PatchTransform[] ramp = [.. Enumerable.Range(0, 12).Select(n => new PatchTransform(1 + (n / 100.0), 0.002 * (n % 3), 100 + (n * n % 7), 50 - n))];
        double[][] wanted = [.. Golden.GetProperty("alignment").GetProperty("smoothing_out_frame_0_5_11").EnumerateArray().Select(Numbers)];
        int[] frames = [0, 5, 11];
        for (int i = 0; i < frames.Length; i++)
        {
            PatchTransform t = FaceAlignment.SmoothAt(ramp, frames[i]);
            AssertNear(wanted[i], [t.A, t.B, t.Tx, t.Ty], 1e-4);
        }
    }

    [Fact]
    public void Measure_GoldenPoints_GivesTrainingsGeometry()
    {
        PatchTransform t = GoldenTransform();
        Vector3[] mesh = [.. Enumerable.Range(0, ShardFormat.MeshPoints).Select(k =>
        {
            Vector3 p = Point(k);
            Vector2 place = t.ToPatch(new Vector2(p.X, p.Y));
            return new Vector3(place.X, place.Y, (float)(p.Z / t.Scale));
        })];
        float[] geometry = new float[MouthGeometry.Count];
        MouthGeometry.Measure(mesh, geometry);
        AssertNear(Numbers(Golden.GetProperty("motion").GetProperty("geometry")), [.. geometry.Select(v => (double)v)], 1e-4);
    }

    [Fact]
    public void Of_GoldenSound_GivesTrainingsFrames()
    {
        short[] pcm = [.. Enumerable.Range(0, 3000).Select(i => i < 2000 ? (short)((((7L * i * i) + (131 * i)) % 20011) - 10005) : (short)0)];
        float[] mel = MelFrames.Of(pcm);
        JsonElement golden = Golden.GetProperty("mel");
        Assert.Equal(golden.GetProperty("frames_total").GetInt32() * 80, mel.Length);
        double tolerance = golden.GetProperty("tolerance").GetDouble();
        foreach (JsonProperty frame in golden.GetProperty("frames").EnumerateObject())
        {
            int k = int.Parse(frame.Name, System.Globalization.CultureInfo.InvariantCulture);
            AssertNear(Numbers(frame.Value), [.. mel.AsSpan(k * 80, 80).ToArray().Select(v => (double)v)], tolerance);
        }
    }

    private static PatchTransform GoldenTransform()
    {
        Vector2[] stable = [.. new[] { 33, 133, 362, 263, 168, 6 }.Select(Point).Select(p => new Vector2(p.X, p.Y))];
        return CanonicalPatch.Fit(stable);
    }

    private static Vector3 Point(int k) => new(60 + (37 * k % 101), 40 + (53 * k % 103), 29 * k % 97 / 10f);

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetDouble())];

    private static void AssertNear(double[] wanted, double[] found, double tolerance)
    {
        Assert.Equal(wanted.Length, found.Length);
        for (int i = 0; i < wanted.Length; i++)
            Assert.InRange(found[i] - wanted[i], -tolerance, tolerance);
    }

    private static JsonElement ReadGolden()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Avatar2D.sln")))
            folder = Path.GetDirectoryName(folder);
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder!, "training/golden/conventions.json"))); // Tests run inside the repository.
        return document.RootElement.Clone();
    }
}
