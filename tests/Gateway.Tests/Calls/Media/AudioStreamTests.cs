using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Gateway.Options;
using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Receiving;
using Avatar2D.Rtp.Sdp;
using Avatar2D.Rtp.Sessions;

namespace Avatar2D.Gateway.Tests.Calls.Media;

public sealed class AudioStreamTests : IAsyncDisposable
{
    /// <summary>The runtime itself may allocate while it compiles hot code anew; a packet of ours that does would in every round.</summary>
    private const int MostRounds = 25;

    private readonly StreamRig _rig = new();
    private readonly byte[] _datagram = new byte[2048];
    private AudioStream? _stream;
    private ushort _sequence;
    private uint _timestamp;

    public static TheoryData<string> Codecs => ["pcmu", "pcma", "opus"];

    public async ValueTask DisposeAsync()
    {
        await _rig.DisposeAsync();
        _stream?.Close();
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Run_WarmStream_AllocatesNothing(string name)
    {
        AudioStream stream = Start(name, out int payload, out int ticks);
        long least = long.MaxValue;
        int rounds = 0;
        for (; rounds < 5 || (least > 0 && rounds < MostRounds); rounds++)
            least = Math.Min(least, Exchange(stream, payload, ticks, packets: 260)); // More than five seconds: reports go out in each round.
        Assert.Equal(0, least);
        RtpStatistics counted = _rig.Session!.GetStatistics(); // Opened by Start.
        Assert.Equal(1 + (rounds * 260), counted.PacketsSent);
        Assert.True(counted.RtcpSent >= 4, $"{counted.RtcpSent} reports");
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Run_LossAndDuplicates_ConcealedWithoutAllocation(string name)
    {
        AudioStream stream = Start(name, out int payload, out int ticks);
        long least = long.MaxValue;
        for (int round = 0; round < 5 || (least > 0 && round < MostRounds); round++)
            least = Math.Min(least, Exchange(stream, payload, ticks, packets: 100, lossEvery: 7, twiceEvery: 5));
        Assert.Equal(0, least);
        Assert.True(stream.Active!.Jitter.GetStatistics().Lost > 0); // Active since the first packet time.
    }

    [Fact]
    public void Run_NobodySpeaks_OwnerToldOnceASecondAfterTheTimeout()
    {
        AudioStream stream = Start("pcmu", out _, out _);
        for (int i = 0; i < 250; i++)
        {
            _rig.Time.Advance(TimeSpan.FromMilliseconds(20));
            stream.Run(_rig.Now);
        }

        // Seconds 3 to 5, by a time-out of 2 s; the first second only notes that nothing came.
        Assert.InRange(_rig.Told.Count, 2, 3);
        Assert.All(_rig.Told, told => Assert.Equal("silent", told));
    }

    private AudioStream Start(string name, out int payloadBytes, out int ticks)
    {
        PayloadFormat format = name switch { "pcmu" => Codec.Pcmu, "pcma" => Codec.Pcma, _ => Codec.Opus(new OpusParameters { InbandFec = true }) };
        NegotiatedMedia line = StreamRig.Audio(format);
        _stream = new AudioStream(_rig.Time, TimeSpan.FromSeconds(2), _rig);
        RtpSession session = _rig.Open(_stream, line, maxPayloadBytes: 4096);
        _stream.Bind(session);
        var echo = new AudioReturn(new AudioOptions { ReturnMode = AudioReturnMode.Echo });
        AudioSetup setup = AudioSetup.Create(line, new JitterBufferOptions(), _rig.Time.TimestampFrequency, rate => echo.EndpointFor(rate, TimeSpan.Zero));
        short[] tone = new short[setup.Tick.Length];
        for (int i = 0; i < tone.Length; i++)
            tone[i] = (short)(8000 * Math.Sin(i * 0.3));
        payloadBytes = setup.Encoder.Encode(tone, _datagram.AsSpan(RtpHeader.SizeBytes));
        ticks = setup.FrameTicks;
        _stream.Use(setup);
        _stream.Run(_rig.Now);
        return _stream;
    }

    /// <summary>Packets in, packet times run; the bytes that the stream's own code has allocated.</summary>
    private long Exchange(AudioStream stream, int payload, int ticks, int packets, int lossEvery = int.MaxValue, int twiceEvery = int.MaxValue)
    {
        long allocated = 0;
        byte type = stream.Active!.SendPayloadType; // Active since the first packet time.
        for (int i = 1; i <= packets; i++)
        {
            _rig.Time.Advance(TimeSpan.FromMilliseconds(20));
            long now = _rig.Now;
            new RtpHeader(type, false, _sequence++, _timestamp, 99).TryWrite(_datagram);
            _timestamp += (uint)ticks;
            Assert.True(RtpPacketView.TryParse(_datagram.AsSpan(0, RtpHeader.SizeBytes + payload), out RtpPacketView packet, out _));
            long before = GC.GetAllocatedBytesForCurrentThread();
            if (i % lossEvery != 0)
                stream.OnRtp(packet, now);
            if (i % twiceEvery == 0)
                stream.OnRtp(packet, now);
            stream.Run(now);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return allocated;
    }
}
