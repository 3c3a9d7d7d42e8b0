using System.Net;
using Avatar2D.Rtp.Diagnostics;
using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Receiving;
using Avatar2D.Rtp.Rtcp;
using Avatar2D.Rtp.Stun;
using Microsoft.Extensions.Logging;

namespace Avatar2D.Rtp.Sessions;

/// <summary>
/// What a session does with datagrams: sort, check, count, hand on. State is guarded by the session's lock; the sink is
/// called without it.
/// </summary>
internal sealed class RtpInbound : IDatagramHandler
{
    private const long NeverReceived = long.MinValue;

    private readonly Lock _lock;
    private readonly IRtpSink _sink;
    private readonly RtcpClock _clock;
    private readonly RtcpReporter _reporter;
    private readonly RemoteAddresses _remote;
    private readonly SessionKeys _keys;
    private readonly uint _localSsrc;
    private readonly int _port;
    private readonly ILogger _logger;
    private readonly RtpCounters _counters = new();
    private readonly long _epoch;
    private long _lastReceived = NeverReceived;
    private long _lastRtcpReceived = NeverReceived;
    private int _failureLogged;
    private volatile IceLiteAgent? _ice;
    private volatile RtpSessionParameters _parameters = new() { SendRtp = false, ReceiveRtp = false };

    /// <summary>Joins the parts of a session.</summary>
    public RtpInbound(
        Lock sessionLock, IRtpSink sink, RtcpClock clock, RtcpReporter reporter, RemoteAddresses remote, SessionKeys keys, uint localSsrc, int port, ILogger logger)
    {
        _lock = sessionLock;
        _sink = sink;
        _clock = clock;
        _reporter = reporter;
        _remote = remote;
        _keys = keys;
        _localSsrc = localSsrc;
        _port = port;
        _logger = logger;
        _epoch = clock.Now;
    }

    /// <summary>Reception of the present source.</summary>
    public ReceptionStatistics Reception { get; } = new();

    /// <summary>The present source; null before its first packet and after its BYE.</summary>
    public uint? RemoteSsrc { get; private set; }

    /// <summary>Arrival of the last valid RTP packet.</summary>
    public long? LastReceived => OrNull(Volatile.Read(ref _lastReceived));

    /// <summary>Arrival of the last valid RTCP packet.</summary>
    public long? LastRtcpReceived => OrNull(Volatile.Read(ref _lastRtcpReceived));

    /// <summary>What was negotiated.</summary>
    public RtpSessionParameters Parameters
    {
        set
        {
            _parameters = value;
            if (_ice?.Credentials != value.Ice)
                _ice = value.Ice is { } ice ? new IceLiteAgent(ice) : null;
        }
    }

    /// <summary>Told of packets that the peer misses: first number and bitmap of those after it; null: nobody. On the receive loop.</summary>
    public Action<ushort, ushort>? Missing { get; set; }

    /// <summary>Sends the answer to a connectivity check: bytes, target, from the RTCP socket. On the receive loop.</summary>
    public StunAnswer? Answer { get; init; }

    /// <inheritdoc/>
    public void OnDatagram(Span<byte> datagram, SocketAddress source, bool onRtcpSocket)
    {
        long arrival = _clock.Now;
        switch (DatagramClassifier.Classify(datagram))
        {
            case DatagramKind.Rtp when !onRtcpSocket:
                OnRtp(datagram, source, arrival);
                break;
            case DatagramKind.Rtcp:
                OnRtcp(datagram, source, arrival, onRtcpSocket);
                break;
            case DatagramKind.Stun:
                OnStun(datagram, source, onRtcpSocket);
                break;
            case DatagramKind.Dtls:
                OnDtls(datagram, source, onRtcpSocket);
                break;
            default:
                Count(ref _counters.Malformed);
                break;
        }
    }

    /// <inheritdoc/>
    public void OnHandlerFailure(Exception exception)
    {
        if (Interlocked.Exchange(ref _failureLogged, 1) == 0)
            RtpLog.SinkFailed(_logger, _port, exception);
    }

    /// <summary>Adds the receiving side to a snapshot.</summary>
    public RtpStatistics FillNeedsLock(in RtpStatistics sending) => sending with
    {
        PacketsReceived = Reception.PacketsReceived,
        OctetsReceived = Reception.OctetsReceived,
        PacketsLost = Reception.PacketsLost,
        Jitter = TimeSpan.FromSeconds(Reception.Jitter / (double)_parameters.ClockRateHz),
        UnknownPayloadType = _counters.UnknownPayloadType,
        Malformed = _counters.Malformed,
        Stun = _counters.Stun,
        Dtls = _counters.Dtls,
        ForeignSource = _counters.ForeignSource,
        NotAuthentic = _counters.NotAuthentic,
        Gated = _counters.Gated,
        RtcpReceived = _counters.RtcpReceived,
        KeyFrameRequestsReceived = _counters.KeyFrameRequestsReceived,
        RemoteSsrc = RemoteSsrc,
    };

    /// <summary>A connectivity check: answered where ICE was negotiated, and where it nominates its path media go that way.</summary>
    private void OnStun(ReadOnlySpan<byte> datagram, SocketAddress source, bool onRtcpSocket)
    {
        Count(ref _counters.Stun);
        if (_ice is not { } ice || Answer is not { } answer)
            return;
        Span<byte> buffer = stackalloc byte[StunWriter.MaxBytes];
        if (!ice.TryAnswer(datagram, SocketAddresses.ToEndPoint(source), buffer, out int length, out _, out bool isNominated))
            return;
        answer(buffer[..length], source, onRtcpSocket);
        if (!isNominated)
            return;
        lock (_lock)
        {
            if (_remote.Nominate(source, onRtcpSocket))
                RtpLog.Nominated(_logger, _port, SocketAddresses.ToEndPoint(source));
        }
    }

    private void OnDtls(ReadOnlySpan<byte> datagram, SocketAddress source, bool onRtcpSocket)
    {
        Count(ref _counters.Dtls);
        bool isWelcome;
        lock (_lock)
            isWelcome = !onRtcpSocket && _remote.IsDtlsWelcome(source);
        if (isWelcome)
            _keys.OnDatagram(datagram);
    }

    private void OnRtp(Span<byte> datagram, SocketAddress source, long arrival)
    {
        RtpSessionParameters parameters = _parameters;
        if (_keys.Inbound is not null || _keys.Waits)
        {
            int length = 0;
            if (_keys.Inbound is not { } keys || !keys.TryOpenRtp(datagram, out length))
            {
                Count(ref _counters.NotAuthentic);
                return;
            }

            datagram = datagram[..length];
        }

        if (!RtpPacketView.TryParse(datagram, out RtpPacketView packet, out _))
        {
            Count(ref _counters.Malformed);
            return;
        }

        if (!parameters.ReceivePayloadTypes.Contains(packet.PayloadType))
        {
            Count(ref _counters.UnknownPayloadType);
            return;
        }

        LatchVerdict verdict;
        bool deliver = false;
        lock (_lock)
        {
            verdict = _remote.OnRtp(source, packet.Ssrc, arrival);
            if (verdict == LatchVerdict.Foreign)
                _counters.ForeignSource++;
            else
                deliver = TakeNeedsLock(packet, parameters, arrival);
        }

        if (verdict == LatchVerdict.Latched)
            RtpLog.Latched(_logger, _port, SocketAddresses.ToEndPoint(source));
        if (deliver)
            _sink.OnRtp(packet, arrival);
    }

    private bool TakeNeedsLock(in RtpPacketView packet, RtpSessionParameters parameters, long arrival)
    {
        Volatile.Write(ref _lastReceived, arrival);
        if (!parameters.ReceiveRtp)
        {
            _counters.Gated++;
            return false;
        }

        if (RemoteSsrc != packet.Ssrc)
        {
            RemoteSsrc = packet.Ssrc;
            Reception.Reset();
        }

        Reception.OnPacket(packet.SequenceNumber, packet.Payload.Length);
        if (!parameters.UntimedPayloadTypes.Contains(packet.PayloadType))
            Reception.OnArrival(packet.Timestamp, _clock.ToRtpTicks(_epoch, arrival, parameters.ClockRateHz));
        return true;
    }

    private void OnRtcp(Span<byte> datagram, SocketAddress source, long arrival, bool onRtcpSocket)
    {
        if (_keys.Inbound is not null || _keys.Waits)
        {
            int length = 0;
            if (_keys.Inbound is not { } keys || !keys.TryOpenRtcp(datagram, out length))
            {
                Count(ref _counters.NotAuthentic);
                return;
            }

            datagram = datagram[..length];
        }

        if (!RtcpReader.TryCreate(datagram, out RtcpReader reader, out _))
        {
            Count(ref _counters.Malformed);
            return;
        }

        RtcpReader peek = reader;
        uint sender = peek.TryReadNext(out RtcpPacketView first) ? first.SenderSsrc : 0;
        lock (_lock)
        {
            if (!_remote.IsRtcpWelcome(source, sender, arrival, onRtcpSocket))
            {
                _counters.ForeignSource++;
                return;
            }

            _counters.RtcpReceived++;
            Volatile.Write(ref _lastRtcpReceived, arrival);
            _reporter.OnReceived(datagram.Length);
        }

        while (reader.TryReadNext(out RtcpPacketView packet))
            OnRtcpPacket(packet, arrival);
    }

    private void OnRtcpPacket(in RtcpPacketView packet, long arrival)
    {
        switch (packet.Type)
        {
            case RtcpPacketType.SenderReport:
            case RtcpPacketType.ReceiverReport:
                OnReport(packet, arrival);
                break;
            case RtcpPacketType.Bye:
                for (int i = 0; packet.TryGetByeSource(i, out uint ssrc); i++)
                    OnBye(ssrc);
                break;
            case RtcpPacketType.TransportFeedback:
            case RtcpPacketType.PayloadFeedback:
                for (int i = 0; packet.TryGetFeedback(i, out FeedbackMessage feedback); i++)
                    OnFeedback(feedback, arrival);
                break;
            default:
                break; // SDES, APP, XR and newer ones tell us nothing that we use
        }
    }

    private void OnReport(in RtcpPacketView packet, long arrival)
    {
        bool hasInfo = packet.TryGetSenderInfo(out SenderInfo info);
        ReportBlock? own = null;
        lock (_lock)
        {
            if (hasInfo && (RemoteSsrc is null || RemoteSsrc == packet.SenderSsrc))
                _reporter.OnSenderReport(packet.SenderSsrc, info, arrival);
            for (int i = 0; packet.TryGetReportBlock(i, out ReportBlock block); i++)
            {
                if (block.Ssrc != _localSsrc)
                    continue;
                _reporter.OnReportBlock(block, arrival);
                own = block;
            }
        }

        if (own is { } about)
            _sink.OnReceptionReport(about, arrival);

        if (hasInfo)
            _sink.OnSenderReport(packet.SenderSsrc, info, arrival);
    }

    private void OnBye(uint ssrc)
    {
        lock (_lock)
        {
            if (RemoteSsrc == ssrc)
                RemoteSsrc = null;
        }

        _sink.OnBye(ssrc);
    }

    // A limit is for the stream that it names (RFC 5104 §4.2.1.2); 0 names none. Else the media SSRC is not compared with ours: there is
    // one stream per session, and some peers send 0 or an old one.
    private void OnFeedback(in FeedbackMessage feedback, long arrival)
    {
        if (feedback.LimitsBitRate && feedback.MediaSsrc != _localSsrc && feedback.MediaSsrc != 0)
            return;
        lock (_lock)
        {
            if (feedback.Kind == FeedbackKind.FullIntraRequest && !_reporter.IsNewFir(feedback))
                return;
            if (feedback.AsksForKeyFrame)
                _counters.KeyFrameRequestsReceived++;
            if (feedback.Kind == FeedbackKind.TemporaryMaximumBitRate)
                _reporter.OnLimit(feedback, arrival);
        }

        if (feedback.Kind == FeedbackKind.Nack)
            Missing?.Invoke(feedback.NackPacketId, feedback.NackBitmap);

        _sink.OnFeedback(feedback);
    }

    private static long? OrNull(long timestamp) => timestamp == NeverReceived ? null : timestamp;

    private void Count(ref long counter)
    {
        lock (_lock)
        {
            counter++;
        }
    }
}
