using Avatar2D.Codecs.Files;
using Avatar2D.Rtp.Rtcp;

namespace Avatar2D.Gateway.Phone;

/// <summary>
/// Keeps what the test phone said, heard and saw, each with the instant at which it left or came, so that delays can be read off
/// the sound and the pixels themselves. Grows with the call. Any thread.
/// </summary>
internal sealed class WireLog
{
    private readonly Lock _lock = new();
    private readonly List<(long Samples, long Ticks)> _sent = [];
    private readonly Dictionary<uint, long> _arrivals = [];
    private readonly List<(uint Timestamp, short[] Pcm)> _heard = [];
    private readonly List<(uint Timestamp, long Ticks, byte[] Picture)> _seen = [];
    private long _samplesSent;

    /// <summary>A packet of the voice is sent now.</summary>
    public void OnSent(int samples, long ticks)
    {
        lock (_lock)
        {
            _sent.Add((_samplesSent, ticks));
            _samplesSent += samples;
        }
    }

    /// <summary>A packet of sound has come.</summary>
    public void OnArrival(uint rtpTimestamp, long ticks)
    {
        lock (_lock)
            _arrivals.TryAdd(rtpTimestamp, ticks);
    }

    /// <summary>That packet, decoded; later than its arrival by what the jitter buffer waits.</summary>
    public void OnHeard(uint rtpTimestamp, short[] pcm)
    {
        lock (_lock)
            _heard.Add((rtpTimestamp, pcm));
    }

    /// <summary>A picture is whole.</summary>
    public void OnPicture(uint rtpTimestamp, ReadOnlySpan<byte> accessUnit, long ticks)
    {
        lock (_lock)
            _seen.Add((rtpTimestamp, ticks, accessUnit.ToArray()));
    }

    /// <summary>All sound, in the order of its timestamps; null when nothing was heard.</summary>
    public PcmClip? Heard(int sampleRateHz)
    {
        lock (_lock)
            return sampleRateHz == 0 ? null : new PcmClip(sampleRateHz, _heard.SelectMany(piece => piece.Pcm).ToArray());
    }

    /// <summary>The log in seconds since the birth of the phone's clock.</summary>
    /// <param name="clock">The phone's.</param>
    /// <param name="sampleRateHz">Of the PCM.</param>
    /// <param name="audio">Places the timestamps of the sound on the sender's wall clock.</param>
    /// <param name="video">Places those of the pictures.</param>
    public WireRecord ToRecord(RtcpClock clock, int sampleRateHz, StreamTimeline audio, StreamTimeline video)
    {
        DateTimeOffset birth = clock.ToNtp(clock.Now).ToDateTimeOffset() - TimeSpan.FromSeconds(clock.ToSeconds(clock.Now));
        lock (_lock)
        {
            return new WireRecord(
                sampleRateHz,
                [.. _sent.Select(piece => new SentVoice(piece.Samples, clock.ToSeconds(piece.Ticks)))],
                [.. _heard.Where(piece => _arrivals.ContainsKey(piece.Timestamp)).Select(piece =>
                    new HeardSound(clock.ToSeconds(_arrivals[piece.Timestamp]), Stamp(audio, piece.Timestamp), piece.Pcm))],
                [.. _seen.Select(picture => new SeenPicture(clock.ToSeconds(picture.Ticks), Stamp(video, picture.Timestamp), picture.Picture))]);
        }

        double? Stamp(StreamTimeline timeline, uint timestamp) =>
            timeline.IsKnown ? (timeline.ToWallClock(timestamp) - birth).TotalSeconds : null;
    }
}
