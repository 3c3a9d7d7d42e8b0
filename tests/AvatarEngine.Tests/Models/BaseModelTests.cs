using System.Text.Json.Nodes;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Tests.Models;

public sealed class BaseModelTests : IDisposable
{
    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_WholeModel_KnowsItsSizes()
    {
        BaseModel model = BaseModel.Load(_folder.Root);
        Assert.Equal("mini", model.Name);
        Assert.Equal(32, model.PatchPx);
        Assert.Equal(24, model.CodeCount);
        Assert.True(model.Has(NetworkNames.Decoder));
        Assert.False(model.Has(NetworkNames.VisualEncoder));
    }

    [Theory]
    [InlineData("manifest.json")]
    [InlineData("decoder.onnx")]
    [InlineData("audio_encoder.onnx")]
    public void Load_FileGone_IsMissingByName(string file)
    {
        File.Delete(_folder.PathOf(file));
        AssertFault(ModelFault.Missing, file);
    }

    [Fact]
    public void Load_FolderGone_IsMissing()
    {
        var exception = Assert.Throws<ModelException>(() => BaseModel.Load(_folder.PathOf("nowhere")));
        Assert.Equal(ModelFault.Missing, exception.Fault);
    }

    [Fact]
    public void Load_FlippedBit_IsCorrupt()
    {
        byte[] file = File.ReadAllBytes(_folder.PathOf("decoder.onnx"));
        file[file.Length / 2] ^= 1;
        File.WriteAllBytes(_folder.PathOf("decoder.onnx"), file);
        AssertFault(ModelFault.Corrupt, "SHA-256");
    }

    [Fact]
    public void Load_CutFile_IsCorrupt()
    {
        byte[] file = File.ReadAllBytes(_folder.PathOf("decoder.onnx"));
        File.WriteAllBytes(_folder.PathOf("decoder.onnx"), file[..^1]);
        AssertFault(ModelFault.Corrupt, $"{file.Length - 1} bytes");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"format\":2,\"name\":null}")]
    public void Load_NoManifest_IsCorrupt(string text)
    {
        File.WriteAllText(_folder.PathOf("manifest.json"), text);
        AssertFault(ModelFault.Corrupt, "manifest");
    }

    [Fact]
    public void Load_NetworkWithoutHash_IsCorrupt()
    {
        _folder.EditManifest(m => m["files"]!.AsObject().Remove("decoder.onnx"));
        AssertFault(ModelFault.Corrupt, "no hash of decoder.onnx");
    }

    [Fact]
    public void Load_NextFormat_IsWrongVersion()
    {
        _folder.EditManifest(m => m["format"] = 3);
        AssertFault(ModelFault.WrongVersion, "format 3");
    }

    [Theory]
    [InlineData("mel.hop", "160", "mel")]
    [InlineData("mel.clip", "5.0", "mel")]
    [InlineData("code.explicit", "[\"lipGap\",\"jawOpen\"]", "explicit")]
    [InlineData("code.residual", "4", "decoder inputs")]
    [InlineData("alignment.template_px", "[[0,0]]", "template")]
    [InlineData("patch_px", "33", "33 px")]
    [InlineData("patch_px", "64", "source_encoder inputs")]
    [InlineData("window", "[0,0,40]", "window of 40 px")]
    [InlineData("window", "[0,0,24]", "window of 24 px")]
    [InlineData("tensors.decoder.outputs.field.shape", "[\"b\",6,16,16]", "decoder outputs")]
    [InlineData("tensors.audio_encoder.inputs.mel.shape", "[\"b\",1,80,20]", "audio_encoder inputs")]
    [InlineData("tensors.source_encoder.outputs.f2.shape", "[\"b\",9,16,16]", "decoder inputs")]
    public void Load_OtherConventions_IsMismatch(string place, string value, string message)
    {
        _folder.EditManifest(m =>
        {
            string[] path = place.Split('.');
            JsonNode node = path[..^1].Aggregate(m, (n, name) => n[name]!);
            node[path[^1]] = JsonNode.Parse(value);
        });
        AssertFault(ModelFault.Mismatch, message);
    }

    [Fact]
    public void Load_NetworkNotListed_IsMismatch()
    {
        _folder.EditManifest(m => m["tensors"]!.AsObject().Remove("decoder"));
        AssertFault(ModelFault.Mismatch, "'decoder'");
    }

    private void AssertFault(ModelFault fault, string message)
    {
        var exception = Assert.Throws<ModelException>(() => BaseModel.Load(_folder.Root));
        Assert.Equal(fault, exception.Fault);
        Assert.Contains(message, exception.Message, StringComparison.OrdinalIgnoreCase);
    }
}
