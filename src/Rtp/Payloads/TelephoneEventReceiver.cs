using Avatar2D.Rtp.Packets;

namespace Avatar2D.Rtp.Payloads;

/// <summary>
/// Makes keys of telephone event packets (RFC 4733 §2.5.2): packets with one timestamp are one event, however often they come
/// and in whatever order. One thread, no allocation.
/// </summary>
public sealed class TelephoneEventReceiver
{
    private bool _any;
    private uint _timestamp;
    private byte _code;
    private bool _ended;

    /// <summary>Takes a packet of the negotiated payload type.</summary>
    /// <param name="payload">RTP payload.</param>
    /// <param name="timestamp">RTP timestamp: the event's identity.</param>
    /// <param name="value">The event, unless the result is <see cref="TelephoneEventChange.None"/>.</param>
    public TelephoneEventChange OnPacket(ReadOnlySpan<byte> payload, uint timestamp, out TelephoneEvent value)
    {
        if (!TelephoneEvent.TryParse(payload, out value))
            return TelephoneEventChange.None;
        if (_any && timestamp == _timestamp && value.Code == _code)
        {
            if (_ended || !value.End)
                return TelephoneEventChange.None;
            _ended = true;
            return TelephoneEventChange.Ended;
        }

        if (_any && SerialNumber.Distance(_timestamp, timestamp) < 0)
            return TelephoneEventChange.None; // a straggler of an earlier event
        // A key held longer than a segment can tell goes on with a new timestamp right where the last one ended (§2.5.1.3).
        bool continues = _any && !_ended && value.Code == _code && timestamp - _timestamp == ushort.MaxValue;
        _any = true;
        _timestamp = timestamp;
        _code = value.Code;
        if (continues)
        {
            _ended = value.End;
            return value.End ? TelephoneEventChange.Ended : TelephoneEventChange.None;
        }

        _ended = value.End;
        return value.End ? TelephoneEventChange.StartedAndEnded : TelephoneEventChange.Started;
    }

    /// <summary>Forgets the last event: a new SSRC, whose timestamps are others.</summary>
    public void Reset() => _any = false;
}
