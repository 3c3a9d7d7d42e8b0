using Avatar2D.Codecs.Audio;
using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Receiving;
using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Gateway.Tests.Calls.Media;

/// <summary>The sender goes from one negotiated codec to another in mid-stream, on the same SSRC.</summary>
public sealed class CodecChangeTests : IAsyncDisposable
{
    private const int RateHz = 8000; // Of the first codec, and so of the stream.
    private const double ToneHz = 400, Amplitude = 8000;

    private readonly StreamRig _rig = new();
    private readonly byte[] _datagram = new byte[2048];
    private readonly Listener _heard = new();
    private readonly Dictionary<byte, Sender> _senders = [];
    private AudioStream? _stream;
    private ushort _sequence;
    private uint _milliseconds;

    public async ValueTask DisposeAsync()
    {
        await _rig.DisposeAsync();
        _stream?.Close();
        foreach (Sender sender in _senders.Values)
            sender.Encoder.Dispose();
    }

    [Fact]
    public void Run_CodecChanges_SoundGoesOnWithoutGapOrClick()
    {
        AudioStream stream = Start();
        byte[] order = [0, 8, 9, 111, 0, 111, 8];
        foreach (byte payloadType in order)
            Speak(stream, payloadType, packets: 50);
        short[] heard = [.. _heard.Pcm];
        Assert.Equal(order.Length * RateHz, heard.Length);

        // From the first sound on the tone is there (for the length of a fade it may meet itself out of phase, as the delays of codecs
        // differ), and no step is one that the tone does not have. G.722 adapts: who joins in the middle hears it after some 60 ms.
        int start = Array.FindIndex(heard, sample => Math.Abs((int)sample) > Amplitude / 2);
        Assert.InRange(start, 0, RateHz / 10);
        double steepest = Amplitude * 2 * Math.PI * ToneHz / RateHz;
        int quiet = 0;
        for (int at = start + 160; at + 160 <= heard.Length; at += 160)
        {
            double level = Math.Sqrt(heard.AsSpan(at, 160).ToArray().Average(sample => (double)sample * sample));
            quiet = level > Amplitude / Math.Sqrt(2) * 0.3 ? 0 : quiet + 1;
            bool isG722 = at / RateHz == Array.IndexOf<byte>(order, 9);
            Assert.True(quiet <= (isG722 ? 4 : 0), $"{level:0} at {at / (double)RateHz:0.00} s");
            for (int i = at; i < at + 160; i++)
                Assert.True(Math.Abs(heard[i] - heard[i - 1]) < steepest * 1.6, $"{heard[i - 1]} to {heard[i]} at {i / (double)RateHz:0.000} s");
        }
    }

    [Fact]
    public void Run_CodecChanges_AllocatesNothing()
    {
        AudioStream stream = Start();
        long least = long.MaxValue;
        for (int round = 0; round < 5 || (least > 0 && round < 25); round++)
            least = Math.Min(least, Speak(stream, 0, 10) + Speak(stream, 9, 10) + Speak(stream, 111, 10) + Speak(stream, 8, 10));
        Assert.Equal(0, least);
    }

    [Fact]
    public void OnRtp_PayloadTypeThatWasNotNegotiated_ChangesNothing()
    {
        AudioStream stream = Start();
        Speak(stream, 0, 20);
        new RtpHeader(77, false, _sequence++, 0, 5).TryWrite(_datagram);
        Assert.True(RtpPacketView.TryParse(_datagram.AsSpan(0, 172), out RtpPacketView packet, out _));
        stream.OnRtp(packet, _rig.Now);
        Assert.Equal(0, stream.Active!.Latest.PayloadType); // It runs.
    }

    [Fact]
    public void OnRtp_LatePacketOfTheCodecBefore_DoesNotBringItBack()
    {
        AudioStream stream = Start();
        Speak(stream, 0, 20);
        ushort late = _sequence++;
        Speak(stream, 111, 5);
        new RtpHeader(0, false, late, 20 * 160, 5).TryWrite(_datagram);
        Assert.True(RtpPacketView.TryParse(_datagram.AsSpan(0, 172), out RtpPacketView packet, out _));
        stream.OnRtp(packet, _rig.Now);
        Assert.Equal(111, stream.Active!.Latest.PayloadType); // It runs.
    }

    private AudioStream Start()
    {
        PayloadFormat[] formats = [Codec.Pcmu, Codec.Pcma, Codec.G722, Codec.Opus()];
        NegotiatedMedia line = StreamRig.Audio(formats[0]);
        line = line with { Codecs = [line.Codec!, .. formats.Skip(1).Select(format => new NegotiatedCodec(format, format))] }; // It has one.
        _stream = new AudioStream(_rig.Time, null, _rig);
        _stream.Bind(_rig.Open(_stream, line, maxPayloadBytes: 4096));
        _stream.Use(AudioSetup.Create(line, new JitterBufferOptions(), _rig.Time.TimestampFrequency, _ => _heard));
        _senders[0] = new Sender(new G711Encoder(G711Law.Mu), 8000);
        _senders[8] = new Sender(new G711Encoder(G711Law.A), 8000);
        _senders[9] = new Sender(new G722Encoder(), 8000);
        _senders[111] = new Sender(new OpusEncoder(new OpusEncoderSettings { SampleRateHz = 16_000 }), 48_000);
        return _stream;
    }

    /// <summary>So many packets in and packet times run; the bytes that the stream's own code has allocated.</summary>
    private long Speak(AudioStream stream, byte payloadType, int packets)
    {
        long allocated = 0;
        for (int i = 0; i < packets; i++)
        {
            _rig.Time.Advance(TimeSpan.FromMilliseconds(20));
            int length = 0;
            foreach ((byte type, Sender sender) in _senders)
            {
                // All encoders hear the tone all the time, as those of a phone that changes would.
                int written = sender.Encode(_milliseconds, type == payloadType ? _datagram.AsSpan(RtpHeader.SizeBytes) : new byte[1500]);
                length = type == payloadType ? written : length;
            }

            new RtpHeader(payloadType, false, _sequence++, _milliseconds * (uint)(_senders[payloadType].ClockHz / 1000), 5).TryWrite(_datagram);
            _milliseconds += 20;
            Assert.True(RtpPacketView.TryParse(_datagram.AsSpan(0, RtpHeader.SizeBytes + length), out RtpPacketView packet, out _));
            _heard.Room();
            long before = GC.GetAllocatedBytesForCurrentThread();
            stream.OnRtp(packet, _rig.Now);
            stream.Run(_rig.Now);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return allocated;
    }

    private sealed class Sender(IAudioEncoder encoder, int clockHz)
    {
        public IAudioEncoder Encoder { get; } = encoder;

        public int ClockHz { get; } = clockHz;

        public int Encode(uint milliseconds, Span<byte> payload)
        {
            var pcm = new short[Encoder.SampleRateHz / 50];
            for (int i = 0; i < pcm.Length; i++)
                pcm[i] = (short)(Amplitude * Math.Sin(2 * Math.PI * ToneHz * ((milliseconds / 1000.0) + (i / (double)Encoder.SampleRateHz))));
            return Encoder.Encode(pcm, payload);
        }
    }

    private sealed class Listener : IAudioEndpoint
    {
        public List<short> Pcm { get; } = [];

        public void Room() => Pcm.EnsureCapacity(Pcm.Count + 1000);

        public void OnReceived(ReadOnlySpan<short> pcm)
        {
            foreach (short sample in pcm)
                Pcm.Add(sample);
        }

        public void Fill(Span<short> pcm) => pcm.Clear();
    }
}
