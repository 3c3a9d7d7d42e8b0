using Avatar2D.Codecs.Files;
using Avatar2D.Rtp.Rtcp;

namespace Avatar2D.Gateway.Phone;

/// <summary>
/// Keeps what the test phone said, heard and saw, each with the instant at which it left or came, so that delays can be read off
/// the sound and the pixels themselves. Grows with the call. Any thread.
/// </summary>
internal sealed class WireLog
{
    /// <summary>A call of an hour; longer ones keep their first hour as sound.</summary>
    private const int LongestSeconds = 3600;

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

    /// <summary>All sound, each piece where its timestamp says, silence where nothing came; null when nothing was heard.</summary>
    /// <param name="sampleRateHz">Of the PCM.</param>
    /// <param name="clockRateHz">Of the timestamps; G.722 counts half its samples (RFC 3551 §4.5.2).</param>
    public PcmClip? Heard(int sampleRateHz, int clockRateHz)
    {
        lock (_lock)
        {
            if (sampleRateHz == 0 || _heard.Count == 0)
                return null;
            uint first = _heard[0].Timestamp;
            var placed = new List<(long At, short[] Pcm)>(_heard.Count);
            foreach ((uint timestamp, short[] pcm) in _heard)
            {
                long at = (long)(int)(timestamp - first) * sampleRateHz / clockRateHz;
                if (at >= 0 && at < (long)LongestSeconds * sampleRateHz) // What is out of that is no sound of this call.
                    placed.Add((at, pcm));
            }

            var sound = new short[placed.Max(piece => piece.At + piece.Pcm.Length)];
            foreach ((long at, short[] pcm) in placed)
                pcm.CopyTo(sound.AsSpan((int)at));
            return new PcmClip(sampleRateHz, sound);
        }
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
