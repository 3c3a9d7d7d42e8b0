using System.Net;
using System.Net.Sockets;
using System.Text.Json;

using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Gateway.Options;

namespace Avatar2D.Gateway.Tests.Doctor;

public sealed class DoctorTests
{
    private static readonly DoctorMachine GoodMachine = new()
    {
        Runtime = new Version(10, 0, 12),
        System = "Linux, x64",
        Cores = 2,
        MemoryBytes = 4L << 30,
        OpenFiles = 524288,
        EphemeralPorts = (32768, 60999),
    };

    private static readonly DoctorProbes GoodProbes = new()
    {
        Libraries = () => [new DoctorLibrary("libopus", "1.3.1", "libopus0")],
        FaceModel = _ => new DoctorModel("base-1", "Cpu: the fastest that works", IsLess: false),
        Bind = (_, _) => null,
        Write = _ => null,
    };

    private static readonly OptionsLoadResult GoodSettings = new(new GatewayOptions(), [], "config/gateway.json");

    private static DoctorReport Run(DoctorMachine? machine = null, OptionsLoadResult? settings = null, DoctorProbes? probes = null) =>
        new Diagnostics.Doctor(machine ?? GoodMachine, settings ?? GoodSettings, probes ?? GoodProbes).Run();

    [Fact]
    public void Run_GoodMachine_IsOk()
    {
        DoctorReport report = Run();
        Assert.All(report.Checks, c => Assert.Equal((DoctorStatus.Ok, null), (c.Status, c.Advice)));
        Assert.Equal(0, report.ExitCode);
        Assert.True(report.Ok);
        Assert.Contains(report.Checks, c => c.Name == "cores" && c.Found.Contains("8 calls", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_LibraryMissing_FailsWithThePackage()
    {
        DoctorReport report = Run(probes: GoodProbes with
        {
            Libraries = () => [new DoctorLibrary("libavcodec", null, "libavcodec59"), new DoctorLibrary("h264_nvenc", null, "a driver", true)],
        });
        DoctorFinding failed = Assert.Single(report.Checks, c => c.Status != DoctorStatus.Ok);
        Assert.Equal(("libavcodec", DoctorStatus.Failed, "apt-get install libavcodec59"), (failed.Name, failed.Status, failed.Advice));
        Assert.Equal(3, report.ExitCode);
    }

    [Fact]
    public void Run_FaceModelMissing_FailsWithTheSetting()
    {
        DoctorReport report = Run(probes: GoodProbes with { FaceModel = _ => new DoctorModel(null, "it is not there", IsLess: false) });
        DoctorFinding failed = Assert.Single(report.Checks, c => c.Status != DoctorStatus.Ok);
        Assert.Equal(("face model", DoctorStatus.Failed, "it is not there"), (failed.Name, failed.Status, failed.Found));
        Assert.Contains("Engine:Model", failed.Advice, StringComparison.Ordinal);
        Assert.Equal(3, report.ExitCode);
    }

    [Fact]
    public void Run_ProviderThatWasAskedForMissing_Warns()
    {
        DoctorReport report = Run(probes: GoodProbes with { FaceModel = _ => new DoctorModel("base-1", "Cpu: not Cuda", IsLess: true) });
        Assert.Contains("-p:OnnxRuntime=Gpu", Assert.Single(report.Checks, c => c.Status == DoctorStatus.Warning).Advice, StringComparison.Ordinal);
        Assert.True(report.Ok);
    }

    [Fact]
    public void Run_EngineSwitchedOff_DoesNotLookForAModel()
    {
        var off = new GatewayOptions { Engine = new EngineOptions { Enabled = false } };
        DoctorProbes probes = GoodProbes with { FaceModel = _ => throw new InvalidOperationException("looked") };
        Assert.True(Run(settings: new OptionsLoadResult(off, [], null), probes: probes).Ok);
    }

    [Fact]
    public void Run_EncoderOfTheSettingsMissing_FailsWithTheSetting()
    {
        DoctorProbes probes = GoodProbes with { Libraries = () => [new DoctorLibrary("libx265", null, "libavcodec59", true, "no such encoder")] };
        DoctorFinding failed = Assert.Single(Run(probes: probes).Checks, c => c.Status == DoctorStatus.Failed);
        Assert.Equal("no such encoder", failed.Found);
        Assert.Contains("Video:H265Encoder", failed.Advice, StringComparison.Ordinal);

        var onlyH264 = new GatewayOptions { Video = new VideoOptions { Codecs = [VideoCodecChoice.H264] } };
        Assert.True(Run(settings: new OptionsLoadResult(onlyH264, [], null), probes: probes).Ok);
    }

    [Fact]
    public void Run_WrongSettings_ListsThemAllAndSkipsWhatNeedsThem()
    {
        DoctorReport report = Run(settings: new OptionsLoadResult(new GatewayOptions(), ["one", "two"], null));
        Assert.Equal(["one", "two"], report.Checks.Where(c => c.Name == "settings").Select(c => c.Found));
        Assert.DoesNotContain(report.Checks, c => c.Name.StartsWith("port", StringComparison.Ordinal));
        Assert.Equal(2, report.ExitCode);
    }

    [Fact]
    public void Run_PortInUse_WarnsOnly()
    {
        DoctorReport report = Run(probes: GoodProbes with { Bind = (_, p) => p.Port == 5060 ? "Address already in use" : null });
        Assert.Equal(["port udp 0.0.0.0:5060", "port tcp 0.0.0.0:5060"], report.Checks.Where(c => c.Status == DoctorStatus.Warning).Select(c => c.Name));
        Assert.True(report.Ok);
    }

    [Fact]
    public void Run_WeakMachine_SaysWhatToDo()
    {
        DoctorReport report = Run(GoodMachine with
        {
            Runtime = new Version(9, 0),
            Cores = 1,
            MemoryBytes = 512L << 20,
            OpenFiles = 1000,
            EphemeralPorts = (1024, 65535),
        });
        Assert.Equal([".NET"], report.Checks.Where(c => c.Status == DoctorStatus.Failed).Select(c => c.Name));
        Assert.Equal(["cores", "memory", "open files", "media ports"], report.Checks.Where(c => c.Status == DoctorStatus.Warning).Select(c => c.Name));
        Assert.Contains("ulimit -n 1056", report.Checks.Single(c => c.Name == "open files").Advice, StringComparison.Ordinal);
        Assert.All(report.Checks.Where(c => c.Status != DoctorStatus.Ok), c => Assert.NotNull(c.Advice));
    }

    [Fact]
    public void Run_CdrFolderReadOnly_Fails()
    {
        DoctorReport report = Run(probes: GoodProbes with { Write = _ => "Read-only file system" });
        Assert.Equal("CDR file", Assert.Single(report.Checks, c => c.Status == DoctorStatus.Failed).Name);
        Assert.Equal(3, report.ExitCode);
    }

    [Fact]
    public void ToJson_OfReport_HasNamedFields()
    {
        using JsonDocument json = JsonDocument.Parse(Run().ToJson());
        Assert.True(json.RootElement.GetProperty("ok").GetBoolean());
        Assert.Equal(0, json.RootElement.GetProperty("exitCode").GetInt32());
        Assert.Equal("ok", json.RootElement.GetProperty("checks")[0].GetProperty("status").GetString());
        Assert.Equal(".NET", json.RootElement.GetProperty("checks")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void WriteTo_OfReport_HasALinePerCheckAndASum()
    {
        var writer = new StringWriter();
        DoctorReport report = Run(GoodMachine with { Cores = 1 });
        report.WriteTo(writer);
        string[] lines = writer.ToString().TrimEnd().Split(Environment.NewLine);
        Assert.Equal(report.Checks.Count + 2, lines.Length);
        Assert.Contains(lines, l => l.StartsWith("WARN  cores", StringComparison.Ordinal));
        Assert.EndsWith("0 failed, 1 warned", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfThisMachine_FindsItsFacts()
    {
        DoctorMachine machine = DoctorMachine.Read();
        Assert.True(machine.Cores >= 1);
        Assert.True(machine.MemoryBytes > 1 << 20);
        if (OperatingSystem.IsLinux())
            Assert.True(machine.OpenFiles > 0);
    }

    [Fact]
    public void Read_OfProcFiles_TakesSoftLimitAndRange()
    {
        DirectoryInfo proc = Directory.CreateTempSubdirectory("avatar2d-proc-");
        try
        {
            Directory.CreateDirectory(Path.Combine(proc.FullName, "self"));
            Directory.CreateDirectory(Path.Combine(proc.FullName, "sys", "net", "ipv4"));
            File.WriteAllText(
                Path.Combine(proc.FullName, "self", "limits"),
                "Limit                     Soft Limit           Hard Limit           Units\nMax open files            1024                 524288               files\n");
            File.WriteAllText(Path.Combine(proc.FullName, "sys", "net", "ipv4", "ip_local_port_range"), "32768\t60999\n");
            DoctorMachine machine = DoctorMachine.Read(proc.FullName);
            Assert.Equal(1024, machine.OpenFiles);
            Assert.Equal((32768, 60999), machine.EphemeralPorts);
            Assert.Null(machine.NvidiaDriver);
        }
        finally
        {
            proc.Delete(recursive: true);
        }
    }

    [Fact]
    public void TryBind_PortTaken_SaysWhy()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var endPoint = (IPEndPoint)taken.LocalEndPoint!;
        Assert.NotNull(DoctorProbes.TryBind(SipListenProtocol.Udp, endPoint));
        Assert.Null(DoctorProbes.TryBind(SipListenProtocol.Udp, new IPEndPoint(IPAddress.Loopback, 0)));
        Assert.Null(DoctorProbes.TryBind(SipListenProtocol.Tcp, new IPEndPoint(IPAddress.Loopback, 0)));
    }

    [Fact]
    public void TryWriteBeside_FolderToBeMade_LooksAtItsParent()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("avatar2d-write-");
        try
        {
            Assert.Null(DoctorProbes.TryWriteBeside(Path.Combine(folder.FullName, "a", "b", "cdr.jsonl")));
            Assert.Empty(folder.GetFileSystemInfos());
            Assert.NotNull(DoctorProbes.TryWriteBeside("/proc/nowhere/cdr.jsonl"));
        }
        finally
        {
            folder.Delete();
        }
    }
}
