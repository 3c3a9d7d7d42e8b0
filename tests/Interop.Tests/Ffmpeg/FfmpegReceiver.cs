using System.Globalization;
using System.Net;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Ffmpeg;

/// <summary>ffmpeg that receives a picture by RTP, decodes it and writes one line per decoded picture.</summary>
internal sealed class FfmpegReceiver : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly ExternalProcess _process;

    private FfmpegReceiver(TempFolder folder, ExternalProcess process)
    {
        _folder = folder;
        _process = process;
    }

    /// <summary>Warnings and errors so far: nothing, when all is well.</summary>
    public string Complaints => _process.Errors;

    /// <summary>True when a picture was decoded and written.</summary>
    public bool HasPictures => File.Exists(_folder.File("pictures.crc")) && File.ReadAllLines(_folder.File("pictures.crc")).Any(line => !line.StartsWith('#'));

    /// <summary>Starts ffmpeg and waits until it listens.</summary>
    /// <param name="description">SDP of the stream.</param>
    /// <param name="port">Its RTP port.</param>
    public static async Task<FfmpegReceiver> StartAsync(string description, int port)
    {
        string ffmpeg = Tool.Ffmpeg;
        var folder = new TempFolder();
        string sdp = folder.Write("stream.sdp", description);
        ExternalProcess process = ExternalProcess.Start(
            ffmpeg,
            [
                "-nostdin", "-hide_banner", "-nostats", "-v", "warning", "-protocol_whitelist", "file,udp,rtp,srtp", "-buffer_size", "4000000",
                "-analyzeduration", "1000000", "-i", sdp, "-map", "0:v", "-fps_mode", "passthrough", "-enc_time_base", "1:90000",
                "-f", "framecrc", folder.File("pictures.crc"),
            ]);
        await Until.TrueAsync(
            () => process.HasExited || !FreePorts.IsUdpFree(IPAddress.Loopback, port), "ffmpeg to listen", () => process.Report);
        Assert.False(process.HasExited, process.Report);
        return new FfmpegReceiver(folder, process);
    }

    /// <summary>Waits for ffmpeg's end, which the BYE of RTCP brings about, and reads what it decoded.</summary>
    /// <returns>Bytes of each decoded picture (I420).</returns>
    public async Task<IReadOnlyList<int>> PicturesAsync()
    {
        Assert.Equal(0, await _process.EndedAsync());
        return [.. (await File.ReadAllLinesAsync(_folder.File("pictures.crc")))
            .Where(line => !line.StartsWith('#'))
            .Select(line => int.Parse(line.Split(',')[4], CultureInfo.InvariantCulture))]; // stream, dts, pts, duration, size, checksum
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
