using Avatar2D.AvatarEngine.Inference;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Gateway.Options;
using Microsoft.Extensions.Logging;

namespace Avatar2D.Gateway.Tests.Avatars;

/// <summary>Models are found, loaded once, and their faults cost only the mouth.</summary>
public sealed class FaceEngineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("avatar2d-models").FullName;
    private readonly KeptLog _log = new();

    public void Dispose()
    {
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void NetworksFor_ShippedModel_LoadsItOnceAndSaysWhere()
    {
        using var engine = new FaceEngine(new EngineOptions(), _log);
        FaceNetworks? networks = engine.NetworksFor(null);

        Assert.NotNull(networks);
        Assert.Same(networks, engine.NetworksFor("base-robust-standard"));
        Assert.StartsWith("base-robust-standard-", networks.Model.Name, StringComparison.Ordinal);
        Assert.Contains(_log.Lines, line => line.Message.Contains("Cpu: the fastest that works", StringComparison.Ordinal));
    }

    [Fact]
    public void Probe_GpuAskedForWithoutOne_SaysWhatRunsInstead()
    {
        DoctorModel model = FaceEngine.Probe(new EngineOptions { Provider = ProviderRequest.Cuda });
        Assert.StartsWith("base-robust-standard-", model.Name, StringComparison.Ordinal);
        Assert.True(model.IsLess);
        Assert.Contains("not Cuda", model.Detail, StringComparison.Ordinal);
        Assert.Null(FaceEngine.Probe(new EngineOptions { Folder = _folder }).Name);
    }

    [Fact]
    public void NetworksFor_EngineSwitchedOff_GivesNone()
    {
        using var engine = new FaceEngine(new EngineOptions { Enabled = false }, _log);
        Assert.Null(engine.NetworksFor(null));
        Assert.Empty(_log.Lines);
    }

    [Theory]
    [InlineData("missing", "has no model 'base-robust-standard'")]
    [InlineData("empty", "manifest.json is not there")]
    [InlineData("cut", "bytes, its manifest says")]
    [InlineData("changed", "SHA-256")]
    [InlineData("version", "format")]
    public void NetworksFor_DamagedModel_TellsWhyAndGivesNone(string damage, string reason)
    {
        Damage(damage);
        using var engine = new FaceEngine(new EngineOptions { Folder = _folder }, _log);

        Assert.Null(engine.NetworksFor(null));
        Assert.Null(engine.NetworksFor(null));
        (LogLevel level, string message) = Assert.Single(_log.Lines);
        Assert.Equal(LogLevel.Error, level);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Fact]
    public void FolderOf_FamilyName_TakesTheHighestNumber()
    {
        foreach (string name in (ReadOnlySpan<string>)["a-2", "a-10", "a-x", "ab-99"])
            Directory.CreateDirectory(Path.Combine(_folder, name));
        var options = new EngineOptions { Folder = _folder };

        Assert.Equal(Path.Combine(_folder, "a-10"), FaceEngine.FolderOf(options, "a"));
        Assert.Equal(Path.Combine(_folder, "a-2"), FaceEngine.FolderOf(options, "a-2"));
        Assert.Throws<ModelException>(() => FaceEngine.FolderOf(options, "b"));
    }

    private void Damage(string how)
    {
        if (how == "missing")
            return;
        string target = Path.Combine(_folder, "base-robust-standard-1");
        Directory.CreateDirectory(target);
        if (how == "empty")
            return;
        foreach (string file in Directory.EnumerateFiles(FaceEngine.FolderOf(new EngineOptions(), "base-robust-standard")))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        string decoder = Path.Combine(target, "decoder.onnx");
        byte[] bytes = File.ReadAllBytes(decoder);
        string manifest = Path.Combine(target, "manifest.json");
        switch (how)
        {
            case "cut":
                File.WriteAllBytes(decoder, bytes[..^1]);
                break;
            case "changed":
                bytes[^1] ^= 1;
                File.WriteAllBytes(decoder, bytes);
                break;
            default:
                File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"format\": 2", "\"format\": 99", StringComparison.Ordinal));
                break;
        }
    }
}
