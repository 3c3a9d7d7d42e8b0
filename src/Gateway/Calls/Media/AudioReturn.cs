using System.Collections.Concurrent;
using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Options;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>What a caller hears: the own voice, silence, or an announcement, by the settings. Any thread.</summary>
internal sealed class AudioReturn
{
    private readonly AudioReturnMode _mode;
    private readonly PcmClip? _announcement;
    private readonly ConcurrentDictionary<int, ReadOnlyMemory<short>> _byRate = new();

    /// <summary>Reads the announcement, if there is to be one.</summary>
    /// <exception cref="Codecs.CodecException">It is no WAV file that can be read.</exception>
    /// <exception cref="IOException">It is not there.</exception>
    public AudioReturn(AudioOptions options)
    {
        _mode = options.ReturnMode;
        if (_mode == AudioReturnMode.Announcement)
            _announcement = WavFile.Read(InstallationFiles.Find(options.AnnouncementPath) ?? options.AnnouncementPath);
    }

    /// <summary>The endpoint of one call.</summary>
    /// <param name="sampleRateHz">PCM rate of the call's codec.</param>
    /// <param name="delay">What the own voice waits for its picture.</param>
    public IAudioEndpoint EndpointFor(int sampleRateHz, TimeSpan delay) => _mode switch
    {
        AudioReturnMode.Echo => new EchoEndpoint(sampleRateHz, delay),
        AudioReturnMode.Announcement when _announcement is { } clip =>
            new ClipEndpoint(_byRate.GetOrAdd(sampleRateHz, rate => clip.At(rate).Samples), loop: true),
        _ => new ClipEndpoint(default, loop: false),
    };
}
