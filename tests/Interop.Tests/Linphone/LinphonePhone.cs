using System.Globalization;
using System.Text.RegularExpressions;
using Avatar2D.Codecs.Images;
using Avatar2D.Interop.Tests.Harness;
using Avatar2D.Media;

namespace Avatar2D.Interop.Tests.Linphone;

/// <summary>A running linphonec, led over its standard input: speaks a file, decodes the picture, gives it away as JPEG.</summary>
internal sealed partial class LinphonePhone : IPicturePhone
{
    private readonly TempFolder _folder;
    private readonly ExternalProcess _process;
    private int _snapshots;

    private LinphonePhone(TempFolder folder, ExternalProcess process)
    {
        _folder = folder;
        _process = process;
    }

    /// <inheritdoc/>
    public string Name => "linphone";

    /// <inheritdoc/>
    public string Report => $"{_process.Report}\n{Log}";

    /// <summary>Packets of the picture that linphone counted, and those that it missed; after the call.</summary>
    public (int Received, int Lost) VideoPackets
    {
        get
        {
            Match counts = VideoStatistics().Matches(Log).LastOrDefault() ?? throw new InvalidDataException($"linphone counted no video.\n{Report}");
            return (Number(counts.Groups[1]), Number(counts.Groups[2]));
        }
    }

    private string Log
    {
        get
        {
            using var reader = new StreamReader(new FileStream(_folder.File("log"), FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd();
        }
    }

    /// <summary>Starts linphonec.</summary>
    /// <param name="audioCodec">In linphone's words.</param>
    /// <param name="password">What the user "caller" of the realm avatar2d says when asked; null: nothing.</param>
    public static async Task<LinphonePhone> StartAsync(string audioCodec, string? password = null)
    {
        string linphone = Tool.Linphone;
        var folder = new TempFolder();
        string speech = RepeatedSpeech.Write(folder, 16_000);
        string config = LinphoneConfig.Write(folder.Root, audioCodec, FreePorts.One(), FreePorts.Range(4), password);
        ExternalProcess process = ExternalProcess.Start(
            Tool.PathOf("env", "coreutils"),
            ["-u", "DISPLAY", "-u", "WAYLAND_DISPLAY", $"HOME={folder.Root}", linphone, "-c", config, "-D", "-d", "6", "-l", folder.File("log")], folder.Root);
        var phone = new LinphonePhone(folder, process);
        await phone.CommandAsync("soundcard use files", "Using wav files instead of soundcard");
        await phone.CommandAsync($"play {speech}");
        await phone.CommandAsync($"record {folder.File("heard.wav")}");
        return phone;
    }

    /// <inheritdoc/>
    public Task DialAsync(string uri) => CommandAsync($"call {uri}", " connected.");

    /// <summary>Calls and waits until the call has failed.</summary>
    public Task DialInVainAsync(string uri) => CommandAsync($"call {uri}", " error.");

    /// <inheritdoc/>
    public async Task<I420Frame> SnapshotAsync()
    {
        string path = _folder.File($"seen{++_snapshots}.jpg");
        await CommandAsync($"snapshot {path}");
        await Until.TrueAsync(() => File.Exists(path), "linphone's snapshot of the received picture", () => Report); // Renamed when it is whole.
        return ImageFile.Load(path);
    }

    /// <inheritdoc/>
    public async Task HangUpAsync()
    {
        await CommandAsync("terminate", " ended (");
        await CommandAsync("quit");
        await _process.EndedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Gives a command.</summary>
    /// <param name="command">As a user types it.</param>
    /// <param name="answer">Text that linphone prints when it is done; null does not wait.</param>
    private async Task CommandAsync(string command, string? answer = null)
    {
        await _process.WriteLineAsync(command);
        if (answer is not null)
            await Until.TrueAsync(() => _process.Output.Contains(answer, StringComparison.Ordinal), $"linphone's answer to {command}", () => Report);
    }

    private static int Number(Group digits) => int.Parse(digits.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"VIDEO SESSION'S RTP STATISTICS.*?-received +(\d+) packets.*?cumulative lost +(-?\d+) packets", RegexOptions.Singleline)]
    private static partial Regex VideoStatistics();
}
