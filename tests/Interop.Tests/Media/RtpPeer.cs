using System.Globalization;
using System.Text.Json;
using Avatar2D.Gateway.Options;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Media;

/// <summary>RTP, RTCP, codecs and SRTP of third parties (aiortc, libavcodec, libsrtp), led by the test; rtp-peer.py says how.</summary>
internal sealed class RtpPeer : IAsyncDisposable
{
    private const int Ports = 4;

    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web);

    private readonly ExternalProcess _process;
    private readonly int _port;

    private RtpPeer(ExternalProcess process, int port) => (_process, _port) = (process, port);

    /// <summary>Where sound is wanted; its RTCP one above.</summary>
    public int AudioPort => _port;

    /// <summary>Where the picture is wanted; its RTCP one above.</summary>
    public int VideoPort => _port + 2;

    /// <summary>What has come of the sound.</summary>
    public HeardSound Sound => Last?.Sound ?? HeardSound.Nothing;

    /// <summary>What has come of the picture.</summary>
    public SeenPicture Picture => Last?.Picture ?? SeenPicture.Nothing;

    /// <summary>RTCP packets of a type of aiortc's, as RtcpSrPacket.</summary>
    public int Reports(string type) => Last?.Reports.GetValueOrDefault(type) ?? 0;

    /// <summary>For the message of a failed test.</summary>
    public string Report => $"--- rtp-peer\n{string.Join('\n', _process.Output.Split('\n').TakeLast(3))}{_process.Errors}";

    private PeerFigures? Last => _process.Output.Split('\n').LastOrDefault(line => line.EndsWith('}')) is { } line
        ? JsonSerializer.Deserialize<PeerFigures>(line, Names) : null;

    /// <summary>Starts it and waits until its ports are open.</summary>
    /// <param name="address">Where its ports are.</param>
    public static async Task<RtpPeer> StartAsync(string address = "127.0.0.1")
    {
        string script = InstallationFiles.Find("tests/Interop.Tests/Media/rtp-peer.py") ?? throw new InvalidOperationException("rtp-peer.py is missing.");
        int port = FreePorts.Range(Ports, address);
        var peer = new RtpPeer(ExternalProcess.Start(Tool.PythonOf("aiortc"), ["-W", "ignore", script, address, port.ToString(CultureInfo.InvariantCulture)]), port);
        await Until.TrueAsync(() => peer._process.HasExited || peer.Last is not null, "rtp-peer.py", () => peer.Report);
        Assert.False(peer._process.HasExited, peer.Report);
        return peer;
    }

    /// <summary>Speaks a tone from now on, to where sound comes from.</summary>
    /// <param name="payloadType">Of the packets.</param>
    /// <param name="codec">pcmu, pcma or g722.</param>
    /// <param name="hz">The tone.</param>
    /// <param name="ms">Of one packet.</param>
    /// <param name="ssrc">As another source; null: as before.</param>
    /// <param name="leap">Of the timestamp, rtpTicks.</param>
    /// <param name="port">To this port instead; null: as before.</param>
    public Task SpeakAsync(int payloadType, string codec, int hz, int ms = 20, uint? ssrc = null, uint? leap = null, int? port = null) =>
        OrderAsync(new { @do = "speak", type = payloadType, codec, hz, ms, ssrc, leap, port });

    /// <summary>Sends comfort noise (RFC 3389) from now on.</summary>
    public Task NoiseAsync(int payloadType, int levelDbov) => OrderAsync(new { @do = "speak", type = payloadType, codec = "cn", level = levelDbov, ms = 100 });

    /// <summary>Sends no sound.</summary>
    public Task RestAsync() => OrderAsync(new { @do = "rest" });

    /// <summary>SRTP from now on.</summary>
    /// <param name="profile">In libsrtp's words.</param>
    /// <param name="outbound">Key of what it sends, base64.</param>
    /// <param name="inbound">Key of what it gets.</param>
    public Task UseKeysAsync(string profile, string outbound, string inbound) =>
        OrderAsync(new Dictionary<string, string> { ["do"] = "keys", ["profile"] = profile, ["out"] = outbound, ["in"] = inbound });

    /// <summary>Names a limit of the picture, or asks for a key frame.</summary>
    /// <param name="kind">remb, tmmbr or pli.</param>
    /// <param name="bitsPerSecond">The limit.</param>
    /// <param name="ssrc">Whom it is about; null: the picture that comes.</param>
    /// <param name="port">Where RTCP is wanted; null: beside where the picture comes from.</param>
    public Task LimitAsync(string kind, int bitsPerSecond, uint? ssrc = null, int? port = null) =>
        OrderAsync(new { @do = "feedback", kind, bps = bitsPerSecond, ssrc, port });

    /// <summary>Reports loss of the picture ten times a second from now on.</summary>
    /// <param name="share">0 to 1; null: no more reports.</param>
    /// <param name="ssrc">Whom it is about; null: the picture that comes.</param>
    public Task LoseAsync(double? share, uint? ssrc = null) => OrderAsync(new { @do = "lose", share, ssrc });

    /// <summary>Waits until a tone is heard.</summary>
    public Task HearsAsync(int hz, Func<string> details) => Until.TrueAsync(
        () => Sound is { Dbov: > -40 } sound && Math.Abs(sound.Hz - hz) < 25, $"{hz} Hz to be heard", () => $"{Report}\n{details()}");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private Task OrderAsync<T>(T order) => _process.WriteLineAsync(JsonSerializer.Serialize(order));
}
