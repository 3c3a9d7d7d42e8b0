using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Ffmpeg;

/// <summary>
/// ffmpeg that receives a picture by RTP, decodes it and writes one line per decoded picture. It reads RTCP before RTP that came
/// earlier, and a BYE ends it: so RTCP is kept from it until it has read all RTP. A silence of 10 s would end it too, which a busy
/// machine reaches: it waits longer.
/// </summary>
internal sealed class FfmpegReceiver : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly ExternalProcess _process;
    private readonly int _port;
    private readonly ConcurrentQueue<Action> _rtcp;

    private FfmpegReceiver(TempFolder folder, ExternalProcess process, MediaTap tap, int port, ConcurrentQueue<Action> rtcp)
    {
        _folder = folder;
        _process = process;
        Tap = tap;
        _port = port;
        _rtcp = rtcp;
    }

    /// <summary>What the gateway sends to; may lose what passes.</summary>
    public MediaTap Tap { get; }

    /// <summary>Warnings and errors so far: nothing, when all is well.</summary>
    public string Complaints => _process.Errors;

    /// <summary>True when a picture was decoded and written.</summary>
    public bool HasPictures => File.Exists(_folder.File("pictures.crc")) && File.ReadAllLines(_folder.File("pictures.crc")).Any(line => !line.StartsWith('#'));

    /// <summary>Starts ffmpeg and waits until it listens.</summary>
    /// <param name="answer">What it takes.</param>
    /// <param name="offer">The gateway's SDP.</param>
    /// <param name="key">The gateway's SRTP key; null: plain RTP.</param>
    public static async Task<FfmpegReceiver> StartAsync(VideoAnswer answer, string offer, string? key = null)
    {
        string ffmpeg = Tool.Ffmpeg;
        int port = FreePorts.Range(2);
        var folder = new TempFolder();
        string sdp = folder.Write("stream.sdp", answer.ForFfmpeg(port, answer.PayloadType(offer), key));
        ExternalProcess process = ExternalProcess.Start(
            ffmpeg,
            [
                "-nostdin", "-hide_banner", "-nostats", "-v", "warning", "-protocol_whitelist", "file,udp,rtp,srtp", "-buffer_size", "4000000",
                "-analyzeduration", "1000000", "-listen_timeout", "300", "-i", sdp, "-map", "0:v", "-fps_mode", "passthrough", "-enc_time_base", "1:90000",
                "-f", "framecrc", folder.File("pictures.crc"),
            ]);
        await Until.TrueAsync(
            () => process.HasExited || !FreePorts.IsUdpFree(IPAddress.Loopback, port), "ffmpeg to listen", () => process.Report);
        Assert.False(process.HasExited, process.Report);
        var rtcp = new ConcurrentQueue<Action>();
        var tap = new MediaTap
        {
            PeerPort = port,
            GatewayPort = VideoAnswer.Port(offer),
            Forward = (packet, pass) =>
            {
                if (packet.FromGateway && packet.IsRtcp)
                    rtcp.Enqueue(pass);
                else
                    pass();
            },
        };
        return new FfmpegReceiver(folder, process, tap, port, rtcp);
    }

    /// <summary>After the call: lets ffmpeg read all pictures, then the BYE of RTCP that ends it, and reads what it decoded.</summary>
    /// <param name="sent">Pictures that the gateway sent.</param>
    /// <returns>Bytes of each decoded picture (I420).</returns>
    public async Task<IReadOnlyList<int>> PicturesAsync(long sent)
    {
        await Until.TrueAsync(
            () => Tap.Rtp.Count(packet => packet.IsMarked) == sent, $"{sent} pictures at the tap", () => $"{Tap.Rtp.Count(packet => packet.IsMarked)}");
        await Until.TrueAsync(() => UdpQueue.WaitingBytes(_port) == 0, "ffmpeg to read all RTP", () => _process.Report);
        await Until.TrueAsync(PassedAllToItsEnd, "ffmpeg to end by the BYE", () => _process.Report);
        Assert.Equal(0, await _process.EndedAsync());
        return [.. (await File.ReadAllLinesAsync(_folder.File("pictures.crc")))
            .Where(line => !line.StartsWith('#'))
            .Select(line => int.Parse(line.Split(',')[4], CultureInfo.InvariantCulture))]; // stream, dts, pts, duration, size, checksum
    }

    // The BYE may reach the tap after all that the test has waited for.
    private bool PassedAllToItsEnd()
    {
        while (_rtcp.TryDequeue(out Action? pass))
            pass();
        return _process.HasExited;
    }

    public async ValueTask DisposeAsync()
    {
        await Tap.DisposeAsync();
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
