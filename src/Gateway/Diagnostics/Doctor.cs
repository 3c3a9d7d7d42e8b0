using System.Net;

using Avatar2D.Gateway.Options;

namespace Avatar2D.Gateway.Diagnostics;

/// <summary>
/// Looks at the machine and the settings and says what is there, what is missing and what to do. It changes nothing: ports are
/// bound for an instant and released.
/// </summary>
public sealed class Doctor
{
    /// <summary>Calls with a picture that one core carries: 400 frames/s on two cores, 25 frames/s a call.</summary>
    private const int PictureCallsPerCore = 4;

    /// <summary>Files beside the media sockets: listen points, TCP connections, libraries, HTTP.</summary>
    private const int OtherFiles = 256;

    private readonly DoctorMachine _machine;
    private readonly OptionsLoadResult _settings;
    private readonly DoctorProbes _probes;

    /// <summary>Makes a doctor.</summary>
    /// <param name="machine">Facts of the machine.</param>
    /// <param name="settings">Settings as loaded; when they are wrong, only the checks that need none are done.</param>
    /// <param name="probes">What is tried out.</param>
    public Doctor(DoctorMachine machine, OptionsLoadResult settings, DoctorProbes probes)
    {
        _machine = machine;
        _settings = settings;
        _probes = probes;
    }

    /// <summary>Does all checks.</summary>
    public DoctorReport Run()
    {
        List<DoctorFinding> findings = [.. Machine(), .. Libraries()];
        bool missing = findings.Exists(f => f.Status == DoctorStatus.Failed);
        if (_probes.Training is { } training)
            findings.Add(Training(training));
        findings.AddRange(Settings());
        if (_settings.IsValid)
            findings.AddRange([FaceModel(), FaceNetworks(), .. Limits(), .. Ports(), .. Files()]);
        int exitCode = !_settings.IsValid ? 2 : missing || findings.Exists(f => f.Status == DoctorStatus.Failed) ? 3 : 0;
        return new DoctorReport(findings, exitCode);
    }

    private IEnumerable<DoctorFinding> Machine()
    {
        yield return _machine.Runtime.Major >= 10
            ? new DoctorFinding(".NET", DoctorStatus.Ok, $"{_machine.Runtime} on {_machine.System}")
            : new DoctorFinding(".NET", DoctorStatus.Failed, $"{_machine.Runtime}", "install .NET 10: https://dot.net/download");
        yield return new DoctorFinding(
            "cores",
            _machine.Cores > 1 ? DoctorStatus.Ok : DoctorStatus.Warning,
            $"{_machine.Cores}, about {_machine.Cores * PictureCallsPerCore} calls with a 512x512 picture",
            _machine.Cores > 1 ? null : "on one core, picture and sound wait for each other; give it two");
        long mebibytes = _machine.MemoryBytes >> 20;
        yield return new DoctorFinding(
            "memory",
            mebibytes >= 1024 ? DoctorStatus.Ok : DoctorStatus.Warning,
            $"{mebibytes} MiB",
            mebibytes >= 1024 ? null : "give it 1 GiB or more");
        yield return new DoctorFinding("GPU", DoctorStatus.Ok, _machine.NvidiaDriver ?? "no NVIDIA driver; everything runs on the CPU");
    }

    private IEnumerable<DoctorFinding> Libraries()
    {
        foreach (DoctorLibrary library in _probes.Libraries())
        {
            string? setting = EncoderSetting(library.Name);
            if (library.Version is not null)
                yield return new DoctorFinding(library.Name, DoctorStatus.Ok, setting is null ? library.Version : $"{library.Version} ({setting})");
            else if (library.IsOptional && setting is null)
                yield return new DoctorFinding(library.Name, DoctorStatus.Ok, "not here, and not asked for");
            else
                yield return new DoctorFinding(
                    library.Name,
                    DoctorStatus.Failed,
                    library.Reason ?? "cannot be loaded",
                    setting is null
                        ? $"apt-get install {library.Package}"
                        : $"apt-get install {library.Package}, or name another encoder in {setting}");
        }
    }

    // The setting that asks for an encoder, when its codec is in use.
    private string? EncoderSetting(string name)
    {
        VideoOptions video = _settings.Options.Video;
        if (!video.Enabled)
            return null;
        if (name == video.H264Encoder && video.Codecs.Contains(VideoCodecChoice.H264))
            return "Video:H264Encoder";
        return name == video.H265Encoder && video.Codecs.Contains(VideoCodecChoice.H265) ? "Video:H265Encoder" : null;
    }

    private static DoctorFinding Training(DoctorLibrary library) => library.Version is { } version
        ? new DoctorFinding(library.Name, DoctorStatus.Ok, version)
        : new DoctorFinding(library.Name, DoctorStatus.Ok, "not here; calls do not need it, train and personalize do", library.Package);

    private DoctorFinding FaceNetworks()
    {
        const string Name = "face networks";
        return _probes.FaceNetworks(_settings.Options.Engine) is { } trouble
            ? new DoctorFinding(Name, DoctorStatus.Warning, trouble, "calls work without them; register and prepare VIDEO need them")
            : new DoctorFinding(Name, DoctorStatus.Ok, "detector and landmarks; register and prepare VIDEO can read faces");
    }

    private DoctorFinding FaceModel()
    {
        const string Name = "face model";
        if (!_settings.Options.Engine.Enabled)
            return new DoctorFinding(Name, DoctorStatus.Ok, "switched off (Engine:Enabled); avatars do not speak");
        DoctorModel model = _probes.FaceModel(_settings.Options.Engine);
        if (model.Name is null)
            return new DoctorFinding(Name, DoctorStatus.Failed, model.Detail, "install the folder of models again, or correct Engine:Folder and Engine:Model");
        string found = $"{model.Name} on {model.Detail}";
        return model.IsLess
            ? new DoctorFinding(
                Name, DoctorStatus.Warning, found,
                "for a GPU: a build with -p:OnnxRuntime=Gpu, the NVIDIA driver, CUDA and cuDNN (TensorRT for tensorrt); or Engine:Provider=cpu")
            : new DoctorFinding(Name, DoctorStatus.Ok, found);
    }

    private IEnumerable<DoctorFinding> Settings()
    {
        if (_settings.IsValid)
            yield return new DoctorFinding("settings", DoctorStatus.Ok, _settings.ConfigPath ?? "defaults (no file)");
        foreach (string error in _settings.Errors)
            yield return new DoctorFinding("settings", DoctorStatus.Failed, error, "correct it in the file or on the command line");
    }

    private IEnumerable<DoctorFinding> Limits()
    {
        int calls = _settings.Options.Calls.MaxCalls;
        long wanted = ((long)calls * GatewayOptionsValidator.PortsPerCall) + OtherFiles;
        if (_machine.OpenFiles is { } limit)
        {
            yield return new DoctorFinding(
                "open files",
                limit >= wanted ? DoctorStatus.Ok : DoctorStatus.Warning,
                limit == long.MaxValue ? "unlimited" : $"{limit}",
                limit >= wanted ? null : $"{calls} calls (Calls:MaxCalls) need {wanted}: ulimit -n {wanted}, or LimitNOFILE={wanted} in the systemd unit");
        }

        RtpOptions rtp = _settings.Options.Rtp;
        if (_machine.EphemeralPorts is { } own)
        {
            bool apart = rtp.PortMax < own.First || rtp.PortMin > own.Last;
            yield return new DoctorFinding(
                "media ports",
                apart ? DoctorStatus.Ok : DoctorStatus.Warning,
                $"{rtp.PortMin} to {rtp.PortMax}",
                apart ? null : $"the system itself gives out {own.First} to {own.Last}: choose Rtp:PortMin and Rtp:PortMax outside");
        }
    }

    private IEnumerable<DoctorFinding> Ports()
    {
        foreach (string text in _settings.Options.Sip.Listen)
        {
            if (SipListenPoint.TryParse(text, out SipListenPoint? point, out _))
                yield return Port(point.Protocol, point.EndPoint, "Sip:Listen");
        }

        if (HostPort.TryParse(_settings.Options.Http.Listen, out HostPort http, out _))
            yield return Port(SipListenProtocol.Tcp, http.EndPoint ?? new IPEndPoint(IPAddress.Loopback, http.Port), "Http:Listen");
        foreach (string text in _settings.Options.Rtp.BindAddresses)
        {
            if (RtpBindPoint.TryParse(text, out RtpBindPoint? point, out _))
                yield return Port(SipListenProtocol.Udp, new IPEndPoint(point.Address, _settings.Options.Rtp.PortMin), "Rtp:BindAddresses");
        }
    }

    // A busy port is a warning: the gateway itself may be running.
    private DoctorFinding Port(SipListenProtocol protocol, IPEndPoint endPoint, string setting)
    {
        string name = $"port {(protocol == SipListenProtocol.Udp ? "udp" : "tcp")} {endPoint}";
        return _probes.Bind(protocol, endPoint) is { } reason
            ? new DoctorFinding(name, DoctorStatus.Warning, reason, $"who has it: ss -lunpt | grep {endPoint.Port}; or change {setting}")
            : new DoctorFinding(name, DoctorStatus.Ok, "free");
    }

    private IEnumerable<DoctorFinding> Files()
    {
        CdrOptions cdr = _settings.Options.Cdr;
        if (!cdr.Enabled)
            yield break;
        yield return _probes.Write(cdr.Path) is { } reason
            ? new DoctorFinding("CDR file", DoctorStatus.Failed, $"{cdr.Path}: {reason}", "make the folder writable, or change Cdr:Path")
            : new DoctorFinding("CDR file", DoctorStatus.Ok, cdr.Path);
    }
}
