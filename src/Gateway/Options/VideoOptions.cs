using System.ComponentModel.DataAnnotations;

namespace Avatar2D.Gateway.Options;

/// <summary>The picture that joins a call by re-INVITE. Size and rate are what is offered; the answer may make them smaller.</summary>
public sealed record VideoOptions
{
    /// <summary>False: no picture is ever offered or accepted; calls stay audio calls.</summary>
    /// <value>Default: true. Unit: true or false.</value>
    public bool Enabled { get; init; } = true;

    /// <summary>Video codecs in order of preference; those that are missing here are neither offered nor accepted.</summary>
    /// <value>Default: h264, h265. Unit: list of h264, h265.</value>
    [MinLength(1)]
    public IReadOnlyList<VideoCodecChoice> Codecs { get; init; } = [VideoCodecChoice.H264, VideoCodecChoice.H265];

    /// <summary>libavcodec's name of the H.264 encoder: libx264, h264_nvenc, libopenh264.</summary>
    /// <value>Default: libx264. Unit: encoder name.</value>
    [RegularExpression("[a-z0-9_]{2,40}")]
    public string H264Encoder { get; init; } = "libx264";

    /// <summary>libavcodec's name of the H.265 encoder: libx265, hevc_nvenc.</summary>
    /// <value>Default: libx265. Unit: encoder name.</value>
    [RegularExpression("[a-z0-9_]{2,40}")]
    public string H265Encoder { get; init; } = "libx265";

    /// <summary>Speed preset of the encoder, in that encoder's own words (libx264: ultrafast to veryslow; NVENC: p1 to p7).</summary>
    /// <value>Default: ultrafast. Unit: preset name.</value>
    [RegularExpression("[a-z0-9_]{2,20}")]
    public string Preset { get; init; } = "ultrafast";

    /// <summary>Picture width that is offered, even.</summary>
    /// <value>Default: 512. Unit: pixels.</value>
    [Range(64, 1920)]
    public int Width { get; init; } = 512;

    /// <summary>Picture height that is offered, even.</summary>
    /// <value>Default: 512. Unit: pixels.</value>
    [Range(64, 1920)]
    public int Height { get; init; } = 512;

    /// <summary>Picture rate that is offered; a peer's a=framerate or level may lower it.</summary>
    /// <value>Default: 25. Unit: frames per second.</value>
    [Range(5, 30)]
    public int FramesPerSecond { get; init; } = 25;

    /// <summary>Constant bit rate of the encoder, without RTP overhead; a peer's b=AS lowers it (RFC 8866 §5.8).</summary>
    /// <value>Default: 600. Unit: kbit/s (1000 bit/s).</value>
    [Range(64, 8000)]
    public int BitRateKbps { get; init; } = 600;

    /// <summary>A key frame at least this often, whether somebody asks or not.</summary>
    /// <value>Default: 10. Unit: seconds.</value>
    [Range(1, 300)]
    public int KeyFrameIntervalSeconds { get; init; } = 10;

    /// <summary>
    /// For so long after the start of video, key frames come every <see cref="EarlyKeyFrameIntervalSeconds"/>: a phone that
    /// opened its media path late and never saw one may send no PLI and stay black.
    /// </summary>
    /// <value>Default: 8. Unit: seconds.</value>
    [Range(0, 60)]
    public int EarlyKeyFrameSeconds { get; init; } = 8;

    /// <summary>Distance of key frames during the first <see cref="EarlyKeyFrameSeconds"/>.</summary>
    /// <value>Default: 2. Unit: seconds.</value>
    [Range(1, 10)]
    public int EarlyKeyFrameIntervalSeconds { get; init; } = 2;

    /// <summary>
    /// Two key frames that answer PLI, FIR or picture_fast_update are at least this far apart (RFC 5104 §4.3.1): a lossy peer
    /// would otherwise spend its whole bit rate on key frames.
    /// </summary>
    /// <value>Default: 500. Unit: milliseconds.</value>
    [Range(0, 10000)]
    public int KeyFrameRequestIntervalMs { get; init; } = 500;

    /// <summary>
    /// profile-level-id of the H.264 offer (RFC 6184 §8.1), Constrained Baseline: 42e01f is what browsers use and covers 720p at
    /// 25 frames per second, 42c00c is the handsets' level 1.2 (240x320 at 15).
    /// </summary>
    /// <value>Default: 42e01f. Unit: six hexadecimal digits: profile_idc, constraint flags, level_idc.</value>
    [RegularExpression("[0-9A-Fa-f]{6}")]
    public string OfferProfileLevelId { get; init; } = "42e01f";

    /// <summary>Wait between the ACK of the audio call and the re-INVITE that adds the picture.</summary>
    /// <value>Default: 100. Unit: milliseconds.</value>
    [Range(0, 60000)]
    public int AddDelayMs { get; init; } = 100;

    /// <summary>
    /// Random part on top of <see cref="AddDelayMs"/>: peers that send their own re-INVITE right after the ACK would
    /// otherwise collide with ours every time (491, RFC 3261 §14.1).
    /// </summary>
    /// <value>Default: 100. Unit: milliseconds, largest value.</value>
    [Range(0, 10000)]
    public int AddDelayRandomMs { get; init; } = 100;

    /// <summary>After the peer refused the picture (port 0, 488, 415, 606) it is not asked again for so long. 0: never again.</summary>
    /// <value>Default: 60. Unit: seconds.</value>
    [Range(0, 86400)]
    public int RetryAfterRefusalSeconds { get; init; } = 60;

    /// <summary><see cref="AddDelayMs"/> as a span.</summary>
    public TimeSpan AddDelay => TimeSpan.FromMilliseconds(AddDelayMs);

    /// <summary><see cref="KeyFrameRequestIntervalMs"/> as a span.</summary>
    public TimeSpan KeyFrameRequestInterval => TimeSpan.FromMilliseconds(KeyFrameRequestIntervalMs);

    /// <summary><see cref="RetryAfterRefusalSeconds"/> as a span; null when a refusal is final.</summary>
    public TimeSpan? RetryAfterRefusal => RetryAfterRefusalSeconds == 0 ? null : TimeSpan.FromSeconds(RetryAfterRefusalSeconds);
}
