using System.Net;
using System.Net.Sockets;
using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Gateway.Options;
using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Receiving;
using Avatar2D.Rtp.Rtcp;
using Avatar2D.Rtp.Sdp;
using Avatar2D.Rtp.Sessions;
using BenchmarkDotNet.Attributes;

namespace Avatar2D.Benchmarks;

/// <summary>A whole packet time of one call's sound: packet in, jitter buffer, decode, echo, encode, packet out by a system call.</summary>
public class StreamBenchmarks : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly Socket _peer = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly byte[] _datagram = new byte[2048];
    private AudioStream _stream = null!; // Set up before every run, as the next two.
    private RtpSession _session = null!;
    private AudioSetup _setup = null!;
    private int _payload;
    private ushort _sequence;
    private uint _timestamp;

    /// <summary>Codec of the call.</summary>
    [Params("PCMA", "opus")]
    public string Audio { get; set; } = "";

    [GlobalSetup]
    public void SetUp()
    {
        _peer.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        PayloadFormat format = Audio == "PCMA" ? Codec.Pcma : Codec.Opus(new OpusParameters { InbandFec = true });
        var codec = new NegotiatedCodec(format, format);
        var line = new NegotiatedMedia { Index = 0, Kind = MediaKind.Audio, Codec = codec, Codecs = [codec], Direction = MediaDirection.SendRecv };
        var owner = new Nobody();
        _stream = new AudioStream(_time, null, owner);
        var pool = new RtpPortPool(new RtpPortPoolOptions { BindAddress = IPAddress.Loopback, FirstPort = 17_000, LastPort = 17_999 }, _time);
        if (!pool.TryRent(out RtpPortLease? lease))
            throw new InvalidOperationException("No port is free.");
        _session = new RtpSession(new RtpSessionOptions { Cname = "bench", MaxPayloadBytes = 4096 }, lease, _stream, new RtcpClock(_time), new Random(1));
        _session.Configure(new RtpSessionParameters { RemoteRtp = (IPEndPoint)_peer.LocalEndPoint!, ClockRateHz = codec.ClockRateHz }); // Bound above.
        _stream.Bind(_session);
        var echo = new AudioReturn(new AudioOptions { ReturnMode = AudioReturnMode.Echo });
        _setup = AudioSetup.Create(line, new JitterBufferOptions(), _time.TimestampFrequency, rate => echo.EndpointFor(rate, TimeSpan.Zero));
        short[] tone = new short[_setup.Tick.Length];
        for (int i = 0; i < tone.Length; i++)
            tone[i] = (short)(8000 * Math.Sin(i * 0.3));
        _payload = _setup.Encoder.Encode(tone, _datagram.AsSpan(RtpHeader.SizeBytes));
        _stream.Use(_setup);
        _stream.Run(_time.GetTimestamp());
    }

    [Benchmark(Description = "AudioStream tick, 20 ms in and out")]
    public long Tick()
    {
        long now = _time.Advance(20);
        new RtpHeader(_setup.SendPayloadType, false, _sequence++, _timestamp, 9).TryWrite(_datagram);
        _timestamp += (uint)_setup.FrameTicks;
        if (RtpPacketView.TryParse(_datagram.AsSpan(0, RtpHeader.SizeBytes + _payload), out RtpPacketView packet, out _))
            _stream.OnRtp(packet, now);
        return _stream.Run(now);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _session.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _stream.Close();
        _peer.Dispose();
        GC.SuppressFinalize(this);
    }

    private sealed class Nobody : IStreamOwner
    {
        public void OnAudioSilent()
        {
        }

        public void OnKey(char key)
        {
        }

        public void OnStreamFault(bool isVideo, Exception exception) => throw exception;
    }
}
