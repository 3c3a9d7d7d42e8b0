using System.Numerics;
using System.Text.Json;
using Avatar2D.AvatarEngine.Datasets;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Tests.Datasets;

public sealed class ShardClipWriterTests : IDisposable
{
    private const int Side = 160;
    private const int Frames = 12;

    private static readonly int[] Stable = [33, 133, 362, 263, 168, 6];

    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData(ClipUse.Train)]
    [InlineData(ClipUse.Test)]
    public void Complete_Clip_HasTheDocumentedFiles(ClipUse use)
    {
        ClipRecord record = Write(use);
        string clip = _folder.File("a__b");
        AssertArray(clip, "patches.npy", "|u1", Frames, 128, 128, 3);
        AssertArray(clip, "landmarks.npy", "<f2", Frames, 468, 3);
        AssertArray(clip, "geometry.npy", "<f4", Frames, 13);
        AssertArray(clip, "transforms.npy", "<f4", Frames, 4);
        AssertArray(clip, "pcm.npy", "<i2", (Frames * 640) + 1600);
        AssertArray(clip, "mel.npy", "<f2", ((Frames * 640) + 1600 + 199) / 200, 80);
        Assert.Equal(use != ClipUse.Train, File.Exists(Path.Combine(clip, "faces.npy")));
        if (use != ClipUse.Train)
            AssertArray(clip, "faces.npy", "|u1", Frames, 256, 256, 3);
        Assert.Equal(Frames, record.Frames);
        Assert.Equal(67 * 0.9, record.EyeDistancePx, 0.1);
    }

    [Fact]
    public void Complete_Record_HasTrainingsNames()
    {
        Write(ClipUse.Train);
        using var document = JsonDocument.Parse(File.ReadAllBytes(_folder.File("a__b/clip.json")));
        JsonElement json = document.RootElement;
        Assert.Equal(
            ["path", "person", "licence", "use", "frames", "first_frame", "sync_lag_frames", "sync_r", "eye_distance_px", "jitter_px", "mel"],
            json.EnumerateObject().Select(p => p.Name));
        Assert.Equal("train", json.GetProperty("use").GetString());
        Assert.Equal(
            ["sample_rate_hz", "hop", "window", "fft", "bands", "low_hz", "high_hz", "floor_power", "db_per_unit", "offset", "clip", "frames_per_window", "first_frame_offset"],
            json.GetProperty("mel").EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public void AddFrame_MovingFace_PatchIsSteadyAndPointsFollow()
    {
        Write(ClipUse.Train);
        string clip = _folder.File("a__b");
        float[] transforms = NpyArray.Read(Path.Combine(clip, "transforms.npy")).As<float>();
        Half[] points = NpyArray.Read(Path.Combine(clip, "landmarks.npy")).As<Half>();
        PatchTransform[] raw = [.. Enumerable.Range(0, Frames).Select(Motion)];
        for (int n = 0; n < Frames; n++)
        {
            PatchTransform wanted = FaceAlignment.SmoothAt(raw, n);
            Assert.Equal(wanted.Tx, transforms[(4 * n) + 2], 1e-3);
            Vector2 corner = wanted.ToPatch(Motion(n).ToPicture(CanonicalPatch.Template[0]));
            Assert.Equal(corner.X, (float)points[(3 * ((468 * n) + 33))], 0.02f);
            Assert.Equal(corner.Y, (float)points[(3 * ((468 * n) + 33)) + 1], 0.02f);
            Assert.Equal((Half)0, points[3 * ((468 * n) + 5)]); // Never placed.
        }
    }

    [Fact]
    public void Dispose_UnfinishedClip_LeavesNothing()
    {
        var shards = new ShardFolder(_folder.Path);
        using (ShardClipWriter writer = shards.Begin(Entry(ClipUse.Train)))
            writer.AddFrame(new byte[Side * Side * 4], Side, Mesh(0));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
        Assert.Null(shards.Find("a/b"));
    }

    [Fact]
    public void Begin_AfterAKilledRun_StartsAnew()
    {
        Directory.CreateDirectory(_folder.File("a__b.part"));
        File.WriteAllText(_folder.File("a__b.part/old.npy"), "half");
        Directory.CreateDirectory(_folder.File("a__b")); // Not whole: it has no record.
        Assert.Null(new ShardFolder(_folder.Path).Find("a/b"));
        Write(ClipUse.Train);
        Assert.False(File.Exists(_folder.File("a__b/old.npy")));
        Assert.False(Directory.Exists(_folder.File("a__b.part")));
        Assert.Equal(Frames, new ShardFolder(_folder.Path).Find("a/b")!.Frames);
    }

    [Fact]
    public void Find_BrokenRecord_SaysWhichFile()
    {
        Directory.CreateDirectory(_folder.File("a__b"));
        File.WriteAllText(_folder.File("a__b/clip.json"), "{\"path\":");
        var failure = Assert.Throws<InvalidDataException>(() => new ShardFolder(_folder.Path).Find("a/b"));
        Assert.Contains("clip.json", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static ClipEntry Entry(ClipUse use) => new() { Path = "a/b", Person = "p", Licence = "train", Use = use };

    private static PatchTransform Motion(int n) => new(0.9, 0.01 * (n % 2), 20 + (n % 3), 40 - (0.5 * n));

    private static Vector3[] Mesh(int n)
    {
        var mesh = new Vector3[468];
        for (int i = 0; i < Stable.Length; i++)
            mesh[Stable[i]] = new Vector3(Motion(n).ToPicture(CanonicalPatch.Template[i]), 0);
        return mesh;
    }

    private static void AssertArray(string clip, string file, string type, params int[] shape)
    {
        NpyArray array = NpyArray.Read(Path.Combine(clip, file));
        Assert.Equal(type, array.Type);
        Assert.Equal(shape, array.Shape);
    }

    private ClipRecord Write(ClipUse use)
    {
        using ShardClipWriter writer = new ShardFolder(_folder.Path).Begin(Entry(use));
        for (int n = 0; n < Frames; n++)
            writer.AddFrame(new byte[Side * Side * 4], Side, Mesh(n));
        return writer.Complete(new short[(Frames * 640) + 1600]);
    }
}
