using Avatar2D.Codecs.LibAv;
using Avatar2D.Media;

namespace Avatar2D.Codecs.Video;

/// <summary>
/// H.264 and H.265 through an encoder of libavcodec. The parameter sets stand in band before every IDR (no global header), and one
/// thread does the work: many calls run side by side, each with its own encoder.
/// </summary>
public sealed class LibAvVideoEncoder : IVideoEncoder
{
    private readonly int? _crf;
    private readonly AvPacketHandle _packet;
    private readonly EncoderPicture _picture;
    private AvCodecContextHandle _encoder;
    private byte[] _accessUnit = new byte[16 * 1024];
    private long _lastPts = long.MinValue;
    private bool _reopen;

    /// <summary>Opens an encoder with constant bit rate.</summary>
    /// <exception cref="ArgumentException">A setting is out of range, or does not go with the encoder.</exception>
    /// <exception cref="CodecUnavailableException">libav* or the encoder is not installed.</exception>
    /// <exception cref="CodecException">The encoder refuses its settings.</exception>
    public LibAvVideoEncoder(VideoEncoderSettings settings)
        : this(settings, null)
    {
    }

    /// <summary>Opens an encoder; with a quality (CRF) instead of a bit rate for files.</summary>
    internal LibAvVideoEncoder(VideoEncoderSettings settings, int? crf)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Validate(settings);
        LibAvRuntime.Require();
        Settings = settings;
        _crf = crf;
        _encoder = Open();
        _packet = AvPacketHandle.Allocate();
        _picture = new EncoderPicture(settings.Width, settings.Height);
    }

    /// <inheritdoc/>
    public VideoEncoderSettings Settings { get; private set; }

    /// <summary>True when an encoder of this name can be opened here and now (hardware encoders need their hardware).</summary>
    /// <param name="encoderName">libx264, libx265, libopenh264, h264_nvenc or hevc_nvenc.</param>
    /// <param name="reason">Why not; empty when it can.</param>
    public static bool IsUsable(string encoderName, out string reason)
    {
        try
        {
            VideoCodec codec = encoderName is "libx265" or "hevc_nvenc" ? VideoCodec.H265 : VideoCodec.H264;
            using LibAvVideoEncoder encoder = new(new VideoEncoderSettings { EncoderName = encoderName, Codec = codec, Width = 320, Height = 240 });
            reason = "";
            return true;
        }
        catch (Exception refused) when (refused is CodecException or CodecUnavailableException or ArgumentException)
        {
            reason = refused.Message;
            return false;
        }
    }

    /// <inheritdoc/>
    public EncodedVideo Encode(I420View picture, long pts, bool forceKeyFrame)
    {
        if (picture.Width != Settings.Width || picture.Height != Settings.Height)
            throw new ArgumentException(
                $"The encoder takes {Settings.Width}x{Settings.Height}, not {picture.Width}x{picture.Height}.", nameof(picture));
        if (pts <= _lastPts)
            throw new ArgumentOutOfRangeException(nameof(pts), pts, $"Picture numbers rise; the last was {_lastPts}.");
        _lastPts = pts;
        if (_reopen)
            Reopen();
        LibAvStatus.Check(AvCodecNative.SendFrame(_encoder, _picture.Load(picture, pts, forceKeyFrame)), "Encoding a picture");
        int status = AvCodecNative.ReceivePacket(_encoder, _packet);
        if (status == LibAvStatus.Again)
            return new EncodedVideo([], false, pts); // the rate control left the picture out (OpenH264)
        LibAvStatus.Check(status, "Encoding a picture");
        int size = _packet.Size;
        if (size > _accessUnit.Length)
            _accessUnit = new byte[size * 2];
        _packet.Bytes.CopyTo(_accessUnit);
        bool isKey = _packet.IsKey;
        long outPts = _packet.Pts;
        AvCodecNative.PacketUnref(_packet);
        return new EncodedVideo(_accessUnit.AsSpan(0, size), isKey, outPts);
    }

    /// <inheritdoc/>
    public void SetBitRate(int bitsPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bitsPerSecond, 8_000);
        if (bitsPerSecond == Settings.BitRate)
            return;
        Settings = Settings with { BitRate = bitsPerSecond };
        _reopen |= !VideoEncoderProfile.ChangesRateWhileRunning(Settings.ResolvedEncoderName) || !SetWhileRunning(bitsPerSecond);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _encoder.Dispose();
        _packet.Dispose();
        _picture.Dispose();
    }

    private static void Validate(VideoEncoderSettings settings)
    {
        if (settings.Width < 16 || settings.Height < 16 || ((settings.Width | settings.Height) & 1) != 0 || settings.Width > 8192 || settings.Height > 8192)
            throw new ArgumentException($"A video of {settings.Width}x{settings.Height} cannot be encoded: even sides of 16 to 8192.", nameof(settings));
        if (settings.FramesPerSecond is < 1 or > 120)
            throw new ArgumentException($"{settings.FramesPerSecond} pictures per second are not between 1 and 120.", nameof(settings));
        if (settings.BitRate < 8_000 || settings.BufferFrames < 1)
            throw new ArgumentException("The bit rate is at least 8000 bit/s and the buffer at least one picture.", nameof(settings));
        bool isH265 = settings.ResolvedEncoderName is "libx265" or "hevc_nvenc";
        if (isH265 != (settings.Codec == VideoCodec.H265))
            throw new ArgumentException($"The encoder {settings.ResolvedEncoderName} does not make {settings.Codec}.", nameof(settings));
        if (settings.MaxSliceBytes != 0 && settings.ResolvedEncoderName is not ("libx264" or "libopenh264"))
            throw new ArgumentException($"The encoder {settings.ResolvedEncoderName} cannot limit the size of a slice.", nameof(settings));
        if (settings.MaxSliceBytes is < 0 or (> 0 and < 100))
            throw new ArgumentException("A slice limit is 0 (none) or at least 100 bytes.", nameof(settings));
    }

    private AvCodecContextHandle Open()
    {
        using AvParametersHandle parameters = AvParametersHandle.Allocate();
        AvParametersView view = parameters.View;
        view.Type = AvParametersView.TypeVideo;
        view.CodecId = LibAvRuntime.CodecId(Settings.Codec == VideoCodec.H264 ? "h264" : "hevc");
        view.Format = LibAvRuntime.Yuv420P;
        view.Width = Settings.Width;
        view.Height = Settings.Height;
        view.SetBt601();
        return CodecContext.OpenEncoder(Settings.ResolvedEncoderName, parameters, options =>
        {
            if (_crf is { } crf)
                VideoEncoderProfile.ConfigureForFile(options, Settings, crf);
            else
                VideoEncoderProfile.ConfigureForCall(options, Settings, Settings.BitRate);
        });
    }

    private void Reopen()
    {
        AvCodecContextHandle fresh = Open();
        _encoder.Dispose();
        _encoder = fresh;
        _reopen = false;
    }

    /// <summary>libavcodec hands changed rates of the context to these encoders with the next picture.</summary>
    private bool SetWhileRunning(int bitsPerSecond) =>
        AvUtilNative.OptionSetInt(_encoder, "b", bitsPerSecond, 0) >= 0
        && AvUtilNative.OptionSetInt(_encoder, "maxrate", bitsPerSecond, 0) >= 0
        && AvUtilNative.OptionSetInt(_encoder, "bufsize", VideoEncoderProfile.BufferBits(bitsPerSecond, Settings), 0) >= 0;
}
