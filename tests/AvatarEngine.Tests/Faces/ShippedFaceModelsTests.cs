using System.Numerics;
using System.Text.Json;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Tests.Faces;

/// <summary>The face nets of the models folder, on the characters that this program draws. Skipped while none is shipped.</summary>
public sealed class ShippedFaceModelsTests
{
    [Theory]
    [InlineData(FaceModels.DetectorFolder, "detector.onnx", FaceDetector.InputLength, new[] { FaceDetector.OutputLength })]
    [InlineData(FaceModels.LandmarksFolder, "landmarks.onnx", FaceLandmarker.InputLength, new[] { FacePoints.Count * 2, 1 })]
    public void Golden_OfANet_IsWhatPyTorchComputed(string folder, string file, int inputs, int[] outputs)
    {
        string path = Path.Combine(Folder(), folder);
        using var network = new OnnxFaceNetwork(File.ReadAllBytes(Path.Combine(path, file)), file, inputs, outputs);
        for (int i = 0; i < inputs; i++)
            network.Input[i] = (37L * i % 101 / 50.5f) - 1;
        network.Run();
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(path, "manifest.json")));
        int index = 0;
        foreach (JsonProperty golden in manifest.RootElement.GetProperty("golden").GetProperty("outputs").EnumerateObject())
        {
            float[] got = network.Output(index++).ToArray();
            Assert.Equal(golden.Value.GetProperty("mean").GetDouble(), got.Average(), 2e-3);
            Assert.All(golden.Value.GetProperty("first").Numbers().Zip(got), pair => Assert.Equal(pair.First, pair.Second, 5e-3));
        }
    }

    [Theory]
    [InlineData("maya")]
    [InlineData("jonas")]
    [InlineData("kiko")]
    public void Detect_DrawnCharacter_IsOneFaceInItsPlace(string name)
    {
        using FaceDetector detector = FaceModels.Load(Folder()).CreateDetector();
        DrawnFace drawn = Face(name, default);
        FaceRegion truth = FaceRegion.Around(drawn.Points);
        FaceDetection face = Assert.Single(detector.Detect(drawn.View).ToArray());
        Assert.True(Vector2.Distance(new(face.Region.X, face.Region.Y), new(truth.X, truth.Y)) < 0.2f * truth.Side, $"{face} for {truth}");
        Assert.InRange(face.Region.Side / truth.Side, 0.75f, 1.33f);
    }

    [Theory]
    [InlineData("maya", 0)]
    [InlineData("jonas", 0.6f)]
    [InlineData("kiko", 0.3f)]
    public void Update_DrawnCharacter_FindsEyesAndMouth(string name, float jawOpen)
    {
        using FaceTracker tracker = FaceModels.Load(Folder()).CreateTracker();
        DrawnFace drawn = Face(name, new FaceParameters { JawOpen = jawOpen });
        Assert.True(tracker.Update(drawn.View, TimeSpan.Zero));
        float unit = FacePoints.EyeDistance(drawn.Points);
        float error = Enumerable.Range(FacePoints.RightEye, FacePoints.Count - FacePoints.RightEye)
            .Average(i => Vector2.Distance(tracker.RawPoints[i], drawn.Points[i])) / unit;
        Assert.True(error < 0.08f, $"eyes and mouth are off by {error:P1} of the eye distance");
    }

    [Fact]
    public void Update_MouthOpens_OpeningFollows()
    {
        using FaceTracker tracker = FaceModels.Load(Folder()).CreateTracker();
        float Opening(float jaw)
        {
            tracker.Reset();
            tracker.Update(Face("maya", new FaceParameters { JawOpen = jaw }).View, TimeSpan.Zero);
            return FaceSignals.Measure(tracker.RawPoints).MouthOpening;
        }

        (float shut, float open) = (Opening(0), Opening(1));
        Assert.True(open > shut + 0.03f, $"shut {shut:0.000}, open {open:0.000}");
    }

    [Fact]
    public void Update_AfterWarmUp_AllocatesNothing()
    {
        using FaceTracker tracker = FaceModels.Load(Folder()).CreateTracker();
        DrawnFace drawn = Face("maya", default);
        int next = 0;
        for (; next < 4; next++)
            tracker.Update(drawn.View, TimeSpan.FromMilliseconds(40 * next));
        Assert.Equal(0, AllocationMeter.LeastBytes(() =>
        {
            for (int end = next + 5; next < end; next++)
                tracker.Update(drawn.View, TimeSpan.FromMilliseconds(40 * next));
        }));
    }

    [Fact]
    public void Load_DamagedNet_IsCorrupt()
    {
        string copy = Directory.CreateTempSubdirectory().FullName;
        foreach (string file in Directory.GetFiles(Folder(), "*", SearchOption.AllDirectories).Where(f => f.Contains("faces-", StringComparison.Ordinal)))
        {
            string to = Path.Combine(copy, Path.GetRelativePath(Folder(), file));
            Directory.CreateDirectory(Path.GetDirectoryName(to) ?? copy);
            File.Copy(file, to);
        }

        string net = Path.Combine(copy, FaceModels.DetectorFolder, "detector.onnx");
        byte[] bytes = File.ReadAllBytes(net);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(net, bytes);
        Assert.Equal(ModelFault.Corrupt, Assert.Throws<ModelException>(() => FaceModels.Load(copy)).Fault);
        Directory.Delete(copy, true);
    }

    private static string Folder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Avatar2D.sln")))
            folder = folder.Parent;
        string models = Path.Combine(folder?.FullName ?? "", "models");
        Assert.SkipUnless(
            File.Exists(Path.Combine(models, FaceModels.DetectorFolder, "detector.onnx"))
            && File.Exists(Path.Combine(models, FaceModels.LandmarksFolder, "landmarks.onnx")),
            "The face nets are not shipped.");
        return models;
    }

    private static DrawnFace Face(string name, FaceParameters parameters) =>
        new(Avatar2D.AvatarEngine.Gallery.Gallery.Find(name) ?? throw new ArgumentException(name), parameters);
}
