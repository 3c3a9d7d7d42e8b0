using System.Collections.Immutable;
using Avatar2D.Codecs.Audio;
using Avatar2D.Media;
using Avatar2D.Rtp.Payloads;
using Avatar2D.Rtp.Receiving;
using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>
/// The negotiated audio at work: the encoder of the codec to send with, a receiver for each codec that may come in, and what stands
/// behind them. Made by signalling, used by the stream's media thread (and its receive loop for the jitter buffers), disposed by the
/// media thread.
/// </summary>
internal sealed class AudioSetup : IDisposable
{
    /// <summary>Opus runs at the engine's rate; its RTP clock is 48 kHz all the same (RFC 7587 §4.1).</summary>
    private const int OpusPcmHz = 16_000;

    private readonly AudioReceiver?[] _byPayloadType = new AudioReceiver?[PayloadFormat.Last + 1];

    private volatile AudioReceiver _latest;

    private AudioSetup(NegotiatedMedia media, IAudioEncoder encoder, ImmutableArray<AudioReceiver> receivers, int rateHz)
    {
        Media = media;
        Encoder = encoder;
        Receivers = receivers;
        foreach (AudioReceiver receiver in receivers)
            _byPayloadType[receiver.PayloadType] ??= receiver;
        _latest = receivers[0];
        Decoded = new short[receivers.Max(receiver => receiver.MaxFrameSamples)];
        Tick = new short[rateHz * media.PacketTimeMs / 1000];
        ToVoice = new PcmResampler(rateHz, VoiceLine.VoiceHz);
        FrameTicks = media.Codec!.ClockRateHz * media.PacketTimeMs / 1000; // An accepted line has a codec.
        SendPayloadType = (byte)media.Codec.SendPayloadType;
        EventPayloadType = media.TelephoneEvent?.ReceivePayloadType;
        NoisePayloadType = media.ComfortNoise?.ReceivePayloadType;
    }

    /// <summary>What was negotiated, with a packet time that the codec can make.</summary>
    public NegotiatedMedia Media { get; }

    /// <summary>PCM to payload.</summary>
    public IAudioEncoder Encoder { get; }

    /// <summary>The codecs that may come in, that which we send with first.</summary>
    public ImmutableArray<AudioReceiver> Receivers { get; }

    /// <summary>The codec that came last. Any thread.</summary>
    public AudioReceiver Latest { get => _latest; set => _latest = value; }

    /// <summary>The jitter buffer of the codec that came last. Any thread.</summary>
    public JitterBuffer Jitter => Latest.Jitter;

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

    /// <summary>To send with.</summary>
    public byte SendPayloadType { get; }

    /// <summary>Telephone events to expect, if negotiated.</summary>
    public int? EventPayloadType { get; }

    /// <summary>Makes the codec of an accepted audio line.</summary>
    /// <param name="media">The line.</param>
    /// <param name="jitter">Delays of the jitter buffer; the clock rate is set here.</param>
    /// <param name="timestampFrequency">Of the media clock.</param>
    /// <param name="endpoint">Makes what stands behind the stream, for a PCM rate.</param>
    /// <exception cref="NotSupportedException">A codec of the line is none of ours: a bug of negotiation.</exception>
    public static AudioSetup Create(
        NegotiatedMedia media, JitterBufferOptions jitter, long timestampFrequency, Func<int, IAudioEndpoint> endpoint)
    {
        NegotiatedCodec codec = media.Codec ?? throw new NotSupportedException("The audio line has no codec.");
        media = media with { PacketTimeMs = PacketTimeFor(codec.Kind, media.PacketTimeMs) };
        var rate = new AmrRate(codec.Kind == CodecKind.AmrWb, codec.Send.Parameters); // The far end asks for it in what it sends.
        var jitters = new Dictionary<int, JitterBuffer>();
        var receivers = ImmutableArray.CreateBuilder<AudioReceiver>();
        int rateHz = 0;
        foreach (NegotiatedCodec other in media.Codecs.IsDefaultOrEmpty ? [codec] : media.Codecs)
        {
            (IAudioDecoder decoder, IAudioDepacketizer depacketizer) = DecoderFor(other, ReferenceEquals(other, codec) ? rate : null);
            rateHz = rateHz == 0 ? decoder.SampleRateHz : rateHz;
            if (!jitters.TryGetValue(other.ClockRateHz, out JitterBuffer? buffer))
                jitters[other.ClockRateHz] = buffer = new JitterBuffer(jitter with { ClockRateHz = other.ClockRateHz }, timestampFrequency);
            receivers.Add(new AudioReceiver((byte)other.ReceivePayloadType, decoder, depacketizer, other.ClockRateHz, buffer, rateHz));
        }

        return new AudioSetup(media, EncoderFor(codec, rate), receivers.ToImmutable(), rateHz) { Endpoint = endpoint(rateHz) };
    }

    /// <summary>The receiver of a payload type; null for one that was not negotiated.</summary>
    public AudioReceiver? Find(byte payloadType) => _byPayloadType[payloadType & PayloadFormat.Last];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (AudioReceiver receiver in Receivers)
            receiver.Dispose();
        Encoder.Dispose();
    }

    private static (IAudioDecoder, IAudioDepacketizer) DecoderFor(NegotiatedCodec codec, AmrRate? rate) => codec.Kind switch
    {
        CodecKind.Pcmu => (new G711Decoder(G711Law.Mu), new G711Depacketizer()),
        CodecKind.Pcma => (new G711Decoder(G711Law.A), new G711Depacketizer()),
        CodecKind.G722 => (new G722Decoder(), new G711Depacketizer()),
        CodecKind.Amr or CodecKind.AmrWb => (
            new AmrPayloadDecoder(AmrFormatOf(codec), rate ?? new AmrRate(codec.Kind == CodecKind.AmrWb, codec.Send.Parameters)),
            new AmrDepacketizer(AmrFormatOf(codec))),
        CodecKind.Opus => (new OpusDecoder(OpusPcmHz), new OpusDepacketizer()),
        _ => throw new NotSupportedException($"No audio codec for {codec.Kind}."),
    };

    private static IAudioEncoder EncoderFor(NegotiatedCodec codec, AmrRate rate) => codec.Kind switch
    {
        CodecKind.Pcmu => new G711Encoder(G711Law.Mu),
        CodecKind.Pcma => new G711Encoder(G711Law.A),
        CodecKind.G722 => new G722Encoder(),
        CodecKind.Amr or CodecKind.AmrWb => new AmrPayloadEncoder(AmrFormatOf(codec), rate),
        _ => OpusEncoderFor(codec), // A decoder was found for it.
    };

    private static AmrPayload AmrFormatOf(NegotiatedCodec codec) =>
        new(codec.Kind == CodecKind.AmrWb, codec.Receive.Parameters.Flag("octet-align"));

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
