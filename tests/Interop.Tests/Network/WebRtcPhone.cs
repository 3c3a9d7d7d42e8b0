using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Avatar2D.Gateway.Options;
using Avatar2D.Interop.Tests.Harness;
using Avatar2D.Media;
using Avatar2D.Sip.Dialogs;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.Transports;
using Avatar2D.Sip.UserAgent;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Interop.Tests.Network;

/// <summary>
/// A WebRTC softphone: media by aiortc (full ICE, DTLS by OpenSSL), signalling by our own SIP. It asks for the picture in its INVITE.
/// </summary>
internal sealed class WebRtcPhone : IPicturePhone, ISipUserAgentHandler, ISipSessionSink, IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly ExternalProcess _media;
    private readonly SipUserAgent _agent;
    private readonly ConcurrentQueue<SipSessionEvent> _events = new();
    private SipSession? _session;

    private WebRtcPhone(TempFolder folder, ExternalProcess media)
    {
        _folder = folder;
        _media = media;
        SipListeningPoint Point(SipTransportProtocol protocol) => new() { Protocol = protocol, Bind = new IPEndPoint(IPAddress.Loopback, 0) };
        _agent = new SipUserAgent(
            new SipUserAgentOptions { Product = "interop-webrtc", ContactUser = "browser", ListeningPoints = [Point(SipTransportProtocol.Udp), Point(SipTransportProtocol.Tcp)] },
            this, TimeProvider.System, NullLoggerFactory.Instance);
    }

    public string Name => "aiortc";

    public string Report => $"{_media.Report}\n{string.Join('\n', _events)}";

    /// <summary>Our SDP as aiortc wrote it.</summary>
    public string Offer { get; private set; } = "";

    /// <summary>The gateway's answer; empty before.</summary>
    public string Answer { get; private set; } = "";

    /// <summary>State of the connection in the words of WebRTC.</summary>
    public string State => Figure("state").GetString() ?? "";

    /// <summary>Pictures decoded so far.</summary>
    public int Pictures => Figure("video").GetInt32();

    /// <summary>Pieces of sound decoded so far.</summary>
    public int Sounds => Figure("audio").GetInt32();

    /// <summary>Packets of the picture that were lost on their way in.</summary>
    public int Lost => Figure("lost").GetInt32();

    /// <summary>Packets that came again in the stream that is for that (RFC 4588).</summary>
    public int Retransmitted => Figure("rtx").GetInt32();

    /// <summary>Starts the media and waits for their offer.</summary>
    /// <param name="loseOneOf">Of so many packets of the picture one is lost; 0: none.</param>
    public static async Task<WebRtcPhone> StartAsync(int loseOneOf = 0)
    {
        var folder = new TempFolder();
        string script = InstallationFiles.Find("tests/Interop.Tests/Network/webrtc-peer.py") ?? throw new InvalidOperationException("webrtc-peer.py is missing.");
        string speech = InstallationFiles.Find("assets/speech.wav") ?? throw new InvalidOperationException("assets/speech.wav is missing.");
        ExternalProcess media = ExternalProcess.Start(Tool.PythonOf("aiortc"), [script, speech, folder.File("seen.i420"), $"{loseOneOf}"], folder.Root);
        var phone = new WebRtcPhone(folder, media);
        string line = await Until.NotNullAsync(() => media.Output.Split('\n').FirstOrDefault(l => l.Contains("\"sdp\"", StringComparison.Ordinal)), "aiortc's offer", () => media.Report);
        phone.Offer = JsonDocument.Parse(line).RootElement.GetProperty("sdp").GetString() ?? "";
        return phone;
    }

    /// <summary>Calls with an offer; waits for the answer, which the media get, or for the refusal.</summary>
    /// <returns>SIP status.</returns>
    public async Task<int> CallAsync(SipUri target, string offer)
    {
        await _agent.StartAsync();
        _session = _agent.PlaceCall(target, SipUri.Parse("sip:browser@127.0.0.1"), SipBody.Sdp(offer), this);
        await Until.TrueAsync(() => _events.Any(e => e is SipSessionEvent.Answered or SipSessionEvent.Refused), "an answer", () => Report);
        if (_events.OfType<SipSessionEvent.Refused>().FirstOrDefault() is { } refused)
            return refused.Status;
        Answer = _events.OfType<SipSessionEvent.Answered>().First().Body?.Text ?? "";
        await _media.WriteLineAsync(JsonSerializer.Serialize(new Dictionary<string, string> { ["sdp"] = Answer }));
        return 200;
    }

    /// <inheritdoc/>
    public async Task DialAsync(string uri) => Assert.Equal(200, await CallAsync(SipUri.Parse(uri), Offer));

    /// <summary>Hangs up and waits for the end.</summary>
    public Task HangUpAsync()
    {
        _session?.Hangup();
        return Until.TrueAsync(() => _events.Any(e => e is SipSessionEvent.Terminated), "the end", () => Report);
    }

    public async Task<I420Frame> SnapshotAsync()
    {
        int before = Pictures;
        await Until.TrueAsync(() => Pictures > before + 20, "more pictures", () => Report);
        byte[] pixels = await File.ReadAllBytesAsync(_folder.File("seen.i420"));
        var frame = new I420Frame(Figure("width").GetInt32(), Figure("height").GetInt32());
        Assert.Equal(frame.Pixels.Length, pixels.Length);
        pixels.CopyTo(frame.Pixels);
        return frame;
    }

    public ISipSessionSink? OnIncomingCall(SipSession call) => null;

    public SipBody? DescribeMedia() => null;

    public bool Post(SipSessionEvent sessionEvent)
    {
        _events.Enqueue(sessionEvent);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        await _media.DisposeAsync();
        _folder.Dispose();
    }

    private JsonElement Figure(string name)
    {
        string line = _media.Output.Split('\n').LastOrDefault(l => l.Contains("\"state\"", StringComparison.Ordinal))
            ?? """{"state":"new","audio":0,"video":0,"width":0,"height":0,"lost":0,"rtx":0}""";
        return JsonDocument.Parse(line).RootElement.GetProperty(name);
    }
}
