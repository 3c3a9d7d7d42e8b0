using System.Net;

namespace Avatar2D.Interop.Tests.Sipp;

/// <summary>The media side of a SIPp caller, which itself only signals: two audio and two video ports at its address.</summary>
internal sealed class MediaPeer : IAsyncDisposable
{
    /// <summary>SIPp's own port at the caller's address.</summary>
    public const int SipPort = 25060;

    private const int AudioPort = 40000;
    private const int VideoPort = 42000;
    private const int SecondAudioPort = 44000;
    private const int SecondVideoPort = 46000;

    /// <summary>Opens the ports.</summary>
    public MediaPeer(IPAddress address, bool isH265)
    {
        Audio = new PeerStream(new IPEndPoint(address, AudioPort), speaks: true, isH265: false);
        Video = new PeerStream(new IPEndPoint(address, VideoPort), speaks: false, isH265);
        SecondAudio = new PeerStream(new IPEndPoint(address, SecondAudioPort), speaks: true, isH265: false);
        SecondVideo = new PeerStream(new IPEndPoint(address, SecondVideoPort), speaks: false, isH265);
    }

    /// <summary>The ports, and what cannot stand in a scenario, as SIPp's -key arguments.</summary>
    public static IReadOnlyList<string> Keys { get; } =
    [
        "-key", "aport", $"{AudioPort}", "-key", "vport", $"{VideoPort}",
        "-key", "aport2", $"{SecondAudioPort}", "-key", "vport2", $"{SecondVideoPort}",
        "-key", "qvga", "[x=240,y=320]", // SIPp has no escape for brackets.
    ];

    /// <summary>Where scenarios want audio.</summary>
    public PeerStream Audio { get; }

    /// <summary>Where scenarios want video.</summary>
    public PeerStream Video { get; }

    /// <summary>Where a scenario moves its audio.</summary>
    public PeerStream SecondAudio { get; }

    /// <summary>Where a scenario moves its video.</summary>
    public PeerStream SecondVideo { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Audio.DisposeAsync();
        await Video.DisposeAsync();
        await SecondAudio.DisposeAsync();
        await SecondVideo.DisposeAsync();
    }
}
