using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Payloads;
using Avatar2D.Rtp.Receiving;
using Avatar2D.Rtp.Rtcp;
using Avatar2D.Rtp.Sessions;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>
/// The sound of a call: every packet time it takes one packet time from the jitter buffer, decodes it, hands it to the
/// endpoint, and sends what the endpoint gives. Nothing is allocated per packet.
/// </summary>
internal sealed class AudioStream : IMediaTask, IRtpSink
{
    /// <summary>A worker that is further behind than this many packets leaves them out instead of sending a burst.</summary>
    private const int MaxPacketsBehind = 5;

    private readonly long _frequency;
    private readonly IStreamOwner _owner;
    private readonly VoiceLine? _voice;
    private readonly long _silenceTicks;
    private readonly TelephoneEventReceiver _keys = new();
    private volatile AudioSetup? _next;
    private volatile AudioSetup? _active;
    private RtpSession? _session;
    private int _carryStart;
    private int _carryEnd;
    private long _due;
    private uint _timestamp;
    private bool _marker = true;
    private long _secondDue;
    private long _lastActivity;

    /// <summary>Makes a stream that waits for its session and its setup.</summary>
    /// <param name="time">The media clock's time.</param>
    /// <param name="silence">After so long without RTP and RTCP the owner is told; null never.</param>
    /// <param name="owner">The call.</param>
    /// <param name="voice">Hears what is received; null in a call without picture.</param>
    public AudioStream(TimeProvider time, TimeSpan? silence, IStreamOwner owner, VoiceLine? voice = null)
    {
        _frequency = time.TimestampFrequency;
        _owner = owner;
        _voice = voice;
        _silenceTicks = silence is { } span ? (long)(span.TotalSeconds * _frequency) : long.MaxValue;
    }

    /// <summary>The codec in use; null before the first packet time.</summary>
    public AudioSetup? Active => _active;

    /// <summary>Joins the stream and its session; once, before the stream runs.</summary>
    public void Bind(RtpSession session) => _session = session;

    /// <summary>Takes a codec from the next packet time on; the one before it is disposed then. Any thread.</summary>
    public void Use(AudioSetup setup)
    {
        // A setup that was never taken has no other owner.
        Interlocked.Exchange(ref _next, setup)?.Dispose();
    }

    /// <summary>Counts the silence anew: the line was held until now. Any thread.</summary>
    public void Touch() => Volatile.Write(ref _lastActivity, long.MinValue);

    /// <inheritdoc/>
    public long Run(long now)
    {
        if (_next is not null && Interlocked.Exchange(ref _next, null) is { } next)
            Switch(next, now);
        if (_active is not { } setup || _session is not { } session)
            return now + (_frequency / 100);
        long period = _frequency * setup.Media.PacketTimeMs / 1000;
        long behind = (now - _due) / period;
        if (behind > MaxPacketsBehind)
        {
            _due += behind * period;
            _timestamp += (uint)(behind * setup.FrameTicks);
            _marker = true;
        }

        Receive(setup, now);
        setup.Endpoint.OnReceived(setup.Tick);
        _voice?.Write(setup.Tick, setup.ToVoice, _due);
        if (session.Parameters.SendRtp)
        {
            setup.Endpoint.Fill(setup.Tick);
            Send(setup, session);
        }
        else
        {
            _marker = true;
        }

        _timestamp += (uint)setup.FrameTicks;
        _due += period;
        session.OnTick(now);
        if (now >= _secondDue)
            EverySecond(session, now);
        return _due;
    }

    /// <inheritdoc/>
    public void OnFault(Exception exception) => _owner.OnStreamFault(isVideo: false, exception);

    /// <summary>Disposes the codecs; only when the stream has left its worker and its session is closed.</summary>
    public void Close()
    {
        Interlocked.Exchange(ref _next, null)?.Dispose();
        Interlocked.Exchange(ref _active, null)?.Dispose();
    }

    /// <inheritdoc/>
    public void OnRtp(in RtpPacketView packet, long arrivalTimestamp)
    {
        // Between the answer and the first packet time the codec waits in _next.
        if ((_active ?? _next) is not { } setup)
            return;
        if (packet.PayloadType == setup.EventPayloadType)
        {
            if (_keys.OnPacket(packet.Payload, packet.Timestamp, out TelephoneEvent key)
                is TelephoneEventChange.Started or TelephoneEventChange.StartedAndEnded && key.Digit is { } name)
            {
                _owner.OnKey(name);
            }
        }
        else if (packet.PayloadType == setup.NoisePayloadType)
        {
            setup.Jitter.Put(packet, 0, arrivalTimestamp);
        }
        else if (packet.PayloadType == setup.ReceivePayloadType && setup.Depacketizer.TryGetDuration(packet.Payload, out int ticks))
        {
            setup.Jitter.Put(packet, ticks, arrivalTimestamp);
        }
    }

    /// <inheritdoc/>
    public void OnFeedback(in FeedbackMessage feedback)
    {
    }

    /// <inheritdoc/>
    public void OnSenderReport(uint ssrc, in SenderInfo info, long arrivalTimestamp)
    {
    }

    /// <inheritdoc/>
    public void OnBye(uint ssrc)
    {
    }

    private void Switch(AudioSetup next, long now)
    {
        if (_active is { } before)
            before.Dispose();
        else
            _due = now;
        _active = next;
        _carryStart = 0;
        _carryEnd = 0;
        _marker = true;
        _secondDue = now;
        _lastActivity = now;
    }

    private void Receive(AudioSetup setup, long now)
    {
        Span<short> tick = setup.Tick;
        while (!tick.IsEmpty)
        {
            if (_carryStart == _carryEnd)
                DecodeNext(setup, now, tick.Length);
            int taken = Math.Min(tick.Length, _carryEnd - _carryStart);
            setup.Decoded.AsSpan(_carryStart, taken).CopyTo(tick);
            tick = tick[taken..];
            _carryStart += taken;
        }
    }

    /// <summary>Decodes, conceals or silences the next piece of the playout line into <see cref="AudioSetup.Decoded"/>; at least one sample.</summary>
    private void DecodeNext(AudioSetup setup, long now, int wantedSamples)
    {
        JitterFrame frame = setup.Jitter.Pop(now, setup.ToTicks(wantedSamples));
        int samples = Math.Clamp(setup.ToSamples(frame.DurationTicks), 1, setup.Decoded.Length);
        Span<short> piece = setup.Decoded.AsSpan(0, samples);
        switch (frame.Kind)
        {
            case JitterFrameKind.Packet when frame.PayloadType == setup.NoisePayloadType:
                if (ComfortNoise.TryParse(frame.Payload, out ComfortNoise noise))
                    setup.Noise.SetLevel(noise.LevelDbov);
                setup.Noise.Fill(piece);
                break;
            case JitterFrameKind.Packet when setup.Decoder.TryDecode(frame.Payload, setup.Decoded, out int decoded) && decoded > 0:
                samples = decoded;
                setup.Noise.Stop();
                break;
            case JitterFrameKind.Packet or JitterFrameKind.Lost:
                setup.Decoder.Conceal(piece);
                break;
            case JitterFrameKind.LostFecInNext:
                setup.Decoder.TryRecover(frame.Payload, piece);
                break;
            default:
                setup.Noise.Fill(piece);
                break;
        }

        _carryStart = 0;
        _carryEnd = samples;
        if (frame.Kind != JitterFrameKind.Empty)
            setup.Endpoint.OnPiece(frame.Timestamp, setup.Decoded.AsSpan(0, samples));
    }

    private void Send(AudioSetup setup, RtpSession session)
    {
        int length = setup.Encoder.Encode(setup.Tick, session.PayloadBuffer);
        session.SendPayloadBuffer(length, _timestamp, _marker, setup.SendPayloadType);
        _marker = false;
    }

    private void EverySecond(RtpSession session, long now)
    {
        _secondDue = now + _frequency;
        session.SetMediaTime(_timestamp, _due);
        long heard = Math.Max(session.LastReceived ?? long.MinValue, session.LastRtcpReceived ?? long.MinValue);
        long last = Volatile.Read(ref _lastActivity);
        if (last == long.MinValue)
            Volatile.Write(ref _lastActivity, now);
        else if (heard > last)
            Volatile.Write(ref _lastActivity, heard);
        else if (now - last > _silenceTicks)
            _owner.OnAudioSilent();
    }
}
