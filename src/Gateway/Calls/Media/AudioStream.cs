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

    /// <summary>From the sound of one codec to that of another: longer than a decoder takes to begin.</summary>
    private const int FadeMs = 10;

    /// <summary>Of PCM at 48 kHz, the highest rate.</summary>
    private const int LongestFade = 48 * FadeMs;

    private readonly long _frequency;
    private readonly IStreamOwner _owner;
    private readonly VoiceLine? _voice;
    private readonly long _silenceTicks;
    private readonly TelephoneEventReceiver _keys = new();
    private volatile AudioSetup? _next;
    private volatile AudioSetup? _active;
    private RtpSession? _session;
    private readonly short[] _fade = new short[LongestFade];
    private AudioReceiver? _playing; // Whose sound came last out of the jitter buffer.
    private uint _newestSsrc; // Of the receive loop, as the next.
    private ushort _newestSequence;
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
        else if (setup.Find(packet.PayloadType) is { } receiver && receiver.Depacketizer.TryGetDuration(packet.Payload, out int ticks))
        {
            bool isOld = packet.Ssrc == _newestSsrc && (short)(packet.SequenceNumber - _newestSequence) < 0;
            if (!isOld)
            {
                if (receiver.Jitter != setup.Jitter)
                    receiver.Jitter.Reset(); // Another clock, and what came since its last packet was not its: a new line.
                setup.Latest = receiver;
                (_newestSsrc, _newestSequence) = (packet.Ssrc, packet.SequenceNumber);
            }

            receiver.Jitter.Put(packet, ticks, arrivalTimestamp);
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
        _playing = next.Receivers[0];
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
        AudioReceiver playing = _playing ?? setup.Receivers[0];

        AudioReceiver before = playing;

        // A codec of another clock has a jitter buffer of its own: what waits in the one before is played first.
        if (setup.Latest is { } latest && latest.Jitter != playing.Jitter && playing.Jitter.IsEmpty)
            playing = latest;
        JitterFrame frame = playing.Jitter.Pop(now, playing.ToTicks(wantedSamples));
        if (frame.Kind is JitterFrameKind.Packet or JitterFrameKind.LostFecInNext && frame.PayloadType != playing.PayloadType
            && setup.Find(frame.PayloadType) is { } other)
        {
            playing = other; // Another codec of the same clock.
        }

        Span<short> fade = playing == before ? default : Change(setup, before, playing);
        int samples = Math.Clamp(playing.ToSamples(frame.DurationTicks), 1, setup.Decoded.Length);
        Span<short> piece = setup.Decoded.AsSpan(0, samples);
        switch (frame.Kind)
        {
            case JitterFrameKind.Packet when frame.PayloadType == setup.NoisePayloadType:
                if (ComfortNoise.TryParse(frame.Payload, out ComfortNoise noise))
                    setup.Noise.SetLevel(noise.LevelDbov);
                setup.Noise.Fill(piece);
                break;
            case JitterFrameKind.Packet when playing.TryDecode(frame.Payload, setup.Decoded, out int decoded):
                samples = decoded;
                setup.Noise.Stop();
                break;
            case JitterFrameKind.Packet or JitterFrameKind.Lost:
                playing.Conceal(piece);
                break;
            case JitterFrameKind.LostFecInNext when frame.PayloadType == playing.PayloadType:
                playing.Recover(frame.Payload, piece);
                break;
            case JitterFrameKind.LostFecInNext:
                playing.Conceal(piece); // Comfort noise carries no copy.
                break;
            default:
                setup.Noise.Fill(piece);
                break;
        }

        for (int i = 0; i < fade.Length && i < samples; i++)
            setup.Decoded[i] = (short)(((fade[i] * (fade.Length - i)) + (setup.Decoded[i] * i)) / fade.Length);
        _carryStart = 0;
        _carryEnd = samples;
        if (frame.Kind != JitterFrameKind.Empty)
            setup.Endpoint.OnPiece(frame.Timestamp, setup.Decoded.AsSpan(0, samples));
    }

    /// <summary>Another codec begins: what the one before it would have gone on with, to fade out of.</summary>
    private Span<short> Change(AudioSetup setup, AudioReceiver before, AudioReceiver next)
    {
        Span<short> fade = _fade.AsSpan(0, setup.Tick.Length * FadeMs / setup.Media.PacketTimeMs);
        before.Conceal(fade);
        next.Restart();
        _playing = next;
        return fade;
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
