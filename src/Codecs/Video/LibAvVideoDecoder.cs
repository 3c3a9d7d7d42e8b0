using Avatar2D.Codecs.LibAv;

namespace Avatar2D.Codecs.Video;

/// <summary>H.264 and H.265 through libavcodec's own decoders: one picture out for each access unit in.</summary>
public sealed class LibAvVideoDecoder : IVideoDecoder
{
    private readonly AvCodecContextHandle _decoder;
    private readonly AvPacketHandle _packet;
    private readonly AvFrameHandle _frame;
    private readonly PictureImporter _importer = new();
    private bool _started;

    /// <summary>Opens a decoder.</summary>
    /// <exception cref="CodecUnavailableException">libav* is not installed.</exception>
    public LibAvVideoDecoder(VideoCodec codec)
    {
        LibAvRuntime.Require();
        Codec = codec;
        _decoder = CodecContext.OpenDecoder(codec == VideoCodec.H264 ? "h264" : "hevc", null, static options =>
        {
            options.Set("threads", 1);
            options.Set("flags", "low_delay");
        });
        _packet = AvPacketHandle.Allocate();
        _frame = AvFrameHandle.Allocate();
    }

    /// <inheritdoc/>
    public VideoCodec Codec { get; }

    /// <inheritdoc/>
    public bool TryDecode(ReadOnlySpan<byte> accessUnit, long pts, out DecodedVideo picture)
    {
        picture = default;
        if (accessUnit.IsEmpty)
            return false;
        _packet.Fill(accessUnit, pts, isKey: false);
        int status = AvCodecNative.SendPacket(_decoder, _packet);
        AvCodecNative.PacketUnref(_packet);
        if (status < 0 && status != LibAvStatus.Again)
            return false;

        // Should a stream reorder after all, the newest picture that is ready wins: a call shows the present.
        bool got = false;
        while (AvCodecNative.ReceiveFrame(_decoder, _frame) >= 0)
        {
            _started |= _frame.IsKey;
            if (!_started || !_importer.TryTake(_frame))
                continue;
            picture = new DecodedVideo(_importer.View, _frame.Pts, _frame.IsKey);
            got = true;
        }

        AvUtilNative.FrameUnref(_frame);
        return got;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _decoder.Dispose();
        _packet.Dispose();
        _frame.Dispose();
        _importer.Dispose();
    }
}
