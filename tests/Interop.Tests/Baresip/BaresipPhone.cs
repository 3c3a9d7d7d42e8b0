using Avatar2D.Codecs.Files;
using Avatar2D.Codecs.Images;
using Avatar2D.Interop.Tests.Harness;
using Avatar2D.Media;

namespace Avatar2D.Interop.Tests.Baresip;

/// <summary>A running baresip: dials, shows what it sees and hears.</summary>
internal sealed class BaresipPhone : IPicturePhone
{
    private const int RtpPorts = 20;

    private readonly TempFolder _folder;
    private readonly ExternalProcess _process;
    private readonly BaresipControl _control;
    private int _snapshots;

    private BaresipPhone(TempFolder folder, ExternalProcess process, BaresipControl control)
    {
        _folder = folder;
        _process = process;
        _control = control;
    }

    /// <inheritdoc/>
    public string Name => "baresip";

    /// <summary>What baresip wrote, for the message of a failed test.</summary>
    public string Report => _process.Report;

    /// <summary>What happened, in baresip's words.</summary>
    public IReadOnlyList<string> Events => _control.Events;

    /// <summary>Starts baresip.</summary>
    public static async Task<BaresipPhone> StartAsync(BaresipOptions options)
    {
        string baresip = Tool.Baresip;
        var folder = new TempFolder();
        int control = FreePorts.One();
        string speech = RepeatedSpeech.Write(folder, options.SoundRateHz);
        BaresipConfig.Write(folder.Root, options, FreePorts.One(), control, FreePorts.Range(RtpPorts), RtpPorts, speech);
        ExternalProcess process = ExternalProcess.Start(baresip, [options.Address.Contains(':') ? "-6" : "-4", "-f", folder.Root, "-v", "-s"], folder.Root);
        return new BaresipPhone(folder, process, await BaresipControl.ConnectAsync(control, process));
    }

    /// <summary>Gives a command of baresip's menu.</summary>
    public Task<string> CommandAsync(string command, string? parameters = null) => _control.CommandAsync(command, parameters);

    /// <summary>Calls and waits until the call stands.</summary>
    public async Task DialAsync(string uri)
    {
        await CommandAsync("dial", uri);
        await Until.TrueAsync(
            () => Events.Contains("CALL_ESTABLISHED") || Events.Contains("CALL_CLOSED"), "baresip's call to be established", () => Report);
        Assert.DoesNotContain("CALL_CLOSED", Events);
    }

    /// <summary>Hangs up.</summary>
    public async Task HangUpAsync()
    {
        await CommandAsync("hangup");
        await Until.TrueAsync(() => Events.Contains("CALL_CLOSED"), "baresip's call to be closed", () => Report);
    }

    /// <summary>The next picture that baresip decodes.</summary>
    public async Task<I420Frame> SnapshotAsync()
    {
        string path = _folder.File($"seen{++_snapshots}.png");
        await CommandAsync("snapshot_recv", path);
        await Until.TrueAsync(() => IsWholePng(path), "baresip's snapshot of the received picture", () => Report);
        return ImageFile.Load(path);
    }

    /// <summary>Ends baresip and reads what it sent and what it heard, both as PCM.</summary>
    public async Task<(PcmClip Sent, PcmClip Heard)> SoundsAsync()
    {
        await _process.DisposeAsync(); // The dumps are closed with the call; the program is not needed any more.
        string[] files = Directory.GetFiles(_folder.File("sound"), "*.wav");
        Assert.True(files.Length == 2, $"baresip left {string.Join(", ", files)}");
        return (WavFile.Read(files.Single(file => file.EndsWith("enc.wav", StringComparison.Ordinal))),
            WavFile.Read(files.Single(file => file.EndsWith("dec.wav", StringComparison.Ordinal))));
    }

    public async ValueTask DisposeAsync()
    {
        await _control.DisposeAsync();
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A PNG ends in the 12 bytes of its IEND chunk.</summary>
    private static bool IsWholePng(string path)
    {
        if (!File.Exists(path))
            return false;
        byte[] bytes = File.ReadAllBytes(path);
        return bytes.Length > 60 && bytes.AsSpan(bytes.Length - 8, 4).SequenceEqual("IEND"u8);
    }
}
