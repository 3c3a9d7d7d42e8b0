using Avatar2D.Codecs.Audio;
using Avatar2D.Media;
using Avatar2D.Rtp.Payloads;
using Avatar2D.Rtp.Receiving;
using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>
/// One negotiated audio codec at work: decoder, encoder, jitter buffer and what stands behind them. Made by signalling, used
/// by the stream's media thread (and its receive loop for the jitter buffer), disposed by the media thread.
/// </summary>
internal sealed class AudioSetup : IDisposable
{
    /// <summary>Opus runs at the engine's rate; its RTP clock is 48 kHz all the same (RFC 7587 §4.1).</summary>
    private const int OpusPcmHz = 16_000;

    private AudioSetup(NegotiatedMedia media, IAudioDecoder decoder, IAudioEncoder encoder, IAudioDepacketizer depacketizer)
    {
        Media = media;
        Decoder = decoder;
        Encoder = encoder;
        Depacketizer = depacketizer;
        Decoded = new short[decoder.MaxFrameSamples];
        Tick = new short[decoder.SampleRateHz * media.PacketTimeMs / 1000];
        ToVoice = new PcmResampler(decoder.SampleRateHz, VoiceLine.VoiceHz);
        FrameTicks = media.Codec!.ClockRateHz * media.PacketTimeMs / 1000; // An accepted line has a codec.
        SendPayloadType = (byte)media.Codec.SendPayloadType;
        ReceivePayloadType = (byte)media.Codec.ReceivePayloadType;
        EventPayloadType = media.TelephoneEvent?.ReceivePayloadType;
        NoisePayloadType = media.ComfortNoise?.ReceivePayloadType;
    }

    /// <summary>What was negotiated, with a packet time that the codec can make.</summary>
    public NegotiatedMedia Media { get; }

    /// <summary>Payload to PCM.</summary>
    public IAudioDecoder Decoder { get; }

    /// <summary>PCM to payload.</summary>
    public IAudioEncoder Encoder { get; }

    /// <summary>Finds the duration of a payload.</summary>
    public IAudioDepacketizer Depacketizer { get; }

    /// <summary>Evens out the network.</summary>
    public required JitterBuffer Jitter { get; init; }

    /// <summary>Takes and gives the PCM.</summary>
    public required IAudioEndpoint Endpoint { get; init; }

    /// <summary>Room for one decoded payload; <see cref="AudioStream"/> keeps what a tick does not need.</summary>
    public short[] Decoded { get; }

    /// <summary>One packet time of PCM.</summary>
    public short[] Tick { get; }

    /// <summary>From the codec's rate to that of the voice line.</summary>
    public PcmResampler ToVoice { get; }

    /// <summary>rtpTicks of one packet time.</summary>
    public int FrameTicks { get; }

    /// <summary>Comfort noise to expect, if negotiated (RFC 3389).</summary>
    public int? NoisePayloadType { get; }

    /// <summary>The noise of the far end's pauses; silent until it sends a level.</summary>
    public ComfortNoiseGenerator Noise { get; } = new();

    /// <summary>rtpTicks of so many PCM samples; G.722's clock runs at half its rate.</summary>
    public int ToTicks(int samples) => (int)((long)samples * Media.Codec!.ClockRateHz / Decoder.SampleRateHz); // An accepted line has a codec.

    /// <summary>PCM samples of so many rtpTicks.</summary>
    public int ToSamples(int ticks) => (int)((long)ticks * Decoder.SampleRateHz / Media.Codec!.ClockRateHz); // As above.

    /// <summary>To send with.</summary>
    public byte SendPayloadType { get; }

    /// <summary>To expect.</summary>
    public byte ReceivePayloadType { get; }

    /// <summary>Telephone events to expect, if negotiated.</summary>
    public int? EventPayloadType { get; }

    /// <summary>Makes the codec of an accepted audio line.</summary>
    /// <param name="media">The line.</param>
    /// <param name="jitter">Delays of the jitter buffer; the clock rate is set here.</param>
    /// <param name="timestampFrequency">Of the media clock.</param>
    /// <param name="endpoint">Makes what stands behind the stream, for a PCM rate.</param>
    /// <exception cref="NotSupportedException">The line's codec is none of ours: a bug of negotiation.</exception>
    public static AudioSetup Create(
        NegotiatedMedia media, JitterBufferOptions jitter, long timestampFrequency, Func<int, IAudioEndpoint> endpoint)
    {
        NegotiatedCodec codec = media.Codec ?? throw new NotSupportedException("The audio line has no codec.");
        (IAudioDecoder decoder, IAudioEncoder encoder, IAudioDepacketizer depacketizer) = codec.Kind switch
        {
            CodecKind.Pcmu => G711(G711Law.Mu),
            CodecKind.Pcma => G711(G711Law.A),
            CodecKind.G722 => (new G722Decoder(), new G722Encoder(), new G711Depacketizer()),
            CodecKind.Amr => Amr(codec, wide: false),
            CodecKind.AmrWb => Amr(codec, wide: true),
            CodecKind.Opus => (new OpusDecoder(OpusPcmHz), OpusEncoderFor(codec), (IAudioDepacketizer)new OpusDepacketizer()),
            _ => throw new NotSupportedException($"No audio codec for {codec.Kind}."),
        };
        media = media with { PacketTimeMs = PacketTimeFor(codec.Kind, media.PacketTimeMs) };
        return new AudioSetup(media, decoder, encoder, depacketizer)
        {
            Jitter = new JitterBuffer(jitter with { ClockRateHz = codec.ClockRateHz }, timestampFrequency),
            Endpoint = endpoint(decoder.SampleRateHz),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Decoder.Dispose();
        Encoder.Dispose();
    }

    private static (IAudioDecoder, IAudioEncoder, IAudioDepacketizer) G711(G711Law law) =>
        (new G711Decoder(law), new G711Encoder(law), new G711Depacketizer());

    private static (IAudioDecoder, IAudioEncoder, IAudioDepacketizer) Amr(NegotiatedCodec codec, bool wide)
    {
        var format = new AmrPayload(wide, codec.Receive.Parameters.Flag("octet-align"));
        var rate = new AmrRate(wide, codec.Send.Parameters);
        return (new AmrPayloadDecoder(format, rate), new AmrPayloadEncoder(format, rate), new AmrDepacketizer(format));
    }

    /// <summary>The longest packet time up to the agreed one that the codec has frames for: AMR 20, 40, 60 ms, Opus also 10.</summary>
    private static int PacketTimeFor(CodecKind kind, int agreedMs) => kind switch
    {
        CodecKind.Amr or CodecKind.AmrWb => Math.Max(20, agreedMs / 20 * 20),
        CodecKind.Opus => agreedMs < 20 ? 10 : agreedMs / 20 * 20,
        _ => agreedMs,
    };

    private static OpusEncoder OpusEncoderFor(NegotiatedCodec codec)
    {
        OpusParameters peer = OpusParameters.From(codec.Send.Parameters);
        return new OpusEncoder(new OpusEncoderSettings
        {
            SampleRateHz = OpusPcmHz,
            ForwardErrorCorrection = peer.InbandFec,
            ConstantBitRate = peer.ConstantBitRate,
        });
    }
}
