using Avatar2D.Codecs.Video;
using Avatar2D.Gateway.Marking;
using Avatar2D.Gateway.Options;
using Avatar2D.Media;
using Avatar2D.Rtp.Payloads;
using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>
/// One negotiated video codec at work at one size, or at half of it for a while. Made by signalling, used and disposed by the
/// stream's media thread.
/// </summary>
internal sealed class VideoSetup : IDisposable
{
    /// <summary>A side below this is not halved: nothing would be left to see, pixels.</summary>
    private const int LeastSide = 96;

    private readonly IPictureSource _pictures;
    private SmallPictures? _small;

    private VideoSetup(
        NegotiatedMedia media, VideoFormat format, IVideoEncoder encoder, IVideoPacketizer packetizer, IPictureSource pictures, SeiMark? mark)
    {
        Media = media;
        Format = format;
        Encoder = encoder;
        Packetizer = packetizer;
        _pictures = pictures;
        Mark = mark;
        PayloadType = (byte)media.Codec!.SendPayloadType; // An accepted line has a codec.
    }

    /// <summary>What was negotiated.</summary>
    public NegotiatedMedia Media { get; }

    /// <summary>Size, rate and bit rate; the rate is a whole number.</summary>
    public VideoFormat Format { get; }

    /// <summary>Pictures a second.</summary>
    public int FramesPerSecond => Encoder.Settings.FramesPerSecond;

    /// <summary>Pictures to access units.</summary>
    public IVideoEncoder Encoder { get; private set; }

    /// <summary>Access units to payloads.</summary>
    public IVideoPacketizer Packetizer { get; }

    /// <summary>Goes with every key frame; null for none.</summary>
    public SeiMark? Mark { get; }

    /// <summary>To send with.</summary>
    public byte PayloadType { get; }

    /// <summary>The format of an accepted video line: the settings' wish as far as the far end takes it.</summary>
    public static VideoFormat FormatOf(NegotiatedMedia media, VideoOptions options)
    {
        var wish = new VideoFormat(options.Width, options.Height, options.FramesPerSecond, options.BitRateKbps * 1000);
        VideoLimits limits = media.Limits ?? throw new NotSupportedException("The video line has no limits.");
        VideoFormat format = VideoFormatPicker.Pick(limits, VideoPreference.For(wish));
        int bits = Math.Min(format.BitrateBps, media.BandwidthCeilingBps ?? int.MaxValue);
        return format with { FrameRate = Math.Max(1, Math.Floor(format.FrameRate)), BitrateBps = bits };
    }

    /// <summary>Opens the encoder; takes the pictures over, also when it fails.</summary>
    /// <param name="media">The accepted line.</param>
    /// <param name="format">As from <see cref="FormatOf"/>.</param>
    /// <param name="options">Encoder names and preset.</param>
    /// <param name="maxPayloadBytes">Longest RTP payload.</param>
    /// <param name="pictures">Draws at the format's size.</param>
    /// <param name="marked">Key frames say for machines that they were generated.</param>
    /// <exception cref="Codecs.CodecException">The encoder cannot be opened.</exception>
    public static VideoSetup Create(
        NegotiatedMedia media, VideoFormat format, VideoOptions options, int maxPayloadBytes, IPictureSource pictures, bool marked)
    {
        try
        {
            NegotiatedCodec codec = media.Codec ?? throw new NotSupportedException("The video line has no codec.");
            bool isH264 = codec.Kind == CodecKind.H264;
            IVideoEncoder encoder = new LibAvVideoEncoder(new VideoEncoderSettings
            {
                Codec = isH264 ? VideoCodec.H264 : VideoCodec.H265,
                Width = format.Width,
                Height = format.Height,
                FramesPerSecond = (int)format.FrameRate,
                BitRate = format.BitrateBps,
                Level = codec.SendProfileLevel?.Level is { } level ? new VideoLevel(level.Is1b ? VideoLevel.OneB.Tenths : level.Idc) : null,
                MaxSliceBytes = isH264 && codec.PacketizationMode == 0 ? maxPayloadBytes : 0,
                EncoderName = isH264 ? options.H264Encoder : options.H265Encoder,
                Preset = options.Preset,
            });
            IVideoPacketizer packetizer = isH264
                ? new H264Packetizer(codec.PacketizationMode, maxPayloadBytes)
                : new H265Packetizer(maxPayloadBytes);
            return new VideoSetup(media, format, encoder, packetizer, pictures, !marked ? null : isH264 ? SeiMark.H264 : SeiMark.H265);
        }
        catch
        {
            pictures.Dispose();
            throw;
        }
    }

    /// <summary>The picture of an instant at the encoder's size; valid until the next call. Allocates nothing.</summary>
    /// <param name="seconds">Since the stream began; rises from call to call.</param>
    /// <param name="mediaTime">The same instant as timestamp of the media clock.</param>
    public I420View PictureAt(double seconds, long mediaTime)
    {
        I420View picture = _pictures.PictureAt(seconds, mediaTime);
        return _small is { } small ? small.Shrink(picture) : picture;
    }

    /// <summary>Goes to half of the agreed width and height, or back; the next picture is a key frame with new parameter sets.</summary>
    /// <returns>True when the size has changed: the encoder is a new one, which counts its pictures from 0.</returns>
    /// <exception cref="Codecs.CodecException">The encoder cannot be opened.</exception>
    public bool Resize(bool isSmall)
    {
        (int width, int height) = SmallPictures.SizeOf(Format.Width, Format.Height);
        if (isSmall == _small is not null || (isSmall && Math.Min(width, height) < LeastSide))
            return false;
        VideoEncoderSettings settings = isSmall
            ? Encoder.Settings with { Width = width, Height = height }
            : Encoder.Settings with { Width = Format.Width, Height = Format.Height };
        IVideoEncoder fresh = new LibAvVideoEncoder(settings);
        Encoder.Dispose();
        Encoder = fresh;
        _small = isSmall ? new SmallPictures(Format.Width, Format.Height) : null;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Encoder.Dispose();
        _pictures.Dispose();
    }
}
