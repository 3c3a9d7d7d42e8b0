using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Avatar2D.Interop.Tests.Harness;

/// <summary>
/// Stands between a peer and the gateway on UDP: each side talks to the relay only, as Contact and the video port of every
/// message are the relay's. Keeps all messages. It can take the picture out of the first INVITE, so that a phone which always
/// offers video is a plain voice caller.
/// </summary>
internal sealed partial class SipRelay : IAsyncDisposable
{
    private readonly UdpPort _near;
    private readonly UdpPort _far;
    private readonly IPEndPoint _gateway;
    private readonly bool _stripVideo;
    private readonly MediaTap? _audio;
    private readonly ConcurrentQueue<RelayedMessage> _messages = new();
    private volatile IPEndPoint? _peer;

    /// <summary>Starts the relay.</summary>
    /// <param name="gateway">Where the gateway hears SIP.</param>
    /// <param name="stripVideo">Takes m=video out of an INVITE that begins a dialog.</param>
    /// <param name="tapAudio">Leads the sound over a tap too, and all media over loopback whatever addresses the peer names.</param>
    public SipRelay(IPEndPoint gateway, bool stripVideo, bool tapAudio = false)
    {
        _gateway = gateway;
        _audio = tapAudio ? new MediaTap() : null;
        _stripVideo = stripVideo;
        _near = new UdpPort(0, (data, source) =>
        {
            _peer = source;
            Pass(data, fromGateway: false);
        });
        _far = new UdpPort(0, (data, _) => Pass(data, fromGateway: true));
        _near.Start();
        _far.Start();
    }

    /// <summary>Where the peer calls.</summary>
    public IPEndPoint EndPoint => _near.EndPoint;

    /// <summary>The video stream.</summary>
    public MediaTap Video { get; } = new();

    /// <summary>The audio stream; only with a tap for it.</summary>
    public MediaTap Audio => _audio ?? throw new InvalidOperationException("This relay leads no sound.");

    /// <summary>All messages in the order in which they came, as their senders wrote them.</summary>
    public IReadOnlyList<RelayedMessage> Messages => [.. _messages];

    /// <summary>The whole exchange, for the message of a failed test.</summary>
    public string Report => string.Join("\n", _messages.Select(message => $"{(message.FromGateway ? "<--" : "-->")} {message.Text}"));

    /// <summary>Waits for a message.</summary>
    public Task<RelayedMessage> SeenAsync(Func<RelayedMessage, bool> wanted, string what) =>
        Until.NotNullAsync(() => _messages.FirstOrDefault(wanted), what, () => Report);

    public async ValueTask DisposeAsync()
    {
        await _near.DisposeAsync();
        await _far.DisposeAsync();
        await Video.DisposeAsync();
        if (_audio is not null)
            await _audio.DisposeAsync();
    }

    private void Pass(byte[] data, bool fromGateway)
    {
        string text = Encoding.Latin1.GetString(data);
        var message = new RelayedMessage(fromGateway, text);
        if (message.StartLine.Length == 0)
            return; // Keep-alive.
        _messages.Enqueue(message);
        byte[] changed = Encoding.Latin1.GetBytes(Rewrite(message));
        if (!fromGateway)
            _far.Send(changed, _gateway);
        else if (_peer is { } peer)
            _near.Send(changed, peer);
    }

    private string Rewrite(RelayedMessage message)
    {
        int end = message.Text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return message.Text;
        UdpPort exit = message.FromGateway ? _near : _far;
        string head = ContactUri().Replace(message.Text[..end], found => $"{found.Groups[1].Value}{exit.EndPoint}");
        string body = message.Body;
        if (body.Contains("m=video", StringComparison.Ordinal) || (_audio is not null && body.Contains("m=audio", StringComparison.Ordinal)))
        {
            bool strip = _stripVideo && !message.FromGateway && message.IsRequest("INVITE") && !message.HasToTag;
            IEnumerable<string> sections = RelayedMessage.Sections(body)
                .Where(section => !strip || !section.StartsWith("m=video", StringComparison.Ordinal))
                .Select(section => Redirect(section, message.FromGateway));
            body = string.Concat(sections);
            if (_audio is not null)
                body = Connection().Replace(body, "c=IN IP4 127.0.0.1");
            head = ContentLength().Replace(head, $"Content-Length: {body.Length}");
        }

        return $"{head}\r\n\r\n{body}";
    }

    /// <summary>Leads the media of a section over its tap.</summary>
    private string Redirect(string section, bool fromGateway)
    {
        Match line = MediaPort().Match(section);
        MediaTap? tap = line.Groups[1].Value == "video" ? Video : _audio;
        if (!line.Success || tap is null || line.Groups[2].Value == "0")
            return section;
        int port = int.Parse(line.Groups[2].Value, CultureInfo.InvariantCulture);
        if (fromGateway)
            tap.GatewayPort = port;
        else
            tap.PeerPort = port;
        string redirected = MediaPort().Replace(section, $"m={line.Groups[1].Value} {(fromGateway ? tap.NearPort : tap.FarPort)} ");
        return RtcpPort().Replace(redirected, "");
    }

    [GeneratedRegex(@"(?<=^(?:Contact|m)\s*:[^\r\n]*)(sips?:(?:[^@>\r\n]*@)?)[0-9.:]+", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex ContactUri();

    [GeneratedRegex(@"^(?:Content-Length|l)\s*:\s*\d+", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex ContentLength();

    [GeneratedRegex(@"^m=(audio|video) (\d+) ")]
    private static partial Regex MediaPort();

    [GeneratedRegex(@"^c=IN IP[46] [^\r\n]*", RegexOptions.Multiline)]
    private static partial Regex Connection();

    [GeneratedRegex(@"^a=rtcp:[^\r\n]*\r\n", RegexOptions.Multiline)]
    private static partial Regex RtcpPort();
}
