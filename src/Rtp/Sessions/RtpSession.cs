using System.Net;
using System.Net.Sockets;
using Avatar2D.Rtp.Diagnostics;
using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Rtcp;
using Avatar2D.Rtp.Srtp;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Rtp.Sessions;

/// <summary>
/// One m-line on the wire: two sockets, RTP out on the media thread, RTP and RTCP in on receive loops, reports on the tick.
/// Threads: <see cref="Send"/>, <see cref="SendPayloadBuffer"/>, <see cref="SetMediaTime"/> and <see cref="OnTick"/> belong to one media thread; everything else
/// may be called by any. Sending and receiving allocate nothing. A peer that sends our own SSRC back is taken for an echo
/// (SIPp rtp_echo), not for a collision: our SSRC stays, unlike RFC 3550 §8.2.
/// </summary>
public sealed class RtpSession : IAsyncDisposable
{
    /// <summary>Most bytes of a packet besides its payload and SRTP: header, one extension, the original sequence number of a packet that is sent again.</summary>
    public const int MaxOverheadBytes = RtpHeader.SizeBytes + HeaderExtensions.OneElementBytes + RetransmissionPacket.GrowthBytes;

    private readonly Lock _lock = new();
    private readonly RtpSessionOptions _options;
    private readonly RtpPortLease _lease;
    private readonly RtcpClock _clock;
    private readonly ILogger _logger;
    private readonly RtpMetrics? _metrics;
    private readonly RtcpReporter _reporter;
    private readonly RemoteAddresses _remote;
    private readonly RtpInbound _inbound;
    private readonly SessionKeys _keys;
    private readonly byte[] _sendBuffer; // Room for an extension, header, payload, room for SRTP: see SendPayloadBuffer.
    private readonly long _keyFrameRequestTicks;
    private readonly SentPackets? _kept;
    private readonly int _maxPacketBytes;
    private int _retransmissionSequence;
    private volatile RtpSessionParameters _parameters = new() { SendRtp = false, ReceiveRtp = false };
    private ushort _sequence;
    private long _packetsSent, _octetsSent, _sendDrops, _rtcpSent, _keyFrameRequestsSent, _repeated;
    private long? _lastKeyFrameRequest;
    private Task _loops = Task.CompletedTask;
    private bool _loopsStarted;
    private volatile bool _closed;

    /// <summary>Takes the sockets over; nothing is read before <see cref="Start"/>.</summary>
    /// <param name="options">Fixed for life.</param>
    /// <param name="lease">Sockets; owned by the session from now on.</param>
    /// <param name="sink">Takes what comes in.</param>
    /// <param name="clock">The one wall clock of all sessions.</param>
    /// <param name="random">Source of SSRC, first sequence number and timestamp offset; null: seeded by the system.</param>
    /// <param name="logger">Rare events; null: none.</param>
    /// <param name="metrics">Takes the totals when the session closes; null: none.</param>
    public RtpSession(
        RtpSessionOptions options,
        RtpPortLease lease,
        IRtpSink sink,
        RtcpClock clock,
        Random? random = null,
        ILogger? logger = null,
        RtpMetrics? metrics = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentNullException.ThrowIfNull(clock);
        random ??= new Random();
        _options = options;
        _lease = lease;
        _clock = clock;
        _logger = logger ?? NullLogger.Instance;
        _metrics = metrics;
        metrics?.OnOpened(options.Kind);
        LocalSsrc = options.Ssrc ?? (uint)random.NextInt64(1, 1L << 32);
        TimestampOffset = (uint)random.NextInt64(0, 1L << 32);
        _sequence = (ushort)random.Next(0, 0x8000); // The lower half: a first packet lost at a wrap would cost SRTP its counter (RFC 3711 §3.3.1).
        RetransmissionSsrc = options.RetransmissionSsrc ?? ~LocalSsrc; // Another one.
        _retransmissionSequence = _sequence;
        _reporter = new RtcpReporter(options, LocalSsrc, clock, random);
        _remote = new RemoteAddresses(options.LatchAfterPackets, clock.ToTimestampTicks(options.LatchAfterSilence));
        _keys = new SessionKeys(_lock, options.Dtls, SendDtls, lease.Port, _logger);
        _inbound = new RtpInbound(_lock, sink, clock, _reporter, _remote, _keys, LocalSsrc, lease.Port, _logger) { Answer = SendStun };
        _maxPacketBytes = HeaderExtensions.OneElementBytes + RtpHeader.SizeBytes + options.MaxPayloadBytes + SrtpOutbound.MaxGrowthBytes;
        _sendBuffer = GC.AllocateArray<byte>(_maxPacketBytes, pinned: true);
        if (options.KeptPackets > 0)
        {
            _kept = new SentPackets(
                options.KeptPackets, _maxPacketBytes, clock.ToTimestampTicks(options.KeptFor), clock.ToTimestampTicks(options.RepeatInterval));
            _inbound.Missing = OnMissing;
        }

        _keyFrameRequestTicks = clock.ToTimestampTicks(options.KeyFrameRequestInterval);
    }

    /// <summary>Our SSRC.</summary>
    public uint LocalSsrc { get; }

    /// <summary>SSRC of packets that are sent again where a stream of their own was negotiated (RFC 4588).</summary>
    public uint RetransmissionSsrc { get; }

    /// <summary>Random offset (RFC 3550 §5.1) that is added to every timestamp given to <see cref="Send"/>.</summary>
    public uint TimestampOffset { get; }

    /// <summary>Local RTP address and port.</summary>
    public IPEndPoint LocalRtp => _lease.LocalRtp;

    /// <summary>What the last <see cref="Configure"/> set.</summary>
    public RtpSessionParameters Parameters => _parameters;

    /// <summary>RTP may leave: the direction lets it, and the keys that it needs are there.</summary>
    public bool MaySend => _parameters.SendRtp && !_keys.Waits;

    /// <summary>Arrival of the last valid RTP packet, timestamp ticks; null before the first. For RTP timeouts.</summary>
    public long? LastReceived => _inbound.LastReceived;

    /// <summary>Arrival of the last valid RTCP packet, timestamp ticks; null before the first. On hold it is the only sign of life.</summary>
    public long? LastRtcpReceived => _inbound.LastRtcpReceived;

    /// <summary>The payload part of the send buffer, <see cref="RtpSessionOptions.MaxPayloadBytes"/> long: a packetizer writes here without a copy.</summary>
    public Span<byte> PayloadBuffer => _sendBuffer.AsSpan(HeaderExtensions.OneElementBytes + RtpHeader.SizeBytes, _options.MaxPayloadBytes);

    /// <summary>Starts the receive loops; the second call does nothing.</summary>
    public void Start()
    {
        lock (_lock)
        {
            if (_loopsStarted || _closed)
                return;
            _loopsStarted = true;
        }

        SetDscp(_lease.Rtp);
        SetDscp(_lease.Rtcp);
        DatagramLoop rtp = new(_lease.Rtp, isRtcp: false, _inbound);
        DatagramLoop rtcp = new(_lease.Rtcp, isRtcp: true, _inbound);
        _loops = Task.WhenAll(Task.Run(rtp.RunAsync), Task.Run(rtcp.RunAsync));
    }

    /// <summary>
    /// Takes the outcome of an offer/answer exchange. A new remote address arms the latch anew; the same one changes nothing.
    /// </summary>
    public void Configure(RtpSessionParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        lock (_lock)
        {
            RemoteTargets before = _remote.Targets;
            _remote.Configure(parameters);
            _keys.ConfigureNeedsLock(parameters.Srtp, parameters.Dtls); // Before the rest: nothing may leave in the clear in between.
            _parameters = parameters;
            _inbound.Parameters = parameters;
            _reporter.SetBandwidth(parameters.RtcpBandwidthBitsPerSecond);
            if (!ReferenceEquals(before, _remote.Targets) && before.Rtcp is null)
                _reporter.HurryNext(_clock.Now);
        }
    }

    /// <summary>Sends one packet. See <see cref="SendPayloadBuffer"/>; this one copies the payload first.</summary>
    public RtpSendResult Send(ReadOnlySpan<byte> payload, uint timestamp, bool marker, byte payloadType)
    {
        if (payload.Length > _options.MaxPayloadBytes)
            return RtpSendResult.TooLong;
        payload.CopyTo(PayloadBuffer);
        return SendPayloadBuffer(payload.Length, timestamp, marker, payloadType);
    }

    /// <summary>Sends the first <paramref name="length"/> bytes of <see cref="PayloadBuffer"/>, without waiting.</summary>
    /// <param name="length">Payload bytes.</param>
    /// <param name="timestamp">Media time in rtpTicks; <see cref="TimestampOffset"/> is added.</param>
    /// <param name="marker">Marker bit.</param>
    /// <param name="payloadType">0 to 127.</param>
    /// <param name="ofKeyFrame">The packet belongs to a key frame: its last one says that the picture stands upright, where that was negotiated.</param>
    public RtpSendResult SendPayloadBuffer(int length, uint timestamp, bool marker, byte payloadType, bool ofKeyFrame = false)
    {
        if ((uint)length > (uint)_options.MaxPayloadBytes)
            return RtpSendResult.TooLong;
        if (_closed)
            return RtpSendResult.Closed;
        if (!MaySend)
            return RtpSendResult.Gated;
        SocketAddress? target = _remote.Targets.Rtp;
        if (target is null)
            return RtpSendResult.NoRemote;
        uint wireTimestamp = timestamp + TimestampOffset;
        ushort sequence = _sequence++;
        int? orientation = ofKeyFrame && marker ? _parameters.OrientationId : null;
        int room = orientation is null ? HeaderExtensions.OneElementBytes : 0; // The payload stands where it was written.
        Span<byte> packet = _sendBuffer.AsSpan(room);
        new RtpHeader(payloadType, marker, sequence, wireTimestamp, LocalSsrc, HasExtension: orientation is not null).TryWrite(packet);
        if (orientation is { } id)
            HeaderExtensions.WriteOne(packet[RtpHeader.SizeBytes..], id, VideoOrientation.Upright.ToByte());
        if (_packetsSent == 0)
            OnFirstPacket(wireTimestamp);
        int bytes = HeaderExtensions.OneElementBytes - room + RtpHeader.SizeBytes + length;
        bool isWrapped = _parameters.RetransmissionPayloadType is not null;
        if (isWrapped)
            _kept?.Keep(sequence, packet[..bytes], isWire: false, _clock.Now);
        if (_keys.Outbound is { } srtp && !srtp.TryProtectRtp(packet, bytes, out bytes))
            return RtpSendResult.Closed; // Keys changed or the session closed in this very moment.
        ReadOnlySpan<byte> datagram = packet[..bytes];
        if (!isWrapped)
            _kept?.Keep(sequence, datagram, isWire: true, _clock.Now);
        if (!TrySendTo(_lease.Rtp, datagram, target))
            return RtpSendResult.Dropped;
        Volatile.Write(ref _packetsSent, _packetsSent + 1);
        Volatile.Write(ref _octetsSent, _octetsSent + length);
        return RtpSendResult.Sent;
    }

    /// <summary>
    /// Ties media time to the wall clock for sender reports: <paramref name="timestamp"/> (as given to <see cref="Send"/>) is
    /// what was, or will be, heard or seen at <paramref name="mediaTimestamp"/>. Give audio and video pairs from one clock.
    /// Without a call, the first packet's time of sending is taken.
    /// </summary>
    /// <param name="timestamp">rtpTicks without offset.</param>
    /// <param name="mediaTimestamp">Timestamp ticks of the session's clock.</param>
    public void SetMediaTime(uint timestamp, long mediaTimestamp)
    {
        lock (_lock)
        {
            _reporter.SetMediaTime(timestamp + TimestampOffset, mediaTimestamp);
        }
    }

    /// <summary>Sends a report when one is due. Call it with every tick of the media clock.</summary>
    /// <param name="now">Timestamp ticks.</param>
    /// <returns>True when a report was sent.</returns>
    public bool OnTick(long now)
    {
        if (_closed || _remote.Targets.Rtcp is null)
            return false;
        Span<byte> compound = stackalloc byte[RtcpReporter.MaxCompoundBytes];
        int length;
        lock (_lock)
        {
            if (!_reporter.IsDue(now, _packetsSent, _inbound.RemoteSsrc is not null, _inbound.Reception.PacketsReceived))
                return false;
            length = WriteCompoundNeedsLock(compound, now, FeedbackKind.None, bye: false);
        }

        return SendRtcp(compound, length);
    }

    /// <summary>Asks the peer for a key frame by PLI; false when one was asked for just now or nothing can be sent.</summary>
    public bool SendPli(long now) => RequestKeyFrame(FeedbackKind.PictureLoss, now);

    /// <summary>Asks the peer for a key frame by FIR; false when one was asked for just now or nothing can be sent.</summary>
    public bool SendFir(long now) => RequestKeyFrame(FeedbackKind.FullIntraRequest, now);

    /// <summary>Counters at this moment.</summary>
    public RtpStatistics GetStatistics()
    {
        lock (_lock)
        {
            double clockRateHz = _parameters.ClockRateHz;
            RtcpReporter reporter = _reporter;
            RemoteTargets targets = _remote.Targets;
            return _inbound.FillNeedsLock(new RtpStatistics
            {
                PacketsSent = Volatile.Read(ref _packetsSent),
                OctetsSent = Volatile.Read(ref _octetsSent),
                SendDrops = Interlocked.Read(ref _sendDrops),
                PacketsRepeated = Interlocked.Read(ref _repeated),
                RtcpSent = Interlocked.Read(ref _rtcpSent),
                KeyFrameRequestsSent = Interlocked.Read(ref _keyFrameRequestsSent),
                RemoteFractionLost = reporter.RemoteReport?.FractionLost ?? 0,
                RemoteCumulativeLost = reporter.RemoteReport?.CumulativeLost ?? 0,
                RemoteJitter = TimeSpan.FromSeconds((reporter.RemoteReport?.Jitter ?? 0) / clockRateHz),
                RoundTrip = reporter.RoundTrip,
                LocalSsrc = LocalSsrc,
                RemoteRtp = targets.Rtp is null ? null : SocketAddresses.ToEndPoint(targets.Rtp),
                IsLatched = _remote.IsLatched,
            });
        }
    }

    /// <summary>Says BYE where something was said before, closes the sockets, lets the port rest and waits for the loops.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!SayBye())
            return;
        RtpStatistics last = GetStatistics();
        _metrics?.OnClosed(last.ToTotals(), _options.Kind);
        RtpLog.Closed(_logger, _lease.Port, last.PacketsSent, last.PacketsReceived, last.PacketsLost);
        _lease.Dispose();
        await _loops;
        await _keys.DisposeAsync();
    }

    /// <summary>The peer misses packets (NACK): what may be, is sent again. On the receive loop.</summary>
    /// <param name="first">Sequence number.</param>
    /// <param name="after">Bit n: number first + n + 1 is missing too.</param>
    internal void OnMissing(ushort first, ushort after)
    {
        SocketAddress? target = _remote.Targets.Rtp;
        if (_kept is not { } kept || target is null || _closed || !MaySend)
            return;
        byte? wrapped = _parameters.RetransmissionPayloadType;
        Span<byte> datagram = stackalloc byte[_maxPacketBytes + RetransmissionPacket.GrowthBytes];
        for (int i = 0; i <= 16; i++)
        {
            if (i > 0 && (after >> (i - 1) & 1) == 0)
                continue;
            int length = kept.Take((ushort)(first + i), isWire: wrapped is null, _clock.Now, datagram);
            if (length == 0 || (wrapped is { } payloadType && !TryWrap(datagram, ref length, payloadType)))
                continue;
            if (TrySendTo(_lease.Rtp, datagram[..length], target))
                Interlocked.Increment(ref _repeated);
        }
    }

    private bool TryWrap(Span<byte> datagram, ref int length, byte payloadType)
    {
        ushort sequence = (ushort)Interlocked.Increment(ref _retransmissionSequence);
        if (!RetransmissionPacket.TryWrap(datagram, length, payloadType, sequence, RetransmissionSsrc))
            return false;
        length += RetransmissionPacket.GrowthBytes;
        return _keys.Outbound is not { } srtp || srtp.TryProtectRtp(datagram, length, out length);
    }

    private bool SayBye()
    {
        Span<byte> compound = stackalloc byte[RtcpReporter.MaxCompoundBytes];
        int length;
        lock (_lock)
        {
            if (_closed)
                return false;
            _closed = true;
            length = WriteCompoundNeedsLock(compound, _clock.Now, FeedbackKind.None, bye: true);
        }

        if (Volatile.Read(ref _packetsSent) > 0 || Interlocked.Read(ref _rtcpSent) > 0)
            SendRtcp(compound, length);
        return true;
    }

    private void OnFirstPacket(uint wireTimestamp)
    {
        long now = _clock.Now;
        lock (_lock)
        {
            _reporter.SetMediaTimeIfUnknown(wireTimestamp, now);
            _reporter.HurryNext(now);
        }
    }

    private bool RequestKeyFrame(FeedbackKind kind, long now)
    {
        Span<byte> compound = stackalloc byte[RtcpReporter.MaxCompoundBytes];
        int length;
        lock (_lock)
        {
            if (_closed || _inbound.RemoteSsrc is null || (_lastKeyFrameRequest is long last && now - last < _keyFrameRequestTicks))
                return false;
            _lastKeyFrameRequest = now;
            length = WriteCompoundNeedsLock(compound, now, kind, bye: false);
        }

        if (!SendRtcp(compound, length))
            return false;
        Interlocked.Increment(ref _keyFrameRequestsSent);
        return true;
    }

    private int WriteCompoundNeedsLock(Span<byte> destination, long now, FeedbackKind request, bool bye) =>
        _reporter.Write(
            destination, now, _parameters.ClockRateHz, Volatile.Read(ref _packetsSent), Volatile.Read(ref _octetsSent),
            _inbound.Reception, _inbound.RemoteSsrc, request, bye);

    /// <summary>The handshake goes where RTP goes.</summary>
    private void SendDtls(ReadOnlySpan<byte> datagram)
    {
        if (!_closed && _remote.Targets.Rtp is { } target)
            TrySendTo(_lease.Rtp, datagram, target);
    }

    /// <summary>The answer to a check goes back on its own path.</summary>
    private void SendStun(ReadOnlySpan<byte> datagram, SocketAddress target, bool onRtcpSocket)
    {
        if (!_closed)
            TrySendTo(onRtcpSocket ? _lease.Rtcp : _lease.Rtp, datagram, target);
    }

    private bool SendRtcp(Span<byte> buffer, int length)
    {
        SocketAddress? target = _remote.Targets.Rtcp;
        if (target is null || _keys.Waits || (_keys.Outbound is { } srtp && !srtp.TryProtectRtcp(buffer, length, out length)))
            return false;
        Span<byte> compound = buffer[..length];
        if (!TrySendTo(_parameters.RtcpMux ? _lease.Rtp : _lease.Rtcp, compound, target))
            return false;
        Interlocked.Increment(ref _rtcpSent);
        return true;
    }

    private bool TrySendTo(Socket socket, ReadOnlySpan<byte> datagram, SocketAddress target)
    {
        try
        {
            socket.SendTo(datagram, SocketFlags.None, target);
            return true;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // EAGAIN, ENETUNREACH, ICMP errors, or closed by another thread: to the peer a lost packet.
            Interlocked.Increment(ref _sendDrops);
            return false;
        }
    }

    private void SetDscp(Socket socket)
    {
        try
        {
            if (socket.AddressFamily == AddressFamily.InterNetwork)
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.TypeOfService, _options.Dscp << 2);
            else if (OperatingSystem.IsLinux())
                socket.SetRawSocketOption(41, 67, BitConverter.GetBytes(_options.Dscp << 2)); // IPPROTO_IPV6, IPV6_TCLASS
        }
        catch (SocketException)
        {
            // Marking is a courtesy to the network; containers may forbid it.
        }
    }
}
