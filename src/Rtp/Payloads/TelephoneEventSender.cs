namespace Avatar2D.Rtp.Payloads;

/// <summary>
/// Sends one event at a time (RFC 4733 §2.5.1): a packet per tick with growing duration and one timestamp, the marker on the
/// first, and the last one three times. Audio stands still meanwhile. One thread, no allocation.
/// </summary>
public sealed class TelephoneEventSender
{
    /// <summary>The end of an event is sent this often (RFC 4733 §2.5.1.4).</summary>
    public const int EndPackets = 3;

    private byte _code;
    private byte _volume;
    private int _totalTicks;
    private int _elapsedTicks;
    private int _endsLeft;
    private bool _first;

    /// <summary>True while packets of an event are still to be sent.</summary>
    public bool IsActive => _endsLeft > 0;

    /// <summary>RTP timestamp of every packet of the present event.</summary>
    public uint Timestamp { get; private set; }

    /// <summary>Starts an event; false while another one is on, or when the duration is not in 1 to 65,535 ticks.</summary>
    /// <param name="code">Event, 0 to 255.</param>
    /// <param name="durationTicks">Length, rtpTicks; 100 ms is 800 at 8 kHz.</param>
    /// <param name="timestamp">Media time at which it starts.</param>
    /// <param name="volume">dB below 0 dBm0. Default 10.</param>
    public bool TryBegin(byte code, int durationTicks, uint timestamp, byte volume = 10)
    {
        if (IsActive || durationTicks is < 1 or > ushort.MaxValue)
            return false;
        _code = code;
        _volume = volume;
        _totalTicks = durationTicks;
        _elapsedTicks = 0;
        _endsLeft = EndPackets;
        _first = true;
        Timestamp = timestamp;
        return true;
    }

    /// <summary>Writes the packet of this tick; false when no event is on. The repeats of the end follow tick by tick.</summary>
    /// <param name="tickTicks">Time since the last call, rtpTicks: 160 for 20 ms at 8 kHz.</param>
    /// <param name="payload">At least 4 bytes.</param>
    /// <param name="marker">True for the first packet of the event.</param>
    public bool TryGetNext(int tickTicks, Span<byte> payload, out bool marker)
    {
        marker = _first;
        if (!IsActive || payload.Length < TelephoneEvent.SizeBytes)
        {
            marker = false;
            return false;
        }

        _elapsedTicks = Math.Min(_totalTicks, _elapsedTicks + tickTicks);
        bool end = _elapsedTicks == _totalTicks;
        new TelephoneEvent(_code, end, _volume, (ushort)_elapsedTicks).TryWrite(payload);
        _first = false;
        if (end)
            _endsLeft--;
        return true;
    }
}
