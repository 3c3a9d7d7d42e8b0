using System.Collections.Immutable;
using Avatar2D.Gateway.Calls.Machine;
using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Gateway.Options;
using Avatar2D.Rtp.Dtls;
using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Gateway.Calls;

/// <summary>Makes the plan of a call from the settings.</summary>
internal sealed class CallPlanner
{
    /// <summary>What SDP carries besides the media bits: RTP, UDP and IP headers, about 10 % at 600 kbit/s.</summary>
    private const double PacketOverhead = 1.1;

    private readonly GatewayOptions _options;
    private readonly Random _random;
    private readonly DtlsFingerprint? _dtls;
    private readonly Lock _lock = new();

    /// <summary>Settles the capabilities, which are the same for all calls.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="random">Of SSRCs and of the delay before the re-INVITE; seeded in tests.</param>
    /// <param name="dtls">Of our certificate; null: no DTLS-SRTP.</param>
    public CallPlanner(GatewayOptions options, Random random, DtlsFingerprint? dtls = null)
    {
        _options = options;
        _random = random;
        _dtls = dtls;
        Capabilities = SdpCapabilities.Default with
        {
            Audio = AudioFormats.Of(options.Audio.Codecs),
            Video = [.. options.Video.Codecs.SelectMany(codec => VideoFormats(codec))],
            PacketTimeMs = options.Audio.PacketTimeMs,
            VideoOrientation = true,
            RequireSrtp = options.Rtp.Srtp == SrtpMode.Required,
            OfferProtocol = options.Rtp.Srtp == SrtpMode.Required ? RtpProfile.Savp : RtpProfile.Avp,
        };
    }

    /// <summary>Codecs and their order.</summary>
    public SdpCapabilities Capabilities { get; }

    /// <summary>What we can do, for OPTIONS: all codecs, every port zero (RFC 3264 §9).</summary>
    public SdpSession Describe()
    {
        CallPlan plan = Make("0.0.0.0", 0, _options.Video.Enabled ? 0 : null);
        ImmutableArray<LocalMedia> lines = plan.Video is { } video ? [plan.Audio, video] : [plan.Audio];
        return OfferAnswer.CreateOffer(OfferAnswerState.Start(0, plan.Audio.Address), Capabilities, lines).Sdp;
    }

    /// <summary>The plan of one call.</summary>
    /// <param name="address">Our address for SDP.</param>
    /// <param name="audioPort">RTP port of the audio.</param>
    /// <param name="videoPort">RTP port of the video; null for a call without picture.</param>
    /// <param name="caller">What the caller's INVITE asks for.</param>
    /// <param name="source">What the picture is sent with; null declares nothing.</param>
    public CallPlan Make(string address, int audioPort, int? videoPort, CallerWishes caller = default, LocalSource? source = null)
    {
        VideoOptions video = _options.Video;
        int randomMs;
        lock (_lock)
            randomMs = _random.Next(video.AddDelayRandomMs + 1);
        return new CallPlan
        {
            Capabilities = caller.Preconditions ? Capabilities with { Preconditions = true } : Capabilities,
            EarlyMedia = caller.EarlyMedia,
            Audio = new LocalMedia { Kind = MediaKind.Audio, Address = address, Port = audioPort, Cryptos = NewCryptos(), Dtls = NewDtls() },
            Video = videoPort is not { } port ? null : new LocalMedia
            {
                Kind = MediaKind.Video,
                Address = address,
                Port = port,
                Direction = MediaDirection.SendOnly,
                Cryptos = NewCryptos(),
                Dtls = NewDtls(),
                Source = _options.Rtp.Retransmission ? source : null,
                BandwidthKbps = (int)Math.Ceiling(video.BitRateKbps * PacketOverhead),
            },
            AnswerDelay = _options.Calls.AnswerDelay,
            AddPictureDelay = video.AddDelay + TimeSpan.FromMilliseconds(randomMs),
            RetryAfterRefusal = video.RetryAfterRefusal,
            SetupTimeout = _options.Calls.SetupTimeout,
            MaxDuration = _options.Calls.MaxDuration,
        };
    }

    /// <summary>SSRCs for the picture of a call; never the same.</summary>
    /// <param name="cname">Canonical name of the call's streams.</param>
    public LocalSource NewSource(string cname)
    {
        lock (_lock)
        {
            uint ssrc = (uint)_random.NextInt64(1, 1L << 32);
            return new LocalSource(ssrc, ssrc ^ (uint)_random.NextInt64(1, 1L << 31), cname);
        }
    }

    private ImmutableArray<SdpCrypto> NewCryptos() => _options.Rtp.Srtp == SrtpMode.Off ? [] : SrtpSetup.NewCryptos();

    private LocalDtls? NewDtls() => _dtls is { } own ? DtlsSetup.NewLocal(own) : null;

    private ImmutableArray<PayloadFormat> VideoFormats(VideoCodecChoice codec)
    {
        if (codec == VideoCodecChoice.H265)
            return [Codec.H265()];
        H264ProfileLevelId offered = H264ProfileLevelId.TryParse(_options.Video.OfferProfileLevelId, out H264ProfileLevelId id)
            ? id : H264ProfileLevelId.Default;
        return
        [
            Codec.H264(new H264Parameters { ProfileLevelId = offered, PacketizationMode = 1, LevelAsymmetryAllowed = true }),
            Codec.H264(new H264Parameters { ProfileLevelId = offered, PacketizationMode = 0, LevelAsymmetryAllowed = true }),
        ];
    }
}
