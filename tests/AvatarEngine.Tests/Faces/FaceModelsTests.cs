using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Tests.Faces;

public sealed class FaceModelsTests
{
    [Fact]
    public void Load_EmptyFolder_IsMissing()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        Assert.Equal(ModelFault.Missing, Assert.Throws<ModelException>(() => FaceModels.Load(folder)).Fault);
        Directory.Delete(folder, true);
    }

    [Theory]
    [InlineData("{\"format\":1,\"files\":{\"detector.onnx\":{\"sha256\":\"00\"}}}", ModelFault.Corrupt)]
    [InlineData("{\"format\":9}", ModelFault.WrongVersion)]
    [InlineData("{\"format\":1}", ModelFault.Corrupt)]
    [InlineData("not json", ModelFault.Corrupt)]
    public void Load_WrongManifest_SaysWhy(string manifest, ModelFault fault)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        string detector = Directory.CreateDirectory(Path.Combine(folder, FaceModels.DetectorFolder)).FullName;
        File.WriteAllBytes(Path.Combine(detector, "detector.onnx"), [1, 2, 3]);
        File.WriteAllText(Path.Combine(detector, "manifest.json"), manifest);
        Assert.Equal(fault, Assert.Throws<ModelException>(() => FaceModels.Load(folder)).Fault);
        Directory.Delete(folder, true);
    }

    [Fact]
    public void OnnxFaceNetwork_NoNetwork_IsCorrupt() => Assert.Equal(
        ModelFault.Corrupt, Assert.Throws<ModelException>(() => new OnnxFaceNetwork([1, 2, 3], "x.onnx", 3, 1)).Fault);
}
